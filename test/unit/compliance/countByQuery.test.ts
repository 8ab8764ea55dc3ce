import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { PackCount } from '../../../src/compliance/model.ts';
import {
  countByQuery,
  countPack,
  type QueryCounts,
  readSummary,
} from '../../../src/compliance/organization/countByQuery.ts';
import type { Select } from '../../../src/compliance/organization/groupQuery.ts';
import { splitPackName } from '../../../src/compliance/packName.ts';
import type { FetchPage } from '../../../src/compliance/paging/pages.ts';
import { formatQueryLimits, formatQueryTotals } from '../../../src/compliance/text/queryCounts.ts';
import { getPackCompliance, hasResults, isDeployed } from '../../config-service/estate/scoring.ts';
import type { Faults } from '../../config-service/faults.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { assertGolden } from '../../support/golden.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';

const { signal } = new AbortController();
const aggregator = 'organization';

const createSelect = ({ estate }: OpenTree): Select => {
  const store = estate.getStore({});
  return (expression) =>
    store.getOrganizationPages((source, request) => source.selectAggregate(request, aggregator, expression));
};

/** Counts the packs of the aggregator as the overview does. */
async function count(tree: OpenTree, region?: string): Promise<QueryCounts | undefined> {
  const store = tree.estate.getStore({});
  const filter = region === undefined ? {} : { region };
  const [byAccount, byRegion] = await Promise.all([
    readSummary(store.getPackCountPages(aggregator, 'account', filter), signal),
    readSummary(store.getPackCountPages(aggregator, 'region', filter), signal),
  ]);
  return countByQuery(createSelect(tree), { account: byAccount, region: byRegion }, signal, region);
}

/** The account, name and state of each pack in the estate, and whether it is recorded. */
function findPacks({ service: { estate } }: OpenTree) {
  const scopes = estate.accounts.flatMap((account) => estate.regions.map((region) => ({ account, region })));
  return scopes
    .flatMap((scope) => estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []))
    .map((pack) => ({
      ...pack,
      state: getPackCompliance(estate.ruleCounts(pack)),
      isListed: hasResults(pack),
      isRecorded: isDeployed(pack) && hasResults(pack) && estate.recordsPacks(pack),
    }));
}

type EstatePack = ReturnType<typeof findPacks>[number];

const tally = (values: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, same]) => [value, same.length]));

/** The packs with a result by account or region. */
const tallyResults = (packs: readonly EstatePack[], by: 'account' | 'region'): Record<string, number> =>
  tally(packs.filter(({ state }) => state !== 'INSUFFICIENT_DATA').map((pack) => pack[by]));

/** Compares counts with an independent computation from the estate. */
function assertCounts(tree: OpenTree, counts: QueryCounts | undefined, region?: string): void {
  const packs = findPacks(tree).filter((pack) => pack.isListed && (region ?? pack.region) === pack.region);
  const recorded = packs.filter(({ isRecorded }) => isRecorded);
  assert.equal(counts === undefined, recorded.length === 0);
  if (!counts) return;
  const { totals, accounts, packs: byName = [], differences = [], uncoveredAccounts } = counts;
  const toTally = (rows: readonly (readonly [string, { readonly packs: number }])[]) =>
    Object.fromEntries(rows.map(([name, { packs: total }]) => [name, total]));
  assert.deepEqual(
    toTally(accounts.map((each) => [each.account, each])),
    tally(recorded.map(({ account }) => account)),
  );
  assert.deepEqual(
    toTally(byName.map((each) => [each.pack.name, each])),
    tally(recorded.map(({ name }) => splitPackName(name).baseName)),
  );
  const states = tally(recorded.map(({ state }) => state));
  const expectedTotals = {
    packs: recorded.length,
    compliant: states.COMPLIANT ?? 0,
    insufficientData: states.INSUFFICIENT_DATA ?? 0,
    nonCompliant: states.NON_COMPLIANT ?? 0,
    unknown: 0,
  };
  assert.deepEqual(totals, expectedTotals);
  const shares = accounts.map(({ compliant, nonCompliant }) => nonCompliant / (compliant + nonCompliant || Infinity));
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => b - a),
  );
  // Whatever is not counted is named.
  for (const by of ['account', 'region'] as const) {
    const [all, some] = [tallyResults(packs, by), tallyResults(recorded, by)];
    const expected = Object.keys(all).filter((name) => all[name] !== some[name]);
    const named = differences.filter((difference) => difference.by === by);
    assert.deepEqual(
      named.map(({ name, byQuery, bySummary }) => [name, byQuery, bySummary]),
      expected.sort().map((name) => [name, some[name] ?? 0, all[name] ?? 0]),
    );
  }
  const covered = new Set(recorded.map(({ account }) => account));
  assert.deepEqual(
    uncoveredAccounts,
    tree.service.estate.accounts.filter((account) => !covered.has(account)),
  );
}

describe('countByQuery', () => {
  it('counts the packs that an estate records, and names what it does not', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          accounts: fc.integer({ min: 1, max: 12 }),
          regions: fc.integer({ min: 1, max: 4 }),
          packs: fc.integer({ min: 0, max: 8 }),
          missingPacks: fc.constantFrom(0, 30),
          unrecordedScopes: fc.constantFrom(0, 40, 100),
          seed: fc.nat(),
        }),
        fc.boolean(),
        (size, isRestricted) =>
          withTree({ estate: generatedEstate(size, noon) }, async (tree) => {
            const region = isRestricted ? tree.service.estate.regions[0] : undefined;
            assertCounts(tree, await count(tree, region), region);
          }),
      ),
      { numRuns: 30 },
    ));

  it('counts each pack in its accounts and regions', () =>
    withTree(
      { estate: generatedEstate({ accounts: 6, regions: 3, packs: 5, missingPacks: 30, unrecordedScopes: 20 }, noon) },
      async (tree) => {
        const recorded = findPacks(tree).filter(({ isRecorded }) => isRecorded);
        const { packs = [] } = (await count(tree)) ?? {};
        assert(packs.some(({ pack }) => pack.isOrganization));
        for (const counts of packs) {
          const same = recorded.filter(({ name }) => counts.pack.deployedNames.includes(name));
          const { accounts, regions, pack: _, ...states } = await countPack(createSelect(tree), counts.pack, signal);
          assert.deepEqual(
            Object.fromEntries([...accounts].map(([account, { packs: total }]) => [account, total])),
            tally(same.map(({ account }) => account)),
          );
          assert.deepEqual([...regions].sort(), [...new Set(same.map(({ region }) => region))].sort());
          assert.deepEqual({ pack: counts.pack, ...states }, counts);
        }
      },
    ));

  for (const faults of [
    { throttleEvery: 3 },
    { resetEvery: 4 },
    { emptyPageEvery: 2 },
    { shiftRowsEvery: 2 },
    { refuseTokenEvery: 2 },
    { refuseTokenEvery: 1 },
    { goRoundEvery: 1 },
    { truncateEvery: 2 },
    { htmlErrorEvery: 3 },
  ] satisfies Faults[]) {
    it(`counts everything or rejects with ${JSON.stringify(faults)}`, () =>
      withTree(
        { estate: generatedEstate({ accounts: 400, regions: 1, packs: 2, unrecordedScopes: 10 }, noon) },
        async (tree) => {
          tree.service.faults = { only: ['SelectAggregateResourceConfig'], ...faults };
          try {
            assertCounts(tree, await count(tree));
          } catch (thrown) {
            if (!(thrown instanceof ComplianceError)) throw thrown;
          }
        },
      ));
  }

  it('starts over once when the service no longer accepts a page token', async () => {
    let service: OpenTree['service'] | undefined;
    const onRequest = () => {
      const refused = service?.requests.some(({ error }) => error === 'InvalidNextTokenException');
      if (service && refused) service.faults = {};
    };
    await withTree(
      { estate: generatedEstate({ accounts: 400, regions: 1, packs: 2 }, noon), onRequest },
      async (tree) => {
        service = tree.service;
        service.faults = { refuseTokenEvery: 1 };
        const { accounts = [] } = (await countByQuery(createSelect(tree), undefined, signal)) ?? {};
        assert.equal(accounts.length, 400);
        assert(tree.log.some(({ error }) => error?.includes('InvalidNextToken')));
      },
    );
  });

  it('compares with every account although a page token of the summary expires after many pages', async () => {
    let requests = 0;
    const fetch: FetchPage<PackCount> = async ({ cursor }) => {
      const [page = 0] = cursor?.split('/').map(Number) ?? [];
      if (++requests === 31) throw new ComplianceError('staleCursor', 'expired');
      return {
        items: [{ name: `account-${page}`, compliantPacks: 1, nonCompliantPacks: 0 }],
        next: page < 39 ? `${page + 1}/${requests}` : undefined,
      };
    };
    assert.equal((await readSummary(fetch, signal)).size, 40);
  });

  it('says what it counts and what it leaves out', () =>
    withTree(
      { estate: generatedEstate({ accounts: 9, regions: 2, packs: 4, unrecordedScopes: 60 }, noon) },
      async (tree) => {
        const counts = await count(tree);
        assert(counts);
        const lines = [
          formatQueryTotals(counts),
          ...formatQueryLimits(counts),
          'Without the summary:',
          ...formatQueryLimits({ ...counts, differences: undefined, uncoveredAccounts: [] }),
        ];
        assertGolden(import.meta.url, 'queryCounts.txt', `${lines.join('\n')}\n`);
      },
    ));

  it('rejects with the missing permission', () =>
    withTree({ attempts: 1 }, async (tree) => {
      tree.service.faults = { refuse: { SelectAggregateResourceConfig: { name: 'AccessDeniedException' } } };
      await assert.rejects(count(tree), { kind: 'denied' });
    }));

  it('rejects rows without a count', () =>
    withTree({ attempts: 1 }, async (tree) => {
      tree.service.faults = { rows: { SelectAggregateResourceConfig: { replaceBy: '{"accountId":"1"}' } } };
      await assert.rejects(count(tree), { kind: 'unreadable' });
    }));
});
