import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type ConfigServiceClient,
  DescribeAggregateComplianceByConformancePacksCommand,
} from '@aws-sdk/client-config-service';
import { countRules } from '../../config-service/estate/scoring.ts';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';

const size = { accounts: 10_000, regions: 5, packs: 20 };

describe('local AWS Config: an estate of a million packs', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: generatedEstate(size) });
    client = createConfigClient(service);
  });
  after(() => service.close());

  const page = (Filters: object, NextToken?: string) =>
    client.send(
      new DescribeAggregateComplianceByConformancePacksCommand({
        ConfigurationAggregatorName: 'organization',
        Filters,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );

  it('accesses its first and its last account directly', async () => {
    for (const AccountId of [service.estate.accounts[0] ?? '', service.estate.accounts.at(-1) ?? '']) {
      const { AggregateComplianceByConformancePacks: rows = [] } = await page({ AccountId });
      assert.ok(rows.length > 80 && rows.length <= 100, `${rows.length} rows`);
      assert.deepEqual(new Set(rows.map((row) => row.AccountId)), new Set([AccountId]));
      assert.equal(new Set(rows.map((row) => row.AwsRegion)).size, 5);
    }
  });

  it('accesses a name directly in each scope', async () => {
    const ConformancePackName = 'operational-best-practices-for-pci-dss';
    const { AggregateComplianceByConformancePacks: rows = [] } = await page({ ConformancePackName });
    assert.equal(rows.length, 100);
    assert.ok(rows.every((row) => row.ConformancePackName === ConformancePackName));
  });

  it('limits the work for an unknown name with empty pages', async () => {
    const first = await page({ ConformancePackName: 'nowhere' });
    assert.deepEqual(first.AggregateComplianceByConformancePacks, []);
    assert.ok(first.NextToken);
    const second = await page({ ConformancePackName: 'nowhere' }, first.NextToken);
    assert.deepEqual(second.AggregateComplianceByConformancePacks, []);
    assert.ok(second.NextToken);
  });

  it('is read page by page without growing the heap', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    let rows = 0;
    let token: string | undefined;
    let last = '';
    const readRows = async (count: number) => {
      while (rows < count) {
        const { AggregateComplianceByConformancePacks: pageRows = [], NextToken } = await page({}, token);
        for (const row of pageRows) {
          const key = [row.AccountId, row.AwsRegion, row.ConformancePackName].join(' ');
          assert.ok(key > last);
          last = key;
        }
        rows += pageRows.length;
        token = NextToken;
      }
      service.requests.clear();
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    // Reading the first rows also warms up the client and the compiler.
    const early = await readRows(10_000);
    const grownBy = (await readRows(50_000)) - early;
    // 40,000 retained rows would be about 10 MB.
    assert.ok(grownBy < 3_000_000, `the heap grew by ${grownBy} bytes`);
  });
});

describe('local AWS Config: generated estates', () => {
  const estate = generatedEstate({ accounts: 20, regions: 3, packs: 12 }, new Date(0));
  const scopes = estate.accounts.flatMap((account) => estate.regions.map((region) => ({ account, region })));
  const packs = scopes.flatMap((scope) => estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []));

  it('are derived from their seed', () => {
    const again = generatedEstate({ accounts: 20, regions: 3, packs: 12 }, new Date(0));
    const other = generatedEstate({ accounts: 20, regions: 3, packs: 12, seed: 2 }, new Date(0));
    const countAll = (from: typeof estate) => packs.map((pack) => from.ruleCounts(pack));
    assert.deepEqual(countAll(again), countAll(estate));
    assert.notDeepEqual(countAll(other), countAll(estate));
  });

  it('contain packs in every state, some never evaluated, some compliant', () => {
    assert.equal(new Set(packs.map(({ state }) => state)).size, 6);
    const counts = packs.map((pack) => estate.ruleCounts(pack));
    assert.ok(counts.some(({ compliant, nonCompliant }) => compliant + nonCompliant === 0));
    assert.ok(counts.some(({ compliant, nonCompliant }) => compliant > 0 && nonCompliant === 0));
  });

  it('count the rules of each pack correctly', () => {
    for (const pack of packs) assert.deepEqual(estate.ruleCounts(pack), countRules(estate.rules(pack)));
  });

  it('have unique ids and rule names for each pack', () => {
    assert.equal(new Set(packs.map(({ id }) => id)).size, packs.length);
    for (const pack of packs) {
      assert.match(pack.id, /^conformance-pack-[a-z0-9]{9}$/);
      const names = estate.rules(pack).map(({ name }) => name);
      assert.equal(new Set(names).size, names.length);
      assert.ok(names.every((name) => name.endsWith(`-${pack.id}`)));
    }
  });
});
