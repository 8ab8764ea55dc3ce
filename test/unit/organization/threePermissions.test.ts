import assert from 'node:assert/strict';
import type { Grouping } from '../../../src/compliance/grouping.ts';
import { AggregatedPackRules } from '../../../src/compliance/queries/aggregatedPackRules.ts';
import { describeError } from '../../../src/compliance/text/errorMessages.ts';
import { OverviewReader } from '../../../src/views/organization/overviewReader.ts';
import { OverviewResponder } from '../../../src/views/organization/overviewResponder.ts';
import { toSummary } from '../../../src/views/organization/overviewSummary.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import type { OverviewTab } from '../../../src/webview/overview/protocol.ts';
import { noFilter } from '../../../src/webview/overview/state.ts';
import type { Faults } from '../../config-service/faults.ts';
import { operationNames } from '../../config-service/model.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { run } from './overviewEstate.ts';

const name = 'organization';
const allowed = new Set<string>([
  'DescribeAggregateComplianceByConformancePacks',
  'DescribeConformancePackStatus',
  'ListConformancePackComplianceScores',
]);

/** Every other operation of AWS Config is denied. */
const threePermissions: Faults = {
  refuse: Object.fromEntries(
    operationNames.filter((each) => !allowed.has(each)).map((each) => [each, { name: 'AccessDeniedException' }]),
  ),
};

/** Reads an overview to its end, and returns its rows by tab and what it says of missing permissions. */
async function readOverview({ estate }: OpenTree) {
  const store = estate.getStore({});
  await store.identity.loadAll();
  const reader = new OverviewReader(store, name);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  reader.onDidChange(() => {
    if (!reader.rowState.isLoading && reader.ruleState?.isLoading === false) resolve();
  });
  reader.load();
  reader.loadRules();
  await ended;
  await reader.sources.loadAll();
  const responder = new OverviewResponder(reader, new Map());
  const range = { first: 0, count: 1000, firstColumn: 0, columnCount: 100 };
  const ask = (tab: OverviewTab) =>
    run(responder.answer({ type: 'show', request: 1, focused: '', range, tab, filter: noFilter, toggled: [] }));
  const [scope] = store.identity.rows;
  assert(scope);
  const { totals, notes } = run(toSummary({ connection: {}, scope, name }, reader));
  const ruleError = reader.ruleState?.error;
  return {
    accounts: ask('accounts').rows,
    packs: ask('packs').rows,
    matrix: ask('matrix').matrix,
    totals,
    notes,
    ruleError,
  };
}

/** The texts of the tree with an aggregator unfolded, and its errors. */
async function showTree({ estate, shown }: OpenTree, groupBy: Grouping) {
  shown.open();
  shown.setQuery({ groupBy });
  await shown.waitUntilIdle();
  const aggregator = shown.nodesOfKind('aggregator').find((node) => node.aggregator.name === name);
  assert(aggregator);
  shown.expand(aggregator);
  await shown.waitUntilIdle();
  const lists = [...estate.getStore({}).lists()].filter(({ rows }) => rows.length > 0);
  await Promise.all(lists.map((list) => list.loadAll()));
  await shown.waitUntilIdle();
  const [group] = shown.nodesOfKind('group');
  if (group) shown.expand(group);
  await shown.waitUntilIdle();
  const texts = ([kind]: readonly ('pack' | 'group' | 'row')[]) =>
    kind === undefined
      ? []
      : shown.nodesOfKind(kind).map((node) => [getLabel(node).label, getLabel(node).description].join(' | '));
  return {
    packs: texts(['pack']),
    groups: texts(['group']),
    rows: texts(['row']),
    errors: shown.nodesOfKind('error').map(({ error }) => describeError(error).title),
  };
}

const readWith = async <T>(faults: Faults, read: (tree: OpenTree) => Promise<T>): Promise<T> => {
  const { promise, resolve } = Promise.withResolvers<T>();
  await withTree({ aggregatorNames: [name], attempts: 1 }, async (tree) => {
    tree.service.faults = faults;
    resolve(await read(tree));
  });
  return promise;
};

/** What is read with all permissions, and with the three. */
const compare = async <T>(read: (tree: OpenTree) => Promise<T>): Promise<readonly [T, T]> => [
  await readWith({}, read),
  await readWith(threePermissions, read),
];

describe('with the three permissions alone', () => {
  for (const groupBy of ['account', 'region', 'pack', 'none'] as const) {
    it(`the tree shows the same packs, groups by ${groupBy} and rows, and names what it lacks`, async () => {
      const [all, three] = await compare((tree) => showTree(tree, groupBy));
      assert(all.packs.length > 10 && all.rows.length > 3);
      assert.equal(all.groups.length > 2, groupBy !== 'none');
      const isCounted = groupBy === 'account' || groupBy === 'region';
      const errors = isCounted ? ['Not permitted: config:GetAggregateConformancePackComplianceSummary'] : [];
      assert.deepEqual(three, { ...all, errors });
    });
  }

  it('the overview ranks what it ranks with all permissions, and names what it lacks', async () => {
    const [all, three] = await compare(readOverview);
    assert(all.accounts.length > 3 && all.packs.length > 3 && all.matrix);
    const { notes, ruleError, ...ranked } = three;
    const { notes: _, ruleError: __, ...rankedWithAll } = all;
    // Which accounts have sources that failed is what one of the missing permissions tells.
    const withoutSources = (value: unknown) =>
      JSON.stringify(value, (key, member) => (key === 'unhealthyRegions' ? undefined : member));
    assert.equal(withoutSources(ranked), withoutSources(rankedWithAll));
    const missing = ['DescribeConfigurationAggregatorSourcesStatus', 'GetAggregateConformancePackComplianceSummary'];
    for (const operation of missing)
      assert(
        notes.some((note) => note.includes(`config:${operation}`)),
        operation,
      );
    assert.equal(ruleError?.details.permission, 'config:DescribeAggregateComplianceByConfigRules');
  });

  it('a pack of an aggregator names what its rules need', () =>
    readWith(threePermissions, async ({ estate }) => {
      const store = estate.getStore({});
      await store.identity.loadAll();
      const location = { aggregator: name, account: '318604927715', region: 'us-east-1', pack: 'any' };
      const { rules } = new AggregatedPackRules(store, location, () => {});
      await rules.loadAll();
      const permissions = rules.errors.map(({ details }) => details.permission);
      assert.deepEqual(permissions, ['config:DescribeAggregateComplianceByConfigRules']);
    }));
});
