import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { toScope } from '../../../src/aws/toScope.ts';
import type { OpenSource } from '../../../src/compliance/source.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createCallerIdentityResponse } from '../../config-service/wire/sts.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { accounts, writeSsoToken } from '../../support/aws/profileFiles.ts';
import { withClock } from '../../support/clock.ts';

const { signal } = new AbortController();
const request = { cursor: undefined, signal };
const region = 'us-east-1';
const createOpen = () => createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 1000, log: () => {} });
const credentialKinds = ['keys', 'process', 'role', 'sso', 'environment'] as const;
type CredentialKind = (typeof credentialKinds)[number];

/** Where the credentials of a kind come from, and what is claimed about their account. */
interface Origin {
  readonly account: string;
  /** An account ID in the environment, the profile and the output of the process. */
  readonly claimed: string | undefined;
}

/** Credentials of every kind in files and the environment, which can be switched to other accounts. */
class CredentialSources {
  readonly #service: ConfigService;
  readonly #folder: string;
  readonly #origins: Record<CredentialKind, Origin>;

  constructor(service: ConfigService, folder: string) {
    this.#service = service;
    this.#folder = folder;
    const origin: Origin = { account: accounts.home, claimed: undefined };
    this.#origins = { keys: origin, process: origin, role: origin, sso: origin, environment: origin };
  }

  async switch(kind: CredentialKind, origin: Origin): Promise<void> {
    this.#origins[kind] = origin;
    const { keys, process: output, role, sso, environment } = this.#origins;
    const file = join(this.#folder, 'keys.json');
    const formatClaim = ({ claimed }: Origin) => (claimed === undefined ? '' : `aws_account_id = ${claimed}\n`);
    const formatKeys = ({ account }: Origin) => {
      const { accessKeyId, secretAccessKey } = this.#service.caller(account);
      return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    };
    const config = `[profile keys]
region = ${region}
[profile process]
region = ${region}
${formatClaim(output)}credential_process = cat ${file}
[profile role]
region = ${region}
${formatClaim(role)}role_arn = arn:aws:iam::${role.account}:role/Auditor
source_profile = keys
[profile sso]
region = ${region}
${formatClaim(sso)}sso_session = work
sso_account_id = ${sso.account}
sso_role_name = ReadOnly
[sso-session work]
sso_region = ${region}
sso_start_url = https://example.com/start
`;
    await writeFile(join(this.#folder, 'config'), config);
    await writeFile(join(this.#folder, 'credentials'), `[keys]\n${formatKeys(keys)}${formatClaim(keys)}`);
    const { accessKeyId, secretAccessKey } = this.#service.caller(output.account);
    const printed = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
    await writeFile(file, JSON.stringify({ ...printed, AccountId: output.claimed }));
    const own = this.#service.caller(environment.account);
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: own.accessKeyId, AWS_SECRET_ACCESS_KEY: own.secretAccessKey });
    if (environment.claimed === undefined) delete process.env.AWS_ACCOUNT_ID;
    else process.env.AWS_ACCOUNT_ID = environment.claimed;
  }
}

const anyKind = fc.constantFrom(...credentialKinds);
const anyAccount = fc.constantFrom(accounts.home, accounts.other);
const claimedAccount = fc.option(fc.constantFrom(accounts.home, accounts.other, '999999999999'), { nil: undefined });
const step = fc.oneof(
  fc.record({ act: fc.constant('switch' as const), kind: anyKind, account: anyAccount, claimed: claimedAccount }),
  fc.record({ act: fc.constantFrom('read' as const, 'identify' as const, 'reopen' as const), kind: anyKind }),
  fc.record({ act: fc.constantFrom('reject' as const, 'loseSts' as const, 'restoreSts' as const), kind: anyKind }),
);

describe('identity', () => {
  let service: ConfigService;
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  let sources: CredentialSources;
  let open: OpenSource;

  beforeEach(async () => {
    service = await startConfigService({ estate: 'demo' });
    folder = await mkdtemp(join(tmpdir(), 'packscope-identity-'));
    environment = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, {
      HOME: folder,
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_REGION: region,
      AWS_ENDPOINT_URL: service.url,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
    });
    await writeSsoToken(folder, 'work', service.signIn());
    sources = new CredentialSources(service, folder);
    open = createOpen();
  });

  afterEach(async () => {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    await service.close();
    await rm(folder, { recursive: true });
  });

  const openKind = (kind: CredentialKind) => open(kind === 'environment' ? {} : { profile: kind });
  const refuseSts = { refuse: { GetCallerIdentity: { name: 'AccessDeniedException' } } };

  for (const kind of credentialKinds) {
    it(`is what STS says for ${kind}, whatever account is claimed`, async () => {
      await sources.switch(kind, { account: accounts.other, claimed: accounts.home });
      const source = await openKind(kind);
      for (const _ of ['once', 'twice']) assert.equal((await source.getScope(signal)).account, accounts.other);
      assert.equal(service.requests.count('GetCallerIdentity'), 1, 'asked once per key');
    });

    it(`is what the ARNs of packs say for ${kind} where STS is out of reach`, async () => {
      await sources.switch(kind, { account: accounts.home, claimed: accounts.other });
      const source = await openKind(kind);
      service.faults = refuseSts;
      assert.equal((await source.getScope(signal)).account, accounts.home);
    });
  }

  it('is never one account for the rows of another, after any switches of credentials', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 20 }), async (steps) =>
        withClock(async (advance) => {
          // The clock goes back after each run, which a rate limit must not see.
          open = createOpen();
          service.faults = {};
          for (const kind of credentialKinds)
            await sources.switch(kind, { account: accounts.home, claimed: undefined });
          advance(2000);
          const opened = new Map<CredentialKind, Awaited<ReturnType<OpenSource>>>();
          const rowAccounts = new Map<CredentialKind, Set<string>>();
          for (const { act, kind, ...origin } of steps) {
            if (act === 'switch') await sources.switch(kind, { account: accounts.home, claimed: undefined, ...origin });
            if (act === 'switch') advance(2000);
            if (act === 'loseSts') service.faults = refuseSts;
            if (act === 'restoreSts') service.faults = {};
            if (act !== 'read' && act !== 'identify' && act !== 'reopen' && act !== 'reject') continue;
            const source = act === 'reopen' ? undefined : opened.get(kind);
            const current = source ?? (await openKind(kind));
            if (!source) rowAccounts.set(kind, new Set());
            opened.set(kind, current);
            const before = service.requests.length;
            const { faults } = service;
            if (act === 'reject') service.faults = { ...faults, expiredCredentials: true };
            const [scope, page] = await Promise.allSettled([
              act === 'identify' ? current.getScope(signal) : undefined,
              current.listDeployments(request),
            ]);
            service.faults = faults;
            const seen = rowAccounts.get(kind) ?? new Set();
            const answered = service.requests.slice(before);
            for (const { operation, account, error } of answered)
              if (operation.startsWith('Describe') && error === undefined) seen.add(account ?? '');
            assert(seen.size <= 1, `rows of ${[...seen]} in one connection`);
            if (scope.status === 'fulfilled' && scope.value) {
              if (page.status === 'fulfilled') assert.deepEqual([...seen], [scope.value.account]);
              const identified = answered.filter(({ operation, error }) => operation === 'GetCallerIdentity' && !error);
              assert(identified.length <= 1, 'one request to STS per key');
              for (const { account } of identified) assert.equal(account, scope.value.account);
            }
          }
        }),
      ),
      { numRuns: 40 },
    );
  }).timeout(120_000);

  it('is read from well-formed ARNs only', () => {
    const scope = { account: accounts.home, partition: 'aws-us-gov', region };
    assert.deepEqual(toScope(`arn:aws-us-gov:config:${region}:${accounts.home}:conformance-pack/a/b`, region), scope);
    for (const arn of [
      'arn:aws:config:r:1234:pack',
      'arn:aws:config:r:[x](y):pack',
      `arn:<b>:config:r:${accounts.home}:pack`,
    ])
      assert.equal(toScope(arn, region), undefined);
  });

  describe('that STS and AWS Config disagree about', () => {
    let sts: ReturnType<typeof createServer>;

    beforeEach(async () => {
      await sources.switch('keys', { account: accounts.home, claimed: undefined });
      sts = createServer((_, response) => {
        const { status, headers, body } = createCallerIdentityResponse({ account: accounts.other, region }, 'id');
        response.writeHead(status, headers).end(body);
      });
      await new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve));
      process.env.AWS_ENDPOINT_URL_STS = `http://127.0.0.1:${(sts.address() as AddressInfo).port}`;
    });

    afterEach(() => sts.close());

    it('stops the list if the identity is known', async () => {
      const source = await openKind('keys');
      assert.equal((await source.getScope(signal)).account, accounts.other);
      await assert.rejects(source.listDeployments(request), { kind: 'accountMismatch' });
      const { length } = service.requests;
      await assert.rejects(source.listRules(request, 'pack'), { kind: 'accountMismatch' });
      await assert.rejects(source.getScope(signal), { kind: 'accountMismatch' });
      assert.equal(service.requests.length, length, 'no further request');
    });

    it('stops the list if rows were read before', async () => {
      const source = await openKind('keys');
      await source.listDeployments(request);
      await assert.rejects(source.getScope(signal), { kind: 'accountMismatch' });
      await assert.rejects(source.listDeployments(request), { kind: 'accountMismatch' });
    });

    it('stops the list of aggregators', async () => {
      const source = await openKind('keys');
      await source.getScope(signal);
      await assert.rejects(source.listAggregators(request), { kind: 'accountMismatch' });
    });
  });
});
