import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AggregateRow, complianceTypes } from '../../../src/compliance/model.ts';
import { selectFirstRows } from '../../../src/compliance/queries/firstRows.ts';
import { countPackGroups } from '../../../src/compliance/queries/packGroupCounts.ts';
import { comparePackGroups, compareRows } from '../../../src/compliance/queries/rowOrder.ts';
import type { SlicedWork } from '../../../src/timeSlicing.ts';

const row: fc.Arbitrary<AggregateRow> = fc
  .record({
    pack: fc.constantFrom('baseline', 'OrgConformsPack-baseline-k3v9q2xw', 'OrgConformsPack-baseline-7hd2m0pz', 'pci'),
    account: fc.constantFrom('111111111111', '222222222222'),
    region: fc.constantFrom('eu-central-1', 'us-east-1'),
    compliance: fc.constantFrom(...complianceTypes, 'NOT_APPLICABLE', undefined),
    compliantRules: fc.nat({ max: 3 }),
    nonCompliantRules: fc.nat({ max: 3 }),
    insufficient: fc.nat({ max: 2 }),
  })
  .map(({ insufficient, ...counts }) => ({
    ...counts,
    totalRules: counts.compliantRules + counts.nonCompliantRules + insufficient,
  }));

const order = fc.record({ by: fc.constantFrom('score' as const, 'name' as const), descending: fc.boolean() });

function run<T>(computation: SlicedWork<T>): T {
  for (;;) {
    const step = computation.next();
    if (step.done) return step.value;
  }
}

const matches = () => true;

describe('selectFirstRows', () => {
  it('puts the worst first, and rows without a result last', () =>
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const { items } = run(
          selectFirstRows(rows, { matches, compare: compareRows({ by: 'score', descending: false }), limit: 100 }),
        );
        const shares = items.map(({ compliantRules, nonCompliantRules, totalRules }) =>
          compliantRules + nonCompliantRules === 0 ? 2 : compliantRules / totalRules,
        );
        assert.deepEqual(
          shares,
          shares.toSorted((a, b) => a - b),
        );
      }),
    ));

  it('does not depend on the order in which rows arrive', () =>
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: (each) => JSON.stringify(each) }), order, (rows, by) => {
        const select = (each: readonly AggregateRow[]) =>
          run(selectFirstRows(each, { matches, compare: compareRows(by), limit: 5 }));
        // Rows of one pack, account and region that differ in other members do not occur.
        const unique = [...new Map(rows.map((each) => [each.pack + each.account + each.region, each])).values()];
        assert.deepEqual(select(unique), select(unique.toReversed()));
      }),
    ));
});

describe('countPackGroups', () => {
  it('counts the rows of each pack over accounts, regions and deployed names', () =>
    fc.assert(
      fc.property(fc.array(row), order, (rows, by) => {
        const { items, count, rowCount } = run(
          countPackGroups(rows, { matches, compare: comparePackGroups(by), limit: 100 }),
        );
        const getGroup = (pack: string) => (pack.startsWith('Org') ? 'organization baseline' : pack);
        const expected = [...Map.groupBy(rows, ({ pack }) => getGroup(pack))].map(([name, members]) => {
          const countState = (state: string | undefined) =>
            members.filter(({ compliance }) => compliance === state).length;
          return {
            name,
            packs: members.length,
            compliant: countState('COMPLIANT'),
            insufficientData: countState('INSUFFICIENT_DATA'),
            nonCompliant: countState('NON_COMPLIANT'),
            unknown: countState(undefined) + countState('NOT_APPLICABLE'),
            deployedNames: [...new Set(members.map(({ pack }) => pack))].sort(),
          };
        });
        const actual = items.map(({ pack: { name, isOrganization, deployedNames }, ...counts }) => ({
          name: isOrganization ? `organization ${name}` : name,
          ...counts,
          deployedNames: deployedNames.toSorted(),
        }));
        const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
        assert.deepEqual(actual.toSorted(byName), expected.toSorted(byName));
        assert.deepEqual([count, rowCount], [expected.length, rows.length]);
      }),
    ));

  it('puts packs with the largest share of non-compliant rows first, then those with more of them', () => {
    const createRows = (pack: string, nonCompliant: number, compliant: number): AggregateRow[] =>
      Array.from({ length: nonCompliant + compliant }, (_, index) => ({
        pack,
        account: String(index),
        region: 'us-east-1',
        compliance: index < nonCompliant ? 'NON_COMPLIANT' : 'COMPLIANT',
        compliantRules: 1,
        nonCompliantRules: 1,
        totalRules: 2,
      }));
    const rows = [createRows('a', 1, 1), createRows('b', 2, 0), createRows('c', 3, 0), createRows('d', 2, 2)].flat();
    const compare = comparePackGroups({ by: 'score', descending: false });
    const names = run(countPackGroups(rows, { matches, compare, limit: 3 })).items.map(({ pack }) => pack.name);
    assert.deepEqual(names, ['c', 'b', 'd']);
  });
});
