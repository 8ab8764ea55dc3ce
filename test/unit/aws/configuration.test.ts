import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import type { ErrorKind, ValueOrigin } from '../../../src/compliance/errors.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';

/** An unusable configuration, and what the error says about it. */
interface Sample {
  readonly title: string;
  readonly connection?: Connection;
  readonly config?: string;
  readonly credentials?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly kind: ErrorKind;
  /** `file:line profile key`, the name of a variable, or that of a setting. */
  readonly origin: string;
  readonly value?: string;
  readonly message: RegExp;
}

const keys = 'aws_access_key_id = AKIDNOBODY\naws_secret_access_key = nothing';
const session = '[sso-session work]\nsso_region = us-east-1\nsso_start_url = https://example.com/start';
const account = 'sso_account_id = 318604927715\nsso_role_name = ReadOnly';
const dev = { profile: 'dev' };
const inRegion = { profile: 'dev', region: 'us-east-1' };
const role = 'role_arn = arn:aws:iam::318604927715:role/Auditor';

const samples: readonly Sample[] = [
  {
    title: 'a profile of the setting that does not exist',
    connection: dev,
    config: '[profile other]\nregion = us-east-1',
    kind: 'profileNotFound',
    origin: 'packscope.connections',
    value: 'dev',
    message: /^The AWS files have no profile “dev”$/,
  },
  {
    title: 'a profile of the environment that does not exist',
    environment: { AWS_PROFILE: 'dev', AWS_REGION: 'us-east-1' },
    kind: 'profileNotFound',
    origin: 'AWS_PROFILE',
    value: 'dev',
    message: /^The AWS files have no profile “dev”$/,
  },
  {
    title: 'a profile with a space in its name',
    connection: { profile: 'my team' },
    config: '# mine\n[profile my team]\nregion = us-east-1',
    kind: 'profileInvalid',
    origin: 'config:2 my team',
    value: 'my team',
    message: /^The AWS SDK does not read \[profile my team\] in line 2: its name has a space/,
  },
  {
    title: 'a profile in the config file without its prefix',
    connection: dev,
    config: '[dev]\nregion = us-east-1',
    kind: 'profileInvalid',
    origin: 'config:1 dev',
    value: 'dev',
    message: /its header must be \[profile dev\]$/,
  },
  {
    title: 'a profile in the credentials file with a prefix',
    connection: dev,
    credentials: `[profile dev]\n${keys}`,
    kind: 'profileInvalid',
    origin: 'credentials:1 dev',
    value: 'dev',
    message: /its header must be \[dev\]$/,
  },
  {
    title: 'an empty profile',
    connection: dev,
    config: '[profile dev]\n\n[profile other]\nregion = us-east-1',
    kind: 'profileInvalid',
    origin: 'config:1 dev',
    value: 'dev',
    message: /it has no keys$/,
  },
  {
    title: 'a source_profile that does not exist',
    connection: inRegion,
    config: `[profile dev]\n${role}\nsource_profile = base`,
    kind: 'profileInvalid',
    origin: 'config:3 dev source_profile',
    value: 'base',
    message: /^source_profile names the profile “base”, which the AWS files do not have$/,
  },
  {
    title: 'a source_profile of the credentials file',
    connection: inRegion,
    config: '[profile dev]\nregion = us-east-1',
    credentials: `[other]\n${keys}\n\n[dev]\n${role}\nsource_profile = base`,
    kind: 'profileInvalid',
    origin: 'credentials:7 dev source_profile',
    value: 'base',
    message: /which the AWS files do not have$/,
  },
  {
    title: 'a source_profile without credentials',
    connection: inRegion,
    config: `[profile dev]\n${role}\nsource_profile = base\n[profile base]\nregion = us-east-1`,
    kind: 'profileInvalid',
    origin: 'config:3 dev source_profile',
    value: 'base',
    message: /which has no credentials$/,
  },
  {
    title: 'a profile that is its own source',
    connection: inRegion,
    config: `[profile dev]\n${role}\nsource_profile = dev`,
    kind: 'profileInvalid',
    origin: 'config:3 dev source_profile',
    value: 'dev',
    message: /^source_profile leads in a circle: dev → dev$/,
  },
  {
    title: 'source profiles in a circle',
    connection: inRegion,
    config: `[profile dev]\n${role}\nsource_profile = a\n[profile a]\n${role}\nsource_profile = b\n[profile b]\n${role}\nsource_profile = a`,
    kind: 'profileInvalid',
    origin: 'config:9 b source_profile',
    value: 'a',
    message: /^source_profile leads in a circle: dev → a → b → a$/,
  },
  {
    title: 'an unknown credential_source',
    connection: inRegion,
    config: `[profile dev]\n${role}\ncredential_source = Ec2`,
    kind: 'profileInvalid',
    origin: 'config:3 dev credential_source',
    value: 'Ec2',
    message: /^credential_source is “Ec2”, not one of EcsContainer, /,
  },
  {
    title: 'two sources of a role',
    connection: inRegion,
    config: `[profile dev]\n${role}\ncredential_source = Environment\nsource_profile = base\n[profile base]\n${keys}`,
    kind: 'profileInvalid',
    origin: 'config:3 dev credential_source',
    value: 'Environment',
    message: /not both$/,
  },
  {
    title: 'a role without a source',
    connection: inRegion,
    config: `[profile dev]\n${role}`,
    kind: 'profileInvalid',
    origin: 'config:2 dev role_arn',
    value: 'arn:aws:iam::318604927715:role/Auditor',
    message: /^role_arn needs a source_profile/,
  },
  {
    title: 'a profile without credentials',
    connection: dev,
    config: '# mine\n[profile dev]\nregion = us-east-1',
    kind: 'profileInvalid',
    origin: 'config:2 dev',
    message: /^It has no access key, role, SSO session or credential_process$/,
  },
  {
    title: 'a source_profile without a role',
    connection: inRegion,
    config: `[profile dev]\nsource_profile = base\n[profile base]\n${keys}`,
    kind: 'profileInvalid',
    origin: 'config:2 dev source_profile',
    value: 'base',
    message: /^source_profile needs a role_arn$/,
  },
  {
    title: 'a credential_source without a role',
    connection: inRegion,
    config: '[profile dev]\ncredential_source = Environment',
    kind: 'profileInvalid',
    origin: 'config:2 dev credential_source',
    value: 'Environment',
    message: /^credential_source needs a role_arn$/,
  },
  {
    title: 'a role that is no ARN',
    connection: inRegion,
    config: `[profile dev]\nrole_arn = Auditor\nsource_profile = base\n[profile base]\n${keys}`,
    kind: 'profileInvalid',
    origin: 'config:2 dev role_arn',
    value: 'Auditor',
    message: /^“Auditor” is not the ARN of a role$/,
  },
  {
    title: 'a role of another partition than the region’s',
    connection: { profile: 'dev', region: 'us-gov-west-1' },
    config: `[profile dev]\n${role}\nsource_profile = base\n[profile base]\n${keys}`,
    kind: 'profileInvalid',
    origin: 'config:2 dev role_arn',
    value: 'arn:aws:iam::318604927715:role/Auditor',
    message: /^The role belongs to the partition aws, but the region us-gov-west-1 to aws-us-gov$/,
  },
  {
    title: 'an access key in quotation marks',
    connection: inRegion,
    config: `[profile dev]\n${role}\nsource_profile = base`,
    credentials: '[base]\naws_access_key_id = "AKIDNOBODY"\naws_secret_access_key = "nothing"',
    kind: 'credentialsMalformed',
    origin: 'credentials:2 base aws_access_key_id',
    message: /^aws_access_key_id has a space, a quotation mark/,
  },
  ...[
    ['AWS_ACCESS_KEY_ID', 'AKIDNOBODY '],
    ['AWS_ACCESS_KEY_ID', '"AKIDNOBODY"'],
    ['AWS_SESSION_TOKEN', 'token\n'],
  ].map(
    ([variable = '', value = '']): Sample => ({
      title: `${variable} as ${JSON.stringify(value)}`,
      environment: { [variable]: value, AWS_REGION: 'us-east-1' },
      kind: 'credentialsMalformed',
      origin: variable,
      message: new RegExp(`^${variable} has a space`),
    }),
  ),
  {
    title: 'an access key without its secret',
    connection: inRegion,
    credentials: '[dev]\naws_access_key_id = AKIDNOBODY',
    kind: 'profileInvalid',
    origin: 'credentials:2 dev aws_access_key_id',
    message: /no aws_secret_access_key$/,
  },
  {
    title: 'an sso_session that does not exist',
    connection: inRegion,
    config: `[profile dev]\nsso_session = office\n${account}\n${session}`,
    kind: 'profileInvalid',
    origin: 'config:2 dev sso_session',
    value: 'office',
    message: /^sso_session names no section \[sso-session office\] of the config file$/,
  },
  {
    title: 'an sso_session with a space in its name',
    connection: inRegion,
    config: `[profile dev]\nsso_session = my work\n${account}\n${session.replace('work', 'my work')}`,
    kind: 'profileInvalid',
    origin: 'config:2 dev sso_session',
    value: 'my work',
    message: /The AWS SDK does not read \[sso-session my work\] in line 5: its name has a space/,
  },
  {
    title: 'an sso_session in the credentials file',
    connection: inRegion,
    config: `[profile dev]\nsso_session = work\n${account}`,
    credentials: session,
    kind: 'profileInvalid',
    origin: 'config:2 dev sso_session',
    value: 'work',
    message: /it belongs in the config file$/,
  },
  {
    title: 'an sso_session without a region',
    connection: inRegion,
    config: `[profile dev]\nsso_session = work\n${account}\n[sso-session work]\nsso_start_url = https://example.com/start`,
    kind: 'profileInvalid',
    origin: 'config:5 dev sso_region',
    message: /^sso_region is missing$/,
  },
  {
    title: 'an SSO profile without a role',
    connection: inRegion,
    config: `[profile dev]\nsso_session = work\nsso_account_id = 318604927715\n${session}`,
    kind: 'profileInvalid',
    origin: 'config:1 dev sso_role_name',
    message: /^sso_role_name is missing$/,
  },
  {
    title: 'a wrong region of an sso_session',
    connection: inRegion,
    config: `[profile dev]\nsso_session = work\n${account}\n${session.replace('us-east-1', 'us_east_1')}`,
    kind: 'invalidRegion',
    origin: 'config:6 dev sso_region',
    value: 'us_east_1',
    message: /^“us_east_1” is not the name of a region$/,
  },
  {
    title: 'a missing token file',
    connection: inRegion,
    config: `[profile dev]\n${role}\nweb_identity_token_file = /nowhere/token`,
    kind: 'profileInvalid',
    origin: 'config:3 dev web_identity_token_file',
    value: '/nowhere/token',
    message: /^The token file \/nowhere\/token does not exist$/,
  },
  {
    title: 'a missing token file of the environment',
    environment: {
      AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token',
      AWS_ROLE_ARN: 'arn:aws:iam::318604927715:role/Web',
      AWS_REGION: 'us-east-1',
    },
    kind: 'profileInvalid',
    origin: 'AWS_WEB_IDENTITY_TOKEN_FILE',
    value: '/nowhere/token',
    message: /does not exist$/,
  },
  {
    title: 'a region of the setting with a space',
    connection: { region: 'us-east-1 ' },
    kind: 'invalidRegion',
    origin: 'packscope.connections',
    value: 'us-east-1 ',
    message: /^“us-east-1 ” is not the name of a region because of the space around it$/,
  },
  ...['us_east_1', 'us-east-1a', 'US-EAST-1', 'useast1', ''].map(
    (value): Sample => ({
      title: `the region “${value}” of the environment`,
      environment: { AWS_REGION: value },
      kind: 'invalidRegion',
      origin: 'AWS_REGION',
      value,
      message: /is not the name of a region$/,
    }),
  ),
  {
    title: 'a wrong AWS_DEFAULT_REGION',
    environment: { AWS_DEFAULT_REGION: 'us_east_1' },
    kind: 'invalidRegion',
    origin: 'AWS_DEFAULT_REGION',
    value: 'us_east_1',
    message: /is not the name of a region$/,
  },
  {
    title: 'a wrong region of a profile',
    connection: dev,
    config: `[profile other]\nregion = us-east-1\n[profile dev]\nregion = us_east_1 # mine`,
    credentials: `[dev]\n${keys}`,
    kind: 'invalidRegion',
    origin: 'config:4 dev region',
    value: 'us_east_1',
    message: /is not the name of a region$/,
  },
  ...['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_CONFIG_SERVICE', 'AWS_ENDPOINT_URL_STS'].map(
    (variable): Sample => ({
      title: `${variable} without a protocol`,
      environment: { [variable]: '127.0.0.1:4566', AWS_REGION: 'us-east-1' },
      kind: 'endpointInvalid',
      origin: variable,
      value: '127.0.0.1:4566',
      message: /^“127\.0\.0\.1:4566” is not a URL that starts with/,
    }),
  ),
  {
    title: 'AWS_ENDPOINT_URL with a host that looks like a protocol',
    environment: { AWS_ENDPOINT_URL: 'localhost:4566', AWS_REGION: 'us-east-1' },
    kind: 'endpointInvalid',
    origin: 'AWS_ENDPOINT_URL',
    value: 'localhost:4566',
    message: /is not a URL/,
  },
  {
    title: 'an endpoint_url of a profile',
    connection: inRegion,
    config: `[profile dev]\n${keys}\nendpoint_url = localhost`,
    environment: { AWS_ENDPOINT_URL: '' },
    kind: 'endpointInvalid',
    origin: 'config:4 dev endpoint_url',
    value: 'localhost',
    message: /is not a URL/,
  },
  {
    title: 'an endpoint_url of a services section',
    connection: inRegion,
    config: `[profile dev]\n${keys}\nservices = here\n[services here]\nconfig_service =\n  endpoint_url = localhost`,
    environment: { AWS_ENDPOINT_URL: '' },
    kind: 'endpointInvalid',
    origin: 'config:7 dev config_service.endpoint_url',
    value: 'localhost',
    message: /is not a URL/,
  },
  {
    title: 'services that do not exist',
    connection: inRegion,
    config: `[profile dev]\n${keys}\nservices = here`,
    kind: 'profileInvalid',
    origin: 'config:4 dev services',
    value: 'here',
    message: /names no section \[services here\]/,
  },
  ...['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'].map(
    (variable): Sample => ({
      title: `${variable} with an own endpoint`,
      environment: { [variable]: 'true', AWS_REGION: 'us-east-1' },
      kind: 'endpointConflict',
      origin: variable,
      message: new RegExp(`endpoints are on in ${variable}, but AWS_ENDPOINT_URL sets an own endpoint$`),
    }),
  ),
  {
    title: 'use_fips_endpoint with an own endpoint',
    connection: inRegion,
    config: `[profile dev]\n${keys}\nuse_fips_endpoint = true`,
    kind: 'endpointConflict',
    origin: 'config:4 dev use_fips_endpoint',
    message: /^FIPS endpoints are on in use_fips_endpoint, but AWS_ENDPOINT_URL sets/,
  },
  {
    title: 'a FIPS region with an own endpoint',
    connection: { region: 'us-east-1-fips' },
    kind: 'endpointConflict',
    origin: 'packscope.connections',
    message: /^FIPS endpoints are on in packscope\.connections/,
  },
  {
    title: 'a ca_bundle that does not exist',
    connection: inRegion,
    config: `[profile dev]\n${keys}\nca_bundle = /nowhere/ca.pem`,
    kind: 'caBundleUnreadable',
    origin: 'config:4 dev ca_bundle',
    value: '/nowhere/ca.pem',
    message: /^The CA bundle could not be read: ENOENT/,
  },
  {
    title: 'a flag that is neither true nor false',
    environment: { AWS_USE_FIPS_ENDPOINT: 'yes', AWS_REGION: 'us-east-1' },
    kind: 'profileInvalid',
    origin: 'AWS_USE_FIPS_ENDPOINT',
    value: 'yes',
    message: /^AWS_USE_FIPS_ENDPOINT is “yes”, not true or false$/,
  },
];

describe('Unusable configurations', () => {
  let service: ConfigService;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
  });
  beforeEach(() => service.requests.clear());
  after(() => service.close());

  /** Loads all lists of a connection as the tree does, and returns their errors. */
  const loadErrors = async (connection: Connection) => {
    const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 1000, log: () => {} });
    const estate = new Estate({ open, aggregatorNames: () => [] });
    const store = estate.getStore(connection);
    const packs = store.getPackList({ by: 'name', descending: false });
    await Promise.all([store.identity.loadMore(), packs.loadMore(), store.aggregators.loadMore()]);
    return [store.identity, packs, store.aggregators].map(({ errors }) => errors[0]);
  };

  for (const sample of samples) {
    it(`name ${sample.title} before a request is sent`, () =>
      withAwsFiles(sample.config ?? '', sample.credentials ?? '', async () => {
        const { AWS_CONFIG_FILE = '', AWS_SHARED_CREDENTIALS_FILE = '' } = process.env;
        const isEnvironment = sample.config === undefined && sample.credentials === undefined;
        const { accessKeyId, secretAccessKey } = service.caller();
        Object.assign(
          process.env,
          { AWS_ENDPOINT_URL: service.url, AWS_EC2_METADATA_DISABLED: 'true' },
          isEnvironment &&
            !sample.environment?.AWS_ROLE_ARN && {
              AWS_ACCESS_KEY_ID: accessKeyId,
              AWS_SECRET_ACCESS_KEY: secretAccessKey,
            },
          sample.environment,
        );
        const folder = join(AWS_CONFIG_FILE, '..');
        assert.equal(join(AWS_SHARED_CREDENTIALS_FILE, '..'), folder);
        for (const error of await loadErrors(sample.connection ?? {})) {
          assert(error);
          const { origin, value } = error.details;
          assert.deepEqual([error.kind, formatOrigin(origin, folder)], [sample.kind, sample.origin], error.message);
          if (sample.kind !== 'endpointConflict') assert.equal(value, sample.value);
          assert.match(error.message, sample.message);
        }
        assert.equal(service.requests.length, 0);
      }));
  }

  it('can be used once they are corrected', () =>
    withAwsFiles('', '', async () => {
      const { accessKeyId, secretAccessKey } = service.caller();
      const environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
      Object.assign(process.env, environment, { AWS_REGION: 'us_east_1', AWS_ENDPOINT_URL: service.url });
      const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 1000, log: () => {} });
      const { identity } = new Estate({ open, aggregatorNames: () => [] }).getStore({});
      await identity.loadMore();
      assert.equal(identity.errors[0]?.kind, 'invalidRegion');
      process.env.AWS_REGION = 'us-east-1';
      await identity.retry();
      assert.deepEqual(identity.errors, []);
    }));
});

function formatOrigin(origin: ValueOrigin | undefined, folder: string): string {
  switch (origin?.kind) {
    case 'file':
      return [`${relative(folder, origin.file)}:${origin.line}`, origin.profile, origin.key].filter(Boolean).join(' ');
    case 'environment':
      return origin.variable;
    case 'setting':
      return origin.setting;
    case undefined:
      return 'nowhere';
  }
}
