import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOpenSource } from '../../../src/aws/openSource.ts';
import type { ComplianceError } from '../../../src/compliance/errors.ts';
import type { ComplianceSource } from '../../../src/compliance/source.ts';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { withAwsFiles } from '../../support/aws/withAwsFiles.ts';

const other = '467120985533';
const { signal } = new AbortController();

/** A profile whose `credential_process` prints a file and counts its runs. */
interface ProcessProfile {
  readonly service: ConfigService;
  readonly source: ComplianceSource;
  /** Makes the process print an account's keys, with the account id if `hasAccountId`. */
  setAccount(account: string, hasAccountId?: boolean): Promise<void>;
  countRuns(): Promise<number>;
}

async function withProcess(use: (profile: ProcessProfile) => Promise<void>): Promise<void> {
  const service = await startConfigService({ estate: 'demo' });
  const folder = await mkdtemp(join(tmpdir(), 'packscope-process-'));
  const [keys, runs] = [join(folder, 'keys.json'), join(folder, 'runs')];
  const config = [
    '[profile process]',
    `region = ${service.estate.home.region}`,
    `endpoint_url = ${service.url}`,
    `credential_process = sh -c "echo >> ${runs}; cat ${keys}"`,
  ];
  const setAccount = async (account: string, hasAccountId = false) => {
    const { accessKeyId, secretAccessKey } = service.caller(account);
    const output = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      ...(hasAccountId && { AccountId: account }),
    };
    await writeFile(keys, JSON.stringify(output));
  };
  try {
    await withAwsFiles(config.join('\n'), '', async () => {
      const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 100, log: () => {} });
      await setAccount(service.estate.home.account);
      const source = await open({ profile: 'process' });
      const countRuns = async () => (await readFile(runs, 'utf8')).split('\n').length - 1;
      await use({ service, source, setAccount, countRuns });
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

  it('uses the account id of the credentials instead of STS', () =>
    withProcess(async ({ service, source, setAccount }) => {
      await setAccount(service.estate.home.account, true);
      assert.deepEqual(await source.getScope(signal), { ...service.estate.home, partition: 'aws' });
      assert.equal(service.requests.count('GetCallerIdentity'), 0);
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

  for (const hasAccountId of [true, false]) {
    it(`rejects keys of another account, by ${hasAccountId ? 'their account id' : 'STS'}`, () =>
      withProcess(async ({ service, source, setAccount }) => {
        await source.getScope(signal);
        service.faults = { expiredCredentials: true };
        await assert.rejects(readPacks(source), hasKind('expired'));
        service.faults = {};
        await setAccount(other, hasAccountId);
        const before = service.requests.count('DescribeConformancePackStatus');
        await assert.rejects(readPacks(source), hasKind('accountChanged'));
        await assert.rejects(readPacks(source), hasKind('accountChanged'), 'again');
        assert.equal(service.requests.count('DescribeConformancePackStatus'), before);
      }));
  }

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
