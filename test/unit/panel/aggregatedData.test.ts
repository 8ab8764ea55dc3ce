import assert from 'node:assert/strict';
import { AggregatedPackRules } from '../../../src/compliance/queries/aggregatedPackRules.ts';
import {
  toAggregatedHeader,
  toAggregatedResults,
  toRuleResources,
  toUnconfiguredAggregatedHeader,
} from '../../../src/views/panel/aggregatedData.ts';
import type { AggregatedTarget } from '../../../src/views/panel/panelState.ts';
import type { PackHeader } from '../../../src/webview/pack/protocol.ts';
import { getRows } from '../../../src/webview/pack/rows.ts';
import { emptyPanelData, initialViewState, type PanelData } from '../../../src/webview/pack/state.ts';
import {
  formatFailing,
  formatProgress,
  formatRemaining,
  formatSelection,
  formatState,
} from '../../../src/webview/pack/text.ts';
import type { Faults } from '../../config-service/faults.ts';
import { assertGolden } from '../../support/golden.ts';
import { withTree } from '../../support/tree/openTree.ts';

const pci = 'operational-best-practices-for-pci-dss';
const payments = { account: '467120985533', region: 'eu-central-1' };
const sandbox = { account: '895203741168', region: 'eu-central-1' };
const denied = { name: 'AccessDeniedException' };
const rulesDenied: Faults = { refuse: { DescribeAggregateComplianceByConfigRules: denied } };
const itemsDenied: Faults = { refuse: { SelectAggregateResourceConfig: denied } };
const everythingDenied: Faults = {
  refuse: {
    ...rulesDenied.refuse,
    ...itemsDenied.refuse,
    DescribeAggregateComplianceByConformancePacks: denied,
  },
};
const resourcesDenied: Faults = { refuse: { GetAggregateComplianceDetailsByConfigRule: denied } };

const createTarget = (location: { account: string; region: string }, pack: string): AggregatedTarget => ({
  connection: { profile: 'audit' },
  location: { aggregator: 'organization', ...location, pack },
  initial: undefined,
});

const situations: readonly (readonly [string, AggregatedTarget, Faults])[] = [
  ['the configuration item tells the rules', createTarget(payments, pci), {}],
  ['the rules are denied', createTarget(payments, pci), rulesDenied],
  ['the configuration item is denied, and the counts tell the rules', createTarget(payments, pci), itemsDenied],
  ['the type is not recorded', createTarget(sandbox, 'aws-control-tower-detective-guardrails'), {}],
  [
    'nothing tells the rules',
    createTarget(payments, pci),
    { refuse: { ...itemsDenied.refuse, DescribeAggregateComplianceByConformancePacks: denied } },
  ],
  ['everything is denied', createTarget(payments, pci), everythingDenied],
  ['resources are denied', createTarget(payments, pci), resourcesDenied],
  ['the aggregator does not list the pack', createTarget(payments, 'no-such-pack'), {}],
  [
    'the aggregator has no data of the account',
    createTarget({ account: '000000000000', region: 'eu-central-1' }, pci),
    {},
  ],
];

describe('The panel of an aggregated pack', () => {
  it('describes each situation', async () => {
    const texts: string[] = [];
    for (const [situation, target, faults] of situations)
      await withTree({ attempts: 1 }, async ({ service, estate }) => {
        service.faults = faults;
        const store = estate.getStore({});
        const data = new AggregatedPackRules(store, target.location, () => {});
        assert.deepEqual(toAggregatedResults(target, data).rules, []);
        data.ensureLoaded();
        await Promise.all([store.identity, data.rules, data.items, data.rows].map((list) => list.loadMore()));
        const [first] = toAggregatedResults(target, data).rules.filter(({ failing }) => failing > 1);
        if (first) data.loadResources(first.name, 1);
        if (first) await data.getResources(first.name)?.loadMore();
        texts.push(`# ${situation}\n${describeShown(target, data, first?.name)}\n`);
      });
    assertGolden(import.meta.url, 'aggregated-panel.txt', texts.join('\n'));
  });

  it('shows the row that it was opened with until the row has been read again', () =>
    withTree({}, async ({ estate }) => {
      const row = {
        ...payments,
        pack: pci,
        compliance: 'COMPLIANT',
        compliantRules: 9,
        nonCompliantRules: 0,
        totalRules: 9,
      };
      const target = { ...createTarget(payments, pci), initial: { row, readAt: 7 } };
      const data = new AggregatedPackRules(estate.getStore({}), target.location, () => {});
      const settings = { target: 90, accountName: undefined };
      const before = toAggregatedHeader(target, data, settings);
      assert.deepEqual([before.readAt, before.aggregated?.counts?.compliantRules], [7, 9]);
      await data.rows.loadAll();
      const after = toAggregatedHeader(target, data, settings);
      assert.equal(after.readAt, data.rows.readAt);
      assert.equal(after.aggregated?.counts?.totalRules, data.findRow()?.totalRules);
      assert.notEqual(after.aggregated?.counts?.totalRules, 9);
    }));

  it('has no data of a connection that is not configured', () => {
    const header = toUnconfiguredAggregatedHeader(createTarget(payments, pci), { target: 90, accountName: 'payments' });
    assert.equal(header.problems[0]?.title, 'This connection is not configured');
    assert.deepEqual(header.aggregated, { aggregator: 'organization', accountName: 'payments' });
  });
});

/** Formats what the panel shows, without times. The rule named `unfolded` is unfolded. */
function describeShown(target: AggregatedTarget, data: AggregatedPackRules, unfolded?: string): string {
  const header = toAggregatedHeader(target, data, { target: 90, accountName: 'payments-prod' });
  const results = toAggregatedResults(target, data);
  const resources = new Map(
    unfolded === undefined ? [] : [[unfolded, toRuleResources(data.getResources(unfolded), 1)] as const],
  );
  const shown: PanelData = { ...emptyPanelData, header, results, resources };
  const rows = getRows(shown, { ...initialViewState, unfolded: unfolded === undefined ? [] : [unfolded] });
  const lines = rows.slice(0, 8).map((row) => {
    if (row.kind === 'rule') return `${row.rule.name} | ${formatState(row.rule)} | ${formatFailing(row.rule, results)}`;
    if (row.kind === 'resource') return `  ${row.resource.type} ${row.resource.id} ${row.resource.annotation}`;
    return row.kind === 'more' ? `  ${formatRemaining(row)}` : '';
  });
  return [
    ...describeHeader(header),
    ...results.problems.map(({ title, advice }) => `problem: ${title}. ${advice}`),
    `note: ${results.note ?? 'none'}`,
    `progress: ${formatProgress(shown) || 'none'}`,
    `${results.rules.length} rules, ${results.failing.isComplete ? 'all read' : 'not all read'}`,
    ...lines,
    formatSelection(shown, { ...initialViewState, chosen: results.rules.map(({ name }) => name) }),
  ]
    .filter(Boolean)
    .map((line) => `  ${line}`)
    .join('\n');
}

const describeHeader = ({ readAt, aggregated, problems, ...header }: PackHeader): string[] => [
  JSON.stringify(header),
  JSON.stringify({ ...aggregated, counts: { ...aggregated?.counts, readAt: typeof aggregated?.counts?.readAt } }),
  ...problems.map(({ title, advice }) => `problem: ${title}. ${advice}`),
];
