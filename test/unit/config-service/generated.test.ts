import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type ConfigServiceClient,
  DescribeAggregateComplianceByConfigRulesCommand,
  DescribeAggregateComplianceByConformancePacksCommand,
  SelectAggregateResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import { countRules } from '../../config-service/estate/scoring.ts';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';

const organization = { ConfigurationAggregatorName: 'organization' };
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
        ...organization,
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

  it('reads rules of its last account, and counts packs by account, without reading the others', async () => {
    const AccountId = service.estate.accounts.at(-1) ?? '';
    const { AggregateComplianceByConfigRules: rules = [] } = await client.send(
      new DescribeAggregateComplianceByConfigRulesCommand({ ...organization, Filters: { AccountId } }),
    );
    assert.equal(rules.length, 1000);
    assert.deepEqual(new Set(rules.map((rule) => rule.AccountId)), new Set([AccountId]));
    const Expression = 'SELECT accountId, COUNT(*) GROUP BY accountId';
    const groups = await client.send(
      new SelectAggregateResourceConfigCommand({ ...organization, Expression, Limit: 3 }),
    );
    assert.equal(groups.Results?.length, 3);
    assert.ok(groups.NextToken);
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

  it('can lack packs in some scopes, and those of the organization in excluded accounts', () => {
    const uneven = generatedEstate({ accounts: 20, regions: 3, packs: 12, missingPacks: 25, excludedAccounts: 2 });
    const names = scopes.map((scope) => uneven.packNames(scope));
    const missing = scopes.length * 12 - names.flat().length;
    assert.ok(missing > 0.2 * scopes.length * 12 && missing < 0.4 * scopes.length * 12, `${missing} missing`);
    for (const [index, scope] of scopes.entries()) {
      const present = estate.packNames(scope).filter((name) => uneven.pack(scope, name) !== undefined);
      assert.deepEqual(present, names[index]);
      const isExcluded = uneven.accounts.slice(18).includes(scope.account);
      if (isExcluded) assert.ok(present.every((name) => !uneven.organizationPacks.includes(name)));
    }
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
