import assert from 'node:assert/strict';
import { access, appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProfileCredentials } from '../../../src/aws/credentials/profileCredentials.ts';
import type { ComplianceError } from '../../../src/compliance/errors.ts';
import type { ComplianceSource } from '../../../src/compliance/source.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';
import { withClock } from '../../support/clock.ts';
import { eventually } from '../../support/polling.ts';

const other = '467120985533';
const { signal } = new AbortController();

/** Members of a process's output. */
interface ProcessMembers {
  readonly AccountId?: string;
  readonly Expiration?: string;
  readonly SessionToken?: string;
}

/** A profile whose `credential_process` prints a file and counts its runs. */
interface ProcessProfile {
  readonly service: ConfigService;
  readonly source: ComplianceSource;
  /** Makes the process print an account's keys with more members. */
  setAccount(account: string, members?: ProcessMembers): Promise<void>;
  /** Makes the process fail. */
  breakProcess(): Promise<void>;
  countRuns(): Promise<number>;
  /** The number of manual retries. */
  readonly generation: { count: number };
}

async function withProcess(use: (profile: ProcessProfile) => Promise<void>): Promise<void> {
  const service = await startConfigService({ estate: 'demo' });
  const folder = await mkdtemp(join(tmpdir(), 'packscope-process-'));
  const [keys, runs] = [join(folder, 'keys.json'), join(folder, 'runs')];
  const generation = { count: 0 };
  const config = [
    '[profile process]',
    `region = ${service.estate.home.region}`,
    `endpoint_url = ${service.url}`,
    `credential_process = sh -c "echo >> ${runs}; cat ${keys}"`,
  ];
  const setAccount = async (account: string, members: ProcessMembers = {}) => {
    const { accessKeyId, secretAccessKey } = service.caller(account);
    const output = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, ...members };
    await writeFile(keys, JSON.stringify(output));
  };
  try {
    await withAwsFiles(config.join('\n'), '', async () => {
      const mfa = { promptForCode: async () => undefined, generation: () => generation.count };
      const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 1000, log: () => {}, mfa });
      await setAccount(service.estate.home.account);
      const source = await open({ profile: 'process' });
      const countRuns = async () => (await readFile(runs, 'utf8')).split('\n').length - 1;
      const breakProcess = () => rm(keys);
      await use({ service, source, setAccount, breakProcess, countRuns, generation });
    });
  } finally {
    await rm(folder, { recursive: true });
    await service.close();
  }
}

const readPacks = (source: ComplianceSource) => source.listDeployments({ cursor: undefined, signal });
const hasKind = (kind: string) => (error: ComplianceError) => error.kind === kind;

describe('ConnectionCredentials', () => {
  it('resolves the profile once for concurrent requests', () =>
    withProcess(async ({ source, countRuns }) => {
      await Promise.all([
        source.getScope(signal),
        readPacks(source),
        source.listAggregators({ cursor: undefined, signal }),
      ]);
      assert.equal(await countRuns(), 1);
    }));

  it('asks STS, whatever account id the credentials contain', () =>
    withProcess(async ({ service, source, setAccount }) => {
      await setAccount(service.estate.home.account, { AccountId: other });
      assert.deepEqual(await source.getScope(signal), { ...service.estate.home, partition: 'aws' });
      assert.equal(service.requests.count('GetCallerIdentity'), 1);
    }));

  it('resolves the profile again after AWS refused its credentials', () =>
    withProcess(async ({ service, source, countRuns }) => {
      await source.getScope(signal);
      service.faults = { expiredCredentials: true };
      await assert.rejects(readPacks(source), hasKind('expired'));
      service.faults = {};
      assert.equal((await readPacks(source)).items.length, 14);
      assert.equal(await countRuns(), 2);
    }));

  for (const AccountId of [other, '318604927715', undefined]) {
    it(`rejects keys of another account that claim to belong to ${AccountId ?? 'none'}`, () =>
      withProcess(async ({ service, source, setAccount }) => {
        await source.getScope(signal);
        service.faults = { expiredCredentials: true };
        await assert.rejects(readPacks(source), hasKind('expired'));
        service.faults = {};
        await setAccount(other, { ...(AccountId !== undefined && { AccountId }) });
        const before = service.requests.count('DescribeConformancePackStatus');
        await assert.rejects(readPacks(source), hasKind('accountChanged'));
        await assert.rejects(readPacks(source), hasKind('accountChanged'), 'again');
        assert.equal(service.requests.count('DescribeConformancePackStatus'), before);
        assert.equal(service.requests.count('GetCallerIdentity'), 2, 'once per key');
      }));
  }

  it('checks new keys once for concurrent requests', () =>
    withProcess(async ({ service, source, setAccount }) => {
      await source.getScope(signal);
      service.faults = { expiredCredentials: true };
      await assert.rejects(readPacks(source), hasKind('expired'));
      service.faults = {};
      await setAccount(other);
      const results = await Promise.allSettled([readPacks(source), readPacks(source), source.getScope(signal)]);
      for (const result of results) assert(result.status === 'rejected' && result.reason.kind === 'accountChanged');
      assert.equal(service.requests.count('GetCallerIdentity'), 2);
    }));

  it('asks no packs for the identity of an expired session', () =>
    withProcess(async ({ service, source }) => {
      service.faults = { expiredCredentials: true };
      await assert.rejects(source.getScope(signal), hasKind('expired'));
      assert.equal(service.requests.count('DescribeConformancePackStatus'), 0);
    }));

  it('makes the secret key and the session token known to the redaction', () =>
    withProcess(async ({ service, source, setAccount }) => {
      const { secretAccessKey } = service.caller();
      const SessionToken = 'a(session)token(of)the)process';
      await setAccount(service.estate.home.account, { SessionToken });
      const message = `No: ${secretAccessKey} ${encodeURIComponent(SessionToken)}`;
      service.faults = { refuse: { DescribeConformancePackStatus: { name: 'ValidationException', message } } };
      await assert.rejects(readPacks(source), { message: 'No: … …' });
    }));

  it('rejects new keys before the account is known', () =>
    withProcess(async ({ service, source, setAccount }) => {
      assert.equal((await readPacks(source)).items.length, 14);
      service.faults = { expiredCredentials: true };
      await assert.rejects(readPacks(source), hasKind('expired'));
      service.faults = {};
      await setAccount(other);
      await assert.rejects(source.getScope(signal), hasKind('accountChanged'));
    }));
});

describe('ProfileCredentials', () => {
  const minute = 60_000;
  const expiresIn = (milliseconds: number) => ({ Expiration: new Date(Date.now() + milliseconds).toISOString() });
  const readOften = async (source: ComplianceSource, count = 20) => {
    for (let index = 0; index < count; index += 1) await readPacks(source).catch(() => {});
  };

  it('uses short-lived credentials until they expire', () =>
    withProcess(async ({ source, setAccount, countRuns, service }) =>
      withClock(async (advance) => {
        await setAccount(service.estate.home.account, expiresIn(minute));
        assert.equal((await source.getScope(signal)).account, service.estate.home.account);
        await readOften(source);
        advance(20_000);
        await readOften(source);
        assert.equal(await countRuns(), 1);
        await setAccount(service.estate.home.account, expiresIn(minute));
        advance(41_000);
        assert.equal((await readPacks(source)).items.length, 14);
        await readOften(source);
        assert.equal(await countRuns(), 2);
      }),
    ));

  it('uses no credentials that have expired', () =>
    withProcess(async ({ source, setAccount, countRuns, service }) =>
      withClock(async (advance) => {
        await setAccount(service.estate.home.account, expiresIn(4000));
        await readPacks(source);
        await setAccount(service.estate.home.account, expiresIn(minute));
        advance(4000);
        await readPacks(source);
        assert.equal(await countRuns(), 2);
      }),
    ));

  it('renews credentials five minutes before they expire', () =>
    withProcess(async ({ source, setAccount, countRuns, service }) =>
      withClock(async (advance) => {
        await setAccount(service.estate.home.account, expiresIn(15 * minute));
        await readPacks(source);
        advance(9.5 * minute);
        await readOften(source);
        assert.equal(await countRuns(), 1);
        advance(0.6 * minute);
        await readPacks(source);
        assert.equal(await countRuns(), 2);
      }),
    ));

  it('renews rarely while the process returns the same credentials', () =>
    withProcess(async ({ source, setAccount, countRuns, service }) =>
      withClock(async (advance) => {
        await setAccount(service.estate.home.account, expiresIn(10 * minute));
        for (let step = 0; step < 148; step += 1) {
          await readPacks(source);
          advance(4000);
        }
        assert(Number(await countRuns()) <= 10, `${await countRuns()} runs in ten minutes`);
      }),
    )).timeout(60_000);

  it('uses credentials that cannot be renewed until they expire', () =>
    withProcess(async ({ source, setAccount, breakProcess, countRuns, service }) =>
      withClock(async (advance) => {
        await setAccount(service.estate.home.account, expiresIn(10 * minute));
        await readPacks(source);
        await breakProcess();
        advance(6 * minute);
        await readPacks(source);
        await readOften(source);
        assert.equal(await countRuns(), 2);
        advance(4 * minute + 1000);
        await assert.rejects(readPacks(source), hasKind('processFailed'));
      }),
    ));

  it('does not run a failing process again for some seconds, except on a manual retry', () =>
    withProcess(async ({ source, setAccount, breakProcess, countRuns, service, generation }) =>
      withClock(async (advance) => {
        await breakProcess();
        await readOften(source);
        assert.equal(await countRuns(), 1);
        advance(6000);
        await readOften(source);
        assert.equal(await countRuns(), 2);
        await setAccount(service.estate.home.account);
        await assert.rejects(readPacks(source), hasKind('processFailed'));
        generation.count += 1;
        assert.equal((await readPacks(source)).items.length, 14);
        assert.equal(await countRuns(), 3);
      }),
    ));

  it('starts another process on a manual retry, also while one never ends', async () => {
    const service = await startConfigService({ estate: 'demo' });
    const folder = await mkdtemp(join(tmpdir(), 'packscope-process-'));
    const { accessKeyId, secretAccessKey } = service.caller();
    const started = join(folder, 'started');
    await writeFile(
      join(folder, 'keys.json'),
      JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey }),
    );
    // The first run waits for input that never comes.
    const script = `if [ -e ${started} ]; then cat ${join(folder, 'keys.json')}; else touch ${started}; cat; fi`;
    await writeFile(join(folder, 'run.sh'), script);
    const config = `[profile process]\nregion = us-east-1\ncredential_process = sh ${join(folder, 'run.sh')}`;
    let generation = 0;
    try {
      await withAwsFiles(config, '', async () => {
        const credentials = new ProfileCredentials({
          promptForCode: async () => undefined,
          generation: () => generation,
        });
        const first = credentials.get('process', 0, undefined).catch((thrown: Error) => thrown.message);
        await eventually(() => access(started));
        generation += 1;
        assert.equal((await credentials.get('process', 0, undefined)).accessKeyId, accessKeyId);
        assert.match(String(await first), /^The credential_process did not end/);
        assert.equal((await credentials.get('process', 0, undefined)).accessKeyId, accessKeyId);
      });
    } finally {
      await rm(folder, { recursive: true });
      await service.close();
    }
  }).timeout(60_000);

  it('does not renew for some seconds what expired at once', () =>
    withClock(async (advance) => {
      const service = await startConfigService({ estate: 'demo' });
      const { accessKeyId, secretAccessKey } = service.caller();
      const runs: string[] = [];
      try {
        await withAwsFiles('', '', async () => {
          const expired = new Date(Date.now() - minute).toISOString();
          const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
          Object.assign(process.env, keys, { AWS_CREDENTIAL_EXPIRATION: expired });
          const credentials = new ProfileCredentials({
            promptForCode: async () => undefined,
            generation: () => 0,
          });
          const get = async () => runs.push((await credentials.get(undefined, 0, undefined)).accessKeyId);
          await get();
          process.env.AWS_ACCESS_KEY_ID = 'AKIDSECOND';
          await get();
          assert.deepEqual(runs, [accessKeyId, accessKeyId]);
          advance(6000);
          await get();
          assert.equal(runs.at(-1), 'AKIDSECOND');
        });
      } finally {
        await service.close();
      }
    }));

  it('resolves credentials again after the AWS files changed', () =>
    withProcess(async ({ source, setAccount, countRuns, service }) =>
      withClock(async (advance) => {
        await setAccount(service.estate.home.account, expiresIn(30 * minute));
        await readPacks(source);
        await appendFile(process.env.AWS_CONFIG_FILE ?? '', '\n[profile another]\nregion = eu-west-1\n');
        advance(2000);
        await readPacks(source);
        assert.equal(await countRuns(), 2);
      }),
    ));

  it('drops only the key that AWS rejected, and resolves once for concurrent requests', () =>
    withAwsFiles('', '', async () => {
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDFIRST', AWS_SECRET_ACCESS_KEY: 'nothing' });
      const credentials = new ProfileCredentials(undefined);
      const get = () => credentials.get(undefined, 0, undefined);
      const [first, second] = await Promise.all([get(), get()]);
      assert.equal(first, second);
      process.env.AWS_ACCESS_KEY_ID = 'AKIDSECOND';
      credentials.invalidate(undefined, 'AKIDOTHER');
      assert.equal((await get()).accessKeyId, 'AKIDFIRST');
      credentials.invalidate(undefined, 'AKIDFIRST');
      assert.equal((await get()).accessKeyId, 'AKIDSECOND');
    }));

  it('does not run the process again for each rejection of the same key', () =>
    withProcess(async ({ service, source, countRuns }) =>
      withClock(async (advance) => {
        service.faults = { expiredCredentials: true };
        await readOften(source);
        assert.equal(await countRuns(), 2);
        advance(6000);
        await readOften(source);
        assert.equal(await countRuns(), 3);
      }),
    ));
});
