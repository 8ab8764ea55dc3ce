import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceSettings } from '../../../src/aws/sourceSettings.ts';
import { ComplianceError, type ErrorKind } from '../../../src/compliance/errors.ts';
import type { Scope } from '../../../src/compliance/model.ts';
import type { ComplianceSource, RequestRecord } from '../../../src/compliance/source.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { mfaCode } from '../../config-service/signIn.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import {
  accounts,
  mfaSerial,
  processSecret,
  writeProfileFiles,
  writeSsoToken,
} from '../../support/aws/profileFiles.ts';

const { signal } = new AbortController();

describe('profiles of the AWS files', () => {
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
    const files = await writeProfileFiles(folder, service);
    // No named profile may fall back to the keys of the environment.
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
  const scopeOf = async (profile: string): Promise<Scope> => (await sources()({ profile })).getScope(signal);
  const getError = async (request: Promise<unknown>): Promise<ComplianceError> => {
    const error = await request.then(
      () => undefined,
      (thrown) => thrown,
    );
    assert(error instanceof ComplianceError, 'the request fails');
    return error;
  };
  const deployments = (source: ComplianceSource) => source.listDeployments({ cursor: undefined, signal });
  const countRequests = (operation: string) => service.requests.count(operation);

  const valid: readonly (readonly [string, string, string])[] = [
    ['keys', accounts.home, 'us-east-1'],
    ['role', accounts.other, 'eu-central-1'],
    ['chained', accounts.home, 'us-east-1'],
    ['sso', accounts.other, 'us-east-1'],
    ['sso-role', accounts.home, 'us-east-1'],
    ['process-good', accounts.other, 'us-east-1'],
  ];
  for (const [profile, account, region] of valid) {
    it(`resolves the account of ${profile}`, async () => {
      assert.deepEqual(await scopeOf(profile), { account, partition: 'aws', region });
    });
  }

  const invalid: readonly (readonly [string, ErrorKind, RegExp])[] = [
    ['sso-stale', 'expired', /Token is expired/],
    ['sso-stale-role', 'expired', /Token is expired/],
    ['sso-revoked', 'expired', /^The SSO session of profile “sso-revoked” has expired\.$/],
    ['sso-never', 'signedOut', /profile=sso-never was not found or is invalid/],
    ['process-fails', 'processFailed', /^The credential_process of profile “process-fails” failed: wrong password …$/],
    ['process-stale', 'expired', /process-stale credential_process returned expired credentials/],
    ['process-garbage', 'processFailed', /process-garbage credential_process returned invalid JSON/],
    ['mfa', 'signedOut', /mfa requires multi-factor authentication/],
    ['nothing', 'profileInvalid', /^It has no access key, role, SSO session or credential_process$/],
  ];
  for (const [profile, kind, message] of invalid) {
    it(`fails for ${profile} as ${kind}, with the cause`, async () => {
      const error = await getError(scopeOf(profile));
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, message);
      assert.equal(countRequests('DescribeConformancePackStatus'), 0, 'no request to AWS Config');
      for (const text of [error.message, JSON.stringify(log)]) assert(!text.includes(processSecret), text);
    });
  }

  it('reports an unreachable SSO portal and denied roles', async () => {
    process.env.AWS_ENDPOINT_URL_SSO = 'http://127.0.0.1:9';
    assert.equal((await getError(scopeOf('sso'))).kind, 'connectionFailed');
    delete process.env.AWS_ENDPOINT_URL_SSO;
    service.faults = { refuse: { GetRoleCredentials: { name: 'ForbiddenException', message: 'No access' } } };
    const denied = await getError(scopeOf('sso'));
    assert.deepEqual([denied.kind, denied.details.permission], ['denied', 'sso:GetRoleCredentials']);
    service.faults = { refuse: { AssumeRole: { name: 'AccessDeniedException' } } };
    assert.equal((await getError(scopeOf('role'))).details.permission, 'sts:AssumeRole');
  });

  it('works after a new sign-in', async () => {
    const open = sources();
    assert.equal((await getError((await open({ profile: 'sso-never' })).getScope(signal))).kind, 'signedOut');
    await writeSsoToken(folder, 'never', service.signIn());
    assert.equal((await (await open({ profile: 'sso-never' })).getScope(signal)).account, accounts.other);
  });

  it('renews an SSO token', async () => {
    await writeSsoToken(folder, 'never', { ...service.signIn(), expiresAt: new Date(Date.now() - 1000) });
    assert.equal((await scopeOf('sso-never')).account, accounts.other);
    assert.equal(countRequests('CreateToken'), 1);
  });

  it('reports an expired SSO token that cannot be renewed', async () => {
    await writeSsoToken(folder, 'never', { accessToken: 'old', expiresAt: new Date(Date.now() - 1000) });
    assert.equal((await getError(scopeOf('sso-never'))).kind, 'expired');
    assert.equal(countRequests('CreateToken'), 0);
  });

  it('reads changed files', async () => {
    const open = sources();
    const { account } = await (await open({ profile: 'keys' })).getScope(signal);
    assert.equal(account, accounts.home);
    const { accessKeyId, secretAccessKey } = service.caller(accounts.other);
    const text = `[keys]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    await writeFile(join(folder, 'credentials'), text);
    assert.equal((await (await open({ profile: 'role' })).getScope(signal)).account, accounts.other);
    assert.equal((await (await open({ profile: 'keys' })).getScope(signal)).account, accounts.other);
  });

  it('shares the credentials of a role between connections until AWS refuses them', async () => {
    const open = sources();
    const regions = ['us-east-1', 'eu-central-1'];
    const connections = await Promise.all(regions.map((region) => open({ profile: 'role', region })));
    await Promise.all(connections.flatMap((source) => [source.getScope(signal), deployments(source)]));
    assert.equal(countRequests('AssumeRole'), 1);
    service.expireSessions();
    // The first refusal drops the credentials, so the other request may already be signed with new ones.
    const results = await Promise.allSettled(connections.map(deployments));
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    assert(errors.length > 0);
    for (const { kind } of errors) assert.equal(kind, 'expired');
    for (const source of connections) await deployments(source);
    assert.equal(countRequests('AssumeRole'), 2);
  });

  it('uses the endpoints of a profile for roles and SSO', async () => {
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
    assert.deepEqual([countRequests('AssumeRole'), countRequests('GetRoleCredentials')], [2, 1]);
  });

  describe('with an MFA device', () => {
    let generation = 0;
    let prompts: string[] = [];
    let codes: (string | undefined)[] = [];
    const mfa = {
      promptForCode: async (profile: string, serial: string) => {
        prompts.push(`${profile} ${serial}`);
        return codes.shift();
      },
      generation: () => generation,
    };

    beforeEach(() => {
      generation = 0;
      prompts = [];
      codes = [];
    });

    const requestInAllRegions = async (open: ReturnType<typeof sources>) => {
      const all = await Promise.all(['us-east-1', 'eu-central-1'].map((region) => open({ profile: 'mfa', region })));
      return Promise.allSettled(all.flatMap((source) => [source.getScope(signal), deployments(source)]));
    };
    const outcomes = (results: readonly PromiseSettledResult<unknown>[]) =>
      new Set(
        results.map((each) => (each.status === 'rejected' ? (each.reason as ComplianceError).message : 'success')),
      );

    it('prompts once for all regions and requests, with the profile and the device', async () => {
      codes = [mfaCode];
      assert.deepEqual([...outcomes(await requestInAllRegions(sources({ mfa })))], ['success']);
      assert.deepEqual(prompts, [`mfa ${mfaSerial}`]);
    });

    it('prompts again after a cancelled prompt only on a manual retry', async () => {
      const open = sources({ mfa });
      for (const _ of [1, 2, 3]) {
        const [message = '', ...others] = outcomes(await requestInAllRegions(open));
        assert.match(message, /^No MFA code was entered for profile “mfa”/);
        assert.deepEqual(others, []);
      }
      assert.equal(prompts.length, 1);
      generation += 1;
      codes = [mfaCode];
      assert.deepEqual([...outcomes(await requestInAllRegions(open))], ['success']);
      assert.equal(prompts.length, 2);
    });

    it('prompts again after a wrong code only on a manual retry', async () => {
      codes = ['000000', mfaCode];
      const open = sources({ mfa });
      const source = await open({ profile: 'mfa' });
      const error = await getError(source.getScope(signal));
      assert.deepEqual([error.kind, prompts.length], ['signedOut', 1]);
      assert.match(error.message, /^The MFA code for profile “mfa” was not accepted/);
      await requestInAllRegions(open);
      assert.equal(prompts.length, 1);
      generation += 1;
      await source.getScope(signal);
      assert.equal(prompts.length, 2);
    });
  });
});
