import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countByQuery } from '../../../src/compliance/organization/countByQuery.ts';
import { splitPackName } from '../../../src/compliance/packName.ts';
import { getPackCompliance, hasResults, isDeployed } from '../../config-service/estate/scoring.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';

const { signal } = new AbortController();

/** Counts the packs of the aggregator as the overview does. */
function count({ estate }: OpenTree, summary: ReadonlyMap<string, number> = new Map()) {
  const store = estate.getStore({});
  return countByQuery(
    (expression) =>
      store.fetchOrganization((source, request) => source.selectAggregate(request, 'organization', expression)),
    summary,
    signal,
  );
}

/** The account, name and state of each pack that the estate records. */
function findRecorded({ service: { estate } }: OpenTree) {
  const scopes = estate.accounts.flatMap((account) => estate.regions.map((region) => ({ account, region })));
  return scopes
    .filter((scope) => estate.recordsPacks(scope))
    .flatMap((scope) => estate.packNames(scope).flatMap((name) => estate.pack(scope, name) ?? []))
    .filter((pack) => isDeployed(pack) && hasResults(pack))
    .map((pack) => ({ ...pack, state: getPackCompliance(estate.ruleCounts(pack)) }));
}

const tally = (values: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, same]) => [value, same.length]));

describe('countByQuery', () => {
  it('counts the packs that an estate records by account and by pack', () =>
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
        (size) =>
          withTree({ estate: generatedEstate(size, noon) }, async (tree) => {
            const recorded = findRecorded(tree);
            const { accounts, packs = [] } = await count(tree);
            assert.deepEqual(
              Object.fromEntries(accounts.map(({ account, packs: total }) => [account, total])),
              tally(recorded.map(({ account }) => account)),
            );
            assert.deepEqual(
              Object.fromEntries(packs.map(({ pack, packs: total }) => [pack.name, total])),
              tally(recorded.map(({ name }) => splitPackName(name).baseName)),
            );
            for (const [state, key] of [
              ['COMPLIANT', 'compliant'],
              ['NON_COMPLIANT', 'nonCompliant'],
              ['INSUFFICIENT_DATA', 'insufficientData'],
            ] as const) {
              const expected = recorded.filter((each) => each.state === state).length;
              assert.equal(
                accounts.reduce((sum, counts) => sum + counts[key], 0),
                expected,
              );
              assert.equal(
                packs.reduce((sum, counts) => sum + counts[key], 0),
                expected,
              );
            }
          }),
      ),
      { numRuns: 30 },
    ));

  it('shows where the summary counts other packs', () =>
    withTree({ estate: generatedEstate({ accounts: 3, regions: 2, packs: 4 }, noon) }, async (tree) => {
      const { accounts } = await count(tree);
      const summary = new Map(
        accounts.map(({ account, compliant, nonCompliant }) => [account, compliant + nonCompliant]),
      );
      assert.deepEqual((await count(tree, summary)).differences, []);
      const [first = ''] = summary.keys();
      const counted = summary.get(first) ?? 0;
      summary.set(first, counted + 2).set('999999999999', 1);
      assert.deepEqual((await count(tree, summary)).differences, [
        { account: first, byQuery: counted, bySummary: counted + 2 },
        { account: '999999999999', byQuery: 0, bySummary: 1 },
      ]);
    }));

  it('rejects with the missing permission', () =>
    withTree({ attempts: 1 }, async (tree) => {
      tree.service.faults = { refuse: { SelectAggregateResourceConfig: { name: 'AccessDeniedException' } } };
      await assert.rejects(count(tree), { kind: 'denied' });
    }));
});
