import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpenSource } from '../../../src/aws/openSource.ts';
import { proxyHost } from '../../../src/aws/transport/network.ts';
import type { ComplianceError } from '../../../src/compliance/errors.ts';
import type { ComplianceSource } from '../../../src/compliance/source.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { certificate } from '../../support/network/certificate.ts';
import { type SecureService, startSecureService } from '../../support/network/proxy.ts';
import { withAwsFiles } from './files.ts';

const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 100, log: () => {} });
const { signal } = new AbortController();
const ask = async (source: ComplianceSource) => [
  (await source.scope(signal)).account,
  (await source.deployments({ cursor: undefined, signal })).items.length,
];

describe('an AWS behind a CA of its own', () => {
  const bundle = join(tmpdir(), `packscope-network-${process.pid}.pem`);
  let service: ConfigService;
  let secure: SecureService;

  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    secure = await startSecureService(service.url);
    await writeFile(bundle, certificate);
  });

  after(async () => {
    await secure[Symbol.asyncDispose]();
    await service.close();
    await rm(bundle);
  });

  /** Runs `use` with the profile `home`, which has these lines more, and a role `audit` of it. */
  const withProfile = (lines: string, use: () => Promise<void>) => {
    const { accessKeyId, secretAccessKey } = service.caller();
    const config = `[profile home]\nregion = us-east-1\nendpoint_url = ${secure.url}\n${lines}
[profile audit]\nregion = us-east-1\nsource_profile = home\nrole_arn = arn:aws:iam::318604927715:role/Audit\n${lines}`;
    const keys = `[home]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    return withAwsFiles(config, keys, use);
  };

  it('is believed where the profile’s ca_bundle names that', () =>
    withProfile(`ca_bundle = ${bundle}`, async () =>
      assert.deepEqual(await ask(await open({ profile: 'home' })), [service.estate.home.account, 14]),
    ));

  it('is believed where AWS_CA_BUNDLE names it, by the providers of credentials as well', () =>
    withProfile('', async () => {
      Object.assign(process.env, { AWS_CA_BUNDLE: bundle, AWS_ENDPOINT_URL: secure.url });
      assert.deepEqual(await ask(await open({ profile: 'home' })), [service.estate.home.account, 14]);
      assert.deepEqual(await ask(await open({ profile: 'audit' })), [service.estate.home.account, 14]);
      assert(secure.bodies.some((body) => body.includes('Action=AssumeRole&')));
    }));

  it('is not believed otherwise, and that is said', () =>
    withProfile('', async () => {
      process.env.AWS_MAX_ATTEMPTS = '1';
      await assert.rejects(ask(await open({ profile: 'home' })), ({ kind, details }: ComplianceError) => {
        assert.deepEqual([kind, details.obstacle], ['network', 'certificate']);
        return true;
      });
    }));

  it('whose file cannot be read is told so', () =>
    withProfile(`ca_bundle = ${bundle}.gone`, async () => {
      await assert.rejects(open({ profile: 'home' }), /The CA bundle could not be read: ENOENT.*\.gone/);
    }));
});

describe('the proxy as it is named', () => {
  for (const [setting, host] of [
    ['http://office.example:3128', 'office.example:3128'],
    ['http://me:swordfish@office.example:3128/', 'office.example:3128'],
    ['no address', undefined],
  ]) {
    it(`in ${setting} is ${host}`, () => assert.equal(proxyHost(setting), host));
  }
});
