import { formatEmptyTab } from '../../../src/webview/overview/emptyText.ts';
import type { OverviewSummary, OverviewTab, ShownProgress } from '../../../src/webview/overview/protocol.ts';
import { initialState, noFilter } from '../../../src/webview/overview/state.ts';
import { formatEmptyTable, formatEmptyTrend } from '../../../src/webview/pack/emptyText.ts';
import type { PackHeader, PackResults } from '../../../src/webview/pack/protocol.ts';
import type { PanelData, ViewState } from '../../../src/webview/pack/state.ts';
import { formatResultCounts } from '../../../src/webview/pack/text.ts';
import type { Problem } from '../../../src/webview/shared/protocol.ts';
import { assertGolden } from '../../support/golden.ts';
import { createPanelData, createRule, createViewState } from '../../support/panel/fixtures.ts';

const denied: Problem = { title: 'Not permitted', advice: 'Ask for the permission.', detail: 'AccessDenied' };
const { header, results } = createPanelData([createRule('a', { compliance: 'COMPLIANT', passing: 3 })]);
const unread = { count: 0, isComplete: false };

interface Situation {
  readonly header?: Partial<PackHeader>;
  /** Undefined before the first answer. */
  readonly results?: Partial<PackResults> | undefined;
  readonly view?: Partial<ViewState>;
}

const situations: Readonly<Record<string, Situation>> = {
  'header loading': { header: { isLoading: true }, results: undefined },
  'connection failed': { header: { problems: [denied] }, results: undefined },
  'rules loading': { results: { rules: [], failing: unread, passing: unread, isLoading: true } },
  'no rules': { results: { rules: [] } },
  'rules denied': { results: { rules: [], failing: unread, passing: unread, problems: [denied] } },
  cancelled: { results: { rules: [], failing: unread, passing: unread } },
  'rules of another account unknown': { results: { rules: [], note: 'AWS Config does not say which rules.' } },
  'filtered to nothing': { view: { text: 'nothing-like-it' } },
  'filtered to nothing while loading': { results: { isLoading: true }, view: { text: 'nothing-like-it' } },
  'filtered to nothing, partly denied': { results: { problems: [denied] }, view: { text: 'nothing-like-it' } },
  'passing results denied': { results: { passing: unread, problems: [denied] } },
  'all results denied': { results: { failing: unread, passing: unread, problems: [denied] } },
  'rows shown': {},
};

describe('empty parts of a pack’s panel', () => {
  it('say why they are empty and what to do next', () => {
    const texts = Object.entries(situations).map(([name, situation]) => {
      const data: PanelData = {
        trend: [],
        resources: new Map(),
        ...(header && { header: { ...header, ...situation.header } }),
        ...(results &&
          (!('results' in situation) || situation.results) && { results: { ...results, ...situation.results } }),
      };
      return [
        `== ${name}`,
        `counts: ${formatResultCounts(data)}`,
        `table:  ${formatEmptyTable(data, createViewState(situation.view ?? {}))}\n`,
      ].join('\n');
    });
    const withoutScore = (changes: Partial<PackHeader>): PackHeader | undefined => {
      if (!header) return undefined;
      const { score, ...others } = header;
      return { ...others, ...changes };
    };
    const trends = {
      'first score': header,
      loading: withoutScore({ isLoading: true }),
      denied: withoutScore({ problems: [denied] }),
      'no score': withoutScore({}),
    };
    const trendTexts = Object.entries(trends).map(
      ([name, each]) => `== trend, ${name}\n${formatEmptyTrend([], each)}\n`,
    );
    assertGolden(import.meta.url, 'empty.txt', [...texts, ...trendTexts].join('\n'));
  });
});

describe('empty tabs of the overview', () => {
  it('say why they are empty and what to do next', () => {
    const progress: ShownProgress = { rows: 0, isComplete: false, isLoading: false, problems: [] };
    const filter = { ...noFilter, account: 'nothing-like-it' };
    const cases: Readonly<Record<string, Partial<ShownProgress> & { isFiltered?: boolean }>> = {
      loading: { isLoading: true },
      cancelled: {},
      denied: { problems: [denied] },
      empty: { isComplete: true },
      'filtered to nothing': { isComplete: true, rows: 12, isFiltered: true },
      'filtered to nothing while loading': { isLoading: true, rows: 12, isFiltered: true },
      'filtered to nothing, partial': { rows: 12, isFiltered: true },
      'filtered to nothing, denied': { rows: 12, isFiltered: true, problems: [denied] },
    };
    const texts = Object.entries(cases).flatMap(([name, { isFiltered = false, ...changes }]) =>
      (['accounts', 'rules'] satisfies OverviewTab[]).map((tab) => {
        const shown = { ...progress, ...changes };
        const summary: OverviewSummary = {
          aggregator: 'organization',
          account: '111122223333',
          region: 'us-east-1',
          connection: 'default credentials',
          totals: {
            accounts: 0,
            regions: 0,
            packs: 0,
            rows: 0,
            counts: { evaluated: 0, nonCompliant: 0, withoutResult: 0 },
          },
          progress: shown,
          rules: shown,
          sourceFailures: [],
          notes: [],
          regions: [],
        };
        const text = formatEmptyTab(summary, { ...initialState, tab, ...(isFiltered && { filter }) });
        return `== ${name}, ${tab}\n${text}\n`;
      }),
    );
    assertGolden(import.meta.url, 'empty-overview.txt', texts.join('\n'));
  });
});
