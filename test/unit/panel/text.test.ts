import { computeGain } from '../../../src/compliance/estimatedGain.ts';
import { toHeader, toUnreadableHeader } from '../../../src/views/panel/panelData.ts';
import { getRows } from '../../../src/webview/pack/rows.ts';
import type { PanelData, ViewState } from '../../../src/webview/pack/state.ts';
import {
  formatEstimate,
  formatEstimateSources,
  formatFailing,
  formatFilter,
  formatMissingRule,
  formatProgress,
  formatResultCounts,
  formatScoreDifference,
  formatSelection,
  formatState,
} from '../../../src/webview/pack/text.ts';
import { assertGolden } from '../../support/golden.ts';
import { createPanelData, createRule, createViewState, now } from '../../support/panel/fixtures.ts';
import { withTree } from '../../support/tree/openTree.ts';

const rules = [
  createRule('s3-bucket-ssl-requests-only', {
    compliance: 'NON_COMPLIANT',
    controls: ['SC-8'],
    failing: 9,
    passing: 4,
  }),
  createRule('s3-bucket-logging-enabled', { compliance: 'NON_COMPLIANT', controls: ['AU-2'], failing: 1, passing: 12 }),
  createRule('redshift-require-tls-ssl', { compliance: 'INSUFFICIENT_DATA' }),
  createRule('s3-bucket-versioning-enabled', { compliance: 'COMPLIANT', passing: 13 }),
  createRule('a-rule-of-unknown-state'),
];

/** The data with some of the results changed. */
function withResults(data: PanelData, change: Partial<NonNullable<PanelData['results']>>): PanelData {
  return data.results ? { ...data, results: { ...data.results, ...change } } : data;
}

const loaded = createPanelData(rules, 74.36);
const passingPending = withResults(loaded, { passing: { count: 20, isComplete: false }, isLoading: true });
const failingPending = withResults(loaded, {
  failing: { count: 7, isComplete: false },
  passing: { count: 0, isComplete: false },
});
const { header } = createPanelData([]);
const headerPending: PanelData = { ...createPanelData([]), ...(header && { header: { ...header, isLoading: true } }) };
const situations: readonly (readonly [string, PanelData, ViewState])[] = [
  ['everything is loaded', loaded, createViewState({})],
  ['passing results are loading', passingPending, createViewState({})],
  [
    'failing results are loading',
    withResults(failingPending, { isLoading: true }),
    createViewState({ chosen: ['s3-bucket-logging-enabled'] }),
  ],
  ['loading was cancelled', failingPending, createViewState({})],
  ['there is no score', createPanelData(rules, null), createViewState({ chosen: ['s3-bucket-logging-enabled'] })],
  ['one rule is selected', loaded, createViewState({ chosen: ['s3-bucket-logging-enabled'] })],
  ['two rules are selected', loaded, createViewState({ chosen: rules.slice(0, 2).map(({ name }) => name) })],
  ['a compliant rule is selected', loaded, createViewState({ chosen: ['s3-bucket-versioning-enabled'] })],
  ['a selected rule no longer exists', loaded, createViewState({ chosen: ['no-such-rule'] })],
  ['score and results differ by less than a point', createPanelData(rules, 75.3), createViewState({})],
  ['score and results differ by more than a point', createPanelData(rules, 61.5), createViewState({})],
  ['everything is compliant', createPanelData(rules.slice(3), 100), createViewState({})],
  ['the header is loading', headerPending, createViewState({})],
  ['the rule to show is not among the rules', { ...loaded, ruleToShow: 'no-such-rule' }, createViewState({})],
  ['the rule to show may not have loaded', { ...failingPending, ruleToShow: 'no-such-rule' }, createViewState({})],
  ['a filter is set', loaded, createViewState({ text: ' S3 ', compliance: 'NON_COMPLIANT', control: 'SC-8' })],
];

describe('Panel texts', () => {
  it('describe each situation', () => {
    const text = situations
      .map(([situation, data, view]) => `${situation}\n${formatSituation(data, view)}\n`)
      .join('\n');
    assertGolden(import.meta.url, 'panel.txt', text);
  });

  it('format small gains and gains up to 100', () => {
    const gains = [
      [60, 40],
      [0, 100],
      [99.9, 0.04],
      [99.9, 0.08],
      [99.9, computeGain(99.9, 7, 7)],
      [61.54, computeGain(61.54, 3, 25)],
    ] as const;
    const text = gains.map(
      ([percent, gain]) => `${percent} and ${gain}: ${formatEstimate(createPanelData([], percent), gain)}\n`,
    );
    assertGolden(import.meta.url, 'gains.txt', text.join(''));
  });
});

function formatSituation(data: PanelData, view: ViewState): string {
  const rows = getRows(data, view).flatMap((row) => {
    if (row.kind !== 'rule' || !data.results) return [];
    const { rule, gain } = row;
    return [[rule.name, formatState(rule), formatFailing(rule, data.results), formatEstimate(data, gain)].join(' | ')];
  });
  return [
    formatResultCounts(data),
    formatProgress(data),
    formatFilter(view),
    ...rows,
    formatSelection(data, view),
    formatEstimateSources(data, now),
    formatScoreDifference(data),
    formatMissingRule(data),
  ]
    .filter(Boolean)
    .map((line) => `  ${line}`)
    .join('\n');
}

describe('toHeader', () => {
  it('describes every pack of the demo estate', async () => {
    await withTree({}, async ({ estate }) => {
      const store = estate.getStore({});
      const packs = store.getPackList({ by: 'name', descending: false });
      await Promise.all([store.identity.loadMore(), packs.loadMore()]);
      const [scope] = store.identity.rows;
      if (!scope) throw new Error('The identity is not loaded');
      const headers = packs.rows.map((pack) => {
        const { readAt, ...header } = toHeader(
          { connection: { profile: 'audit' }, scope, name: pack.name },
          pack,
          packs,
          90,
        );
        return { ...header, readAt: typeof readAt };
      });
      assertGolden(import.meta.url, 'headers.txt', `${JSON.stringify(headers, null, 2)}\n`);
    });
  });
});

describe('toUnreadableHeader', () => {
  it('has no pack data before the identity is loaded and after it has changed', async () => {
    await withTree({}, async ({ estate }) => {
      const identity = estate.getStore({}).identity;
      const own = { account: '999999999999', partition: 'aws', region: 'us-east-1' };
      const before = toUnreadableHeader({ connection: {}, scope: own, name: 'a-pack' }, identity, 90);
      await identity.loadMore();
      const after = toUnreadableHeader({ connection: {}, scope: own, name: 'a-pack' }, identity, 90);
      assertGolden(import.meta.url, 'unreadable-headers.txt', `${JSON.stringify({ before, after }, null, 2)}\n`);
    });
  });
});
