import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpenSource, type SourceSettings } from '../../../src/aws/openSource.ts';
import { ComplianceError, type ErrorKind } from '../../../src/compliance/errors.ts';
import type { Scope } from '../../../src/compliance/model.ts';
import type { ComplianceSource, RequestRecord } from '../../../src/compliance/source.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { mfaCode } from '../../config-service/signIn.ts';
import { accounts, mfaSerial, processSecret, writeAwsFiles, writeSsoToken } from '../../support/workbench/awsFolder.ts';

const { signal } = new AbortController();

describe('the profiles of real AWS files', () => {
  let service: ConfigService;
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  let log: RequestRecord[] = [];

  beforeEach(async () => {
    log = [];
    service = await startConfigService({ estate: 'demo' });
    folder = await mkdtemp(join(tmpdir(), 'packscope-aws-'));
    environment = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    const files = await writeAwsFiles(folder, service);
    // Keys of the environment are of nobody: no profile may fall back to them.
    const keys = { AWS_ACCESS_KEY_ID: 'AKIDNOBODY', AWS_SECRET_ACCESS_KEY: 'nothing' };
    Object.assign(process.env, files, keys, { AWS_ENDPOINT_URL: service.url, AWS_EC2_METADATA_DISABLED: 'true' });
  });

  afterEach(async () => {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    await service.close();
    await rm(folder, { recursive: true });
  });

  const sources = (settings: Partial<SourceSettings> = {}) =>
    createOpenSource({
      pageSize: () => 100,
      requestsPerSecond: () => 1000,
      log: (record) => log.push(record),
      ...settings,
    });
  const scopeOf = async (profile: string): Promise<Scope> => (await sources()({ profile })).scope(signal);
  const failureOf = async (answer: Promise<unknown>): Promise<ComplianceError> => {
    const failure = await answer.then(
      () => undefined,
      (thrown) => thrown,
    );
    assert(failure instanceof ComplianceError, 'it fails');
    return failure;
  };
  const deployments = (source: ComplianceSource) => source.deployments({ cursor: undefined, signal });
  const asked = (operation: string) => service.requests.count(operation);

  const good: readonly (readonly [string, string, string])[] = [
    ['keys', accounts.home, 'us-east-1'],
    ['role', accounts.other, 'eu-central-1'],
    ['chained', accounts.home, 'us-east-1'],
    ['sso', accounts.other, 'us-east-1'],
    ['sso-role', accounts.home, 'us-east-1'],
    ['process-good', accounts.other, 'us-east-1'],
  ];
  for (const [profile, account, region] of good) {
    it(`lead ${profile} to its account`, async () => {
      assert.deepEqual(await scopeOf(profile), { account, partition: 'aws', region });
    });
  }

  const bad: readonly (readonly [string, ErrorKind, RegExp])[] = [
    ['sso-stale', 'expired', /Token is expired/],
    ['sso-stale-role', 'expired', /Token is expired/],
    ['sso-revoked', 'expired', /^The SSO session of profile “sso-revoked” has expired\.$/],
    ['sso-never', 'signedOut', /profile=sso-never was not found or is invalid/],
    ['process-fails', 'signedOut', /^The credential_process of profile “process-fails” failed: run it/],
    ['process-stale', 'expired', /process-stale credential_process returned expired credentials/],
    ['process-garbage', 'signedOut', /process-garbage credential_process returned invalid JSON/],
    ['mfa', 'signedOut', /mfa requires multi-factor authentication/],
    ['nothing', 'signedOut', /Could not resolve credentials using profile: \[nothing\]/],
  ];
  for (const [profile, kind, words] of bad) {
    it(`say of ${profile} that it is ${kind}, and why`, async () => {
      const failure = await failureOf(scopeOf(profile));
      assert.equal(failure.kind, kind, failure.message);
      assert.match(failure.message, words);
      assert.equal(asked('DescribeConformancePackStatus'), 0, 'AWS Config is not asked');
      for (const text of [failure.message, JSON.stringify(log)]) assert(!text.includes(processSecret), text);
    });
  }

  it('say that a portal is out of reach, and which role it does not give', async () => {
    process.env.AWS_ENDPOINT_URL_SSO = 'http://127.0.0.1:9';
    assert.equal((await failureOf(scopeOf('sso'))).kind, 'network');
    delete process.env.AWS_ENDPOINT_URL_SSO;
    service.faults = { refuse: { GetRoleCredentials: { name: 'ForbiddenException', message: 'No access' } } };
    const denied = await failureOf(scopeOf('sso'));
    assert.deepEqual([denied.kind, denied.details.permission], ['denied', 'sso:GetRoleCredentials']);
    service.faults = { refuse: { AssumeRole: { name: 'AccessDeniedException' } } };
    assert.equal((await failureOf(scopeOf('role'))).details.permission, 'sts:AssumeRole');
  });

  it('are good again after a new sign-in, without another word', async () => {
    const open = sources();
    assert.equal((await failureOf((await open({ profile: 'sso-never' })).scope(signal))).kind, 'signedOut');
    await writeSsoToken(folder, 'never', service.signIn());
    assert.equal((await (await open({ profile: 'sso-never' })).scope(signal)).account, accounts.other);
  });

  it('renew an SSO token that may be renewed', async () => {
    await writeSsoToken(folder, 'never', { ...service.signIn(), expiresAt: new Date(Date.now() - 1000) });
    assert.equal((await scopeOf('sso-never')).account, accounts.other);
    assert.equal(asked('CreateToken'), 1);
  });

  it('say that a token has expired which nobody can renew', async () => {
    await writeSsoToken(folder, 'never', { accessToken: 'old', expiresAt: new Date(Date.now() - 1000) });
    assert.equal((await failureOf(scopeOf('sso-never'))).kind, 'expired');
    assert.equal(asked('CreateToken'), 0);
  });

  it('are read anew when they have changed', async () => {
    const open = sources();
    const { account } = await (await open({ profile: 'keys' })).scope(signal);
    assert.equal(account, accounts.home);
    const { accessKeyId, secretAccessKey } = service.caller(accounts.other);
    const text = `[keys]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    await writeFile(join(folder, 'credentials'), text);
    assert.equal((await (await open({ profile: 'role' })).scope(signal)).account, accounts.other);
    assert.equal((await (await open({ profile: 'keys' })).scope(signal)).account, accounts.other);
  });

  it('share one role between regions and clients, until AWS says that it has expired', async () => {
    const open = sources();
    const places = await Promise.all(['us-east-1', 'eu-central-1'].map((region) => open({ profile: 'role', region })));
    await Promise.all(places.flatMap((source) => [source.scope(signal), deployments(source)]));
    assert.equal(asked('AssumeRole'), 1);
    service.expireSessions();
    for (const source of places) {
      assert.equal((await failureOf(deployments(source))).kind, 'expired');
      await deployments(source);
    }
    assert.equal(asked('AssumeRole'), 2);
  });

  it('keep to their own endpoints for roles and for SSO', async () => {
    delete process.env.AWS_ENDPOINT_URL;
    const config = `
[profile source]
region = us-east-1
sso_session = work
sso_account_id = ${accounts.other}
sso_role_name = ReadOnly
[profile apart]
region = us-east-1
role_arn = arn:aws:iam::${accounts.home}:role/Apart
source_profile = source
services = here
[profile whole]
region = us-east-1
role_arn = arn:aws:iam::${accounts.home}:role/Whole
source_profile = keys
endpoint_url = ${service.url}
[services here]
sts =
  endpoint_url = ${service.url}
sso =
  endpoint_url = ${service.url}
[sso-session work]
sso_region = us-east-1
sso_start_url = https://example.com/start
`;
    await writeFile(join(folder, 'config'), config);
    assert.equal((await scopeOf('whole')).account, accounts.home);
    assert.equal((await scopeOf('apart')).account, accounts.home);
    assert.deepEqual([asked('AssumeRole'), asked('GetRoleCredentials')], [2, 1]);
  });

  describe('that demand a code', () => {
    let round = 0;
    let prompts: string[] = [];
    let codes: (string | undefined)[] = [];
    const mfa = {
      ask: async (profile: string, serial: string) => {
        prompts.push(`${profile} ${serial}`);
        return codes.shift();
      },
      round: () => round,
    };

    beforeEach(() => {
      round = 0;
      prompts = [];
      codes = [];
    });

    const everywhere = async (open: ReturnType<typeof sources>) => {
      const all = await Promise.all(['us-east-1', 'eu-central-1'].map((region) => open({ profile: 'mfa', region })));
      return Promise.allSettled(all.flatMap((source) => [source.scope(signal), deployments(source)]));
    };
    const outcomes = (results: readonly PromiseSettledResult<unknown>[]) =>
      new Set(results.map((each) => (each.status === 'rejected' ? (each.reason as ComplianceError).message : 'good')));

    it('ask once for all regions and requests, naming the profile and the device', async () => {
      codes = [mfaCode];
      assert.deepEqual([...outcomes(await everywhere(sources({ mfa })))], ['good']);
      assert.deepEqual(prompts, [`mfa ${mfaSerial}`]);
    });

    it('ask again only when the person does, who has turned away', async () => {
      const open = sources({ mfa });
      for (const _ of [1, 2, 3]) {
        const [said = '', ...others] = outcomes(await everywhere(open));
        assert.match(said, /^No MFA code was given for profile “mfa”/);
        assert.deepEqual(others, []);
      }
      assert.equal(prompts.length, 1);
      round += 1;
      codes = [mfaCode];
      assert.deepEqual([...outcomes(await everywhere(open))], ['good']);
      assert.equal(prompts.length, 2);
    });

    it('ask again only when the person does, whose code was wrong', async () => {
      codes = ['000000', mfaCode];
      const open = sources({ mfa });
      const source = await open({ profile: 'mfa' });
      const failure = await failureOf(source.scope(signal));
      assert.deepEqual([failure.kind, prompts.length], ['signedOut', 1]);
      assert.match(failure.message, /^The MFA code for profile “mfa” was not accepted/);
      await everywhere(open);
      assert.equal(prompts.length, 1);
      round += 1;
      await source.scope(signal);
      assert.equal(prompts.length, 2);
    });
  });
});
