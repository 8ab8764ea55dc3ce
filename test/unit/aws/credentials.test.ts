import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpenSource } from '../../../src/aws/openSource.ts';
import type { ComplianceError } from '../../../src/compliance/errors.ts';
import type { ComplianceSource } from '../../../src/compliance/source.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { withAwsFiles } from './files.ts';

const other = '467120985533';
const { signal } = new AbortController();

/** A profile whose process gives what a file holds, and counts how often it ran. */
interface Process {
  readonly service: ConfigService;
  readonly source: ComplianceSource;
  /** From now on the process gives an account's keys, with its account id where `told`. */
  give(account: string, told?: boolean): Promise<void>;
  runs(): Promise<number>;
}

async function withProcess(use: (process: Process) => Promise<void>): Promise<void> {
  const service = await startConfigService({ estate: 'demo' });
  const folder = await mkdtemp(join(tmpdir(), 'packscope-process-'));
  const [keys, runs] = [join(folder, 'keys.json'), join(folder, 'runs')];
  const config = [
    '[profile process]',
    `region = ${service.estate.home.region}`,
    `endpoint_url = ${service.url}`,
    `credential_process = sh -c "echo >> ${runs}; cat ${keys}"`,
  ];
  const give = async (account: string, told = false) => {
    const { accessKeyId, secretAccessKey } = service.caller(account);
    const answer = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      ...(told && { AccountId: account }),
    };
    await writeFile(keys, JSON.stringify(answer));
  };
  try {
    await withAwsFiles(config.join('\n'), '', async () => {
      const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 100, log: () => {} });
      await give(service.estate.home.account);
      const source = await open({ profile: 'process' });
      await use({ service, source, give, runs: async () => (await readFile(runs, 'utf8')).split('\n').length - 1 });
    });
  } finally {
    await rm(folder, { recursive: true });
    await service.close();
  }
}

const packs = (source: ComplianceSource) => source.deployments({ cursor: undefined, signal });
const failing = (kind: string) => (error: ComplianceError) => error.kind === kind;

describe('the credentials of a connection', () => {
  it('are resolved once for all that is asked side by side', () =>
    withProcess(async ({ source, runs }) => {
      await Promise.all([source.scope(signal), packs(source), source.aggregators({ cursor: undefined, signal })]);
      assert.equal(await runs(), 1);
    }));

  it('say whose they are where they can, and nobody else is asked', () =>
    withProcess(async ({ service, source, give }) => {
      await give(service.estate.home.account, true);
      assert.deepEqual(await source.scope(signal), { ...service.estate.home, partition: 'aws' });
      assert.equal(service.requests.count('GetCallerIdentity'), 0);
    }));

  it('are looked for anew once they were refused', () =>
    withProcess(async ({ service, source, runs }) => {
      await source.scope(signal);
      service.faults = { expiredCredentials: true };
      await assert.rejects(packs(source), failing('expired'));
      service.faults = {};
      assert.equal((await packs(source)).items.length, 14);
      assert.equal(await runs(), 2);
    }));

  for (const told of [true, false]) {
    it(`bring nothing of another account ${told ? 'that they name' : 'that STS tells'}`, () =>
      withProcess(async ({ service, source, give }) => {
        await source.scope(signal);
        service.faults = { expiredCredentials: true };
        await assert.rejects(packs(source), failing('expired'));
        service.faults = {};
        await give(other, told);
        const asked = service.requests.count('DescribeConformancePackStatus');
        await assert.rejects(packs(source), failing('switched'));
        await assert.rejects(packs(source), failing('switched'), 'and goes on to refuse');
        assert.equal(service.requests.count('DescribeConformancePackStatus'), asked);
      }));
  }

  it('bring nothing of others before it is known whose the first were', () =>
    withProcess(async ({ service, source, give }) => {
      assert.equal((await packs(source)).items.length, 14);
      service.faults = { expiredCredentials: true };
      await assert.rejects(packs(source), failing('expired'));
      service.faults = {};
      await give(other);
      await assert.rejects(source.scope(signal), failing('switched'));
    }));
});
