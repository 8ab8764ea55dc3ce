import { ComplianceError } from '../../../src/compliance/errors.ts';
import { formatAge } from '../../../src/compliance/text/age.ts';
import { toProblem } from '../../../src/views/panel/panelData.ts';
import {
  type FailingResourceCount,
  type OverviewRow,
  type OverviewSummary,
  overviewTabs,
  type ShownProgress,
} from '../../../src/webview/overview/protocol.ts';
import {
  describeRow,
  formatCode,
  formatNonCompliant,
  formatProgress,
  formatSourceFailure,
  formatSourceFailures,
  formatTotals,
  getCells,
  getShownProgress,
} from '../../../src/webview/overview/text.ts';
import { assertGolden } from '../../support/golden.ts';
import { now } from '../../support/panel/fixtures.ts';

const hour = 3_600_000;
const row = { id: '', level: 1 };
const account = { account: '111122223333', name: 'payments-prod' };
const nameless = { account: '444455556666' };
const counts = { evaluated: 1200, nonCompliant: 93, withoutResult: 0 };
const noResult = { evaluated: 0, nonCompliant: 0, withoutResult: 3 };
const coverage = { accounts: 9, allAccounts: 12, regions: 1, allRegions: 1 };
const resources = (count: number, isCapped = false): FailingResourceCount => ({ count, isCapped });
const deployed = { ...row, kind: 'deployedPack', region: 'us-east-1', compliantRules: 7, totalRules: 9 } as const;

const rows: readonly OverviewRow[] = [
  { ...row, kind: 'account', ...account, ...counts, regions: 3 },
  { ...row, kind: 'account', ...nameless, ...noResult, regions: 1 },
  { ...row, kind: 'account', ...nameless, evaluated: 1, nonCompliant: 1, withoutResult: 2, regions: 1 },
  { ...row, kind: 'account', ...nameless, ...counts },
  { ...row, kind: 'account', ...account, ...counts, regions: 3, unhealthyRegions: 2 },
  { ...row, kind: 'region', region: 'us-east-1', ...counts },
  { ...row, kind: 'pack', pack: 'counted', ...counts },
  { ...deployed, ...nameless, pack: 'pci-dss', compliance: 'NON_COMPLIANT' },
  { ...deployed, ...nameless, pack: 'pci-dss' },
  { ...deployed, ...nameless, pack: '<b> [x](command:y) $(error)', compliance: 'NOT_APPLICABLE' },
  { ...deployed, ...nameless, pack: 'pci-dss', compliance: 'COMPLIANT', countsText: '-1, 2, none' },
  { ...deployed, ...nameless, pack: 'pci-dss', compliance: 'NON_COMPLIANT', place: nameless },
  { ...deployed, account: account.account, pack: 'pci-dss', compliance: 'COMPLIANT', place: account },
  { ...row, kind: 'pack', pack: 'pci-dss (org)', ...counts, coverage },
  { ...row, kind: 'pack', pack: 'soc-2', ...noResult, coverage: { ...coverage, accounts: 1, allAccounts: 1 } },
  { ...row, kind: 'heading', text: 'Not deployed everywhere. Missing in:' },
  { ...row, kind: 'lackingAccount', ...account, regions: [], isComplete: true },
  { ...row, kind: 'lackingAccount', ...account, regions: [], isComplete: true, unhealthyRegions: 1 },
  { ...row, kind: 'lackingAccount', ...account, regions: ['us-east-1', 'eu-central-1'], isComplete: true },
  { ...row, kind: 'lackingAccount', ...account, regions: [], isComplete: false },
  { ...row, kind: 'lackingAccount', ...account, regions: ['us-east-1'], isComplete: false },
  { ...row, kind: 'lackingRegion', region: 'us-east-1', isComplete: true },
  { ...row, kind: 'lackingRegion', region: 'us-east-1', isComplete: false },
  { ...row, kind: 'rule', rule: 's3-bucket-logging', accounts: 1, rules: 4, failingResources: resources(25, true) },
  { ...row, kind: 'rule', rule: '__proto__', accounts: 3000, rules: 3000, failingResources: resources(75_000) },
  { ...row, kind: 'failingRule', ...account, region: 'us-east-1', rules: 1, failingResources: resources(1) },
  { ...row, kind: 'failingRule', ...account, region: 'eu-west-1', rules: 1, failingResources: resources(0, true) },
];

const progress: ShownProgress = { rows: 206, expected: 206, isComplete: true, isLoading: false, problems: [] };
const half: ShownProgress = { ...progress, rows: 1200, expected: 2060, isComplete: false, isLoading: true };
const denial = new ComplianceError('denied', 'User: arn:aws:iam::111122223333:role/reader is not authorized', {
  operation: 'DescribeAggregateComplianceByConfigRules',
  permission: 'config:DescribeAggregateComplianceByConfigRules',
});
const summary: OverviewSummary = {
  aggregator: 'organization',
  account: '111122223333',
  region: 'us-east-1',
  connection: 'default credentials',
  totals: {
    accounts: 12,
    regions: 3,
    packs: 7,
    rows: 206,
    counts: { evaluated: 204, nonCompliant: 93, withoutResult: 2 },
  },
  progress,
  sourceFailures: [],
  notes: [],
  regions: [],
};

const situations: readonly (readonly [string, OverviewSummary])[] = [
  ['everything has been read', summary],
  ['everything has been read, also the rules', { ...summary, rules: { ...progress, rows: 1 } }],
  ['half has been read', { ...summary, progress: half }],
  ['AWS Config has counted packs', { ...summary, progress: { ...half, countedTabs: ['accounts'] } }],
  ['rows are not counted', { ...summary, progress: { rows: 1200, isComplete: false, isLoading: true, problems: [] } }],
  ['more rows than counted', { ...summary, progress: { ...half, expected: 1000 } }],
  [
    'nothing has been read',
    {
      ...summary,
      totals: {
        accounts: 0,
        regions: 0,
        packs: 0,
        rows: 0,
        counts: { evaluated: 0, nonCompliant: 0, withoutResult: 0 },
      },
      progress: { ...half, rows: 0 },
    },
  ],
  ['everything is read again', { ...summary, progress: { ...half, isComplete: true } }],
  [
    'rules are denied',
    { ...summary, rules: { rows: 0, isComplete: false, isLoading: false, problems: [toProblem(denial)] } },
  ],
];

describe('the texts of an organization overview', () => {
  it('describe each row', () => {
    const text = rows
      .map((each) => `${each.kind}\n  ${getCells(each).join(' | ')}\n  ${describeRow(each)}\n`)
      .join('\n');
    assertGolden(import.meta.url, 'rows.txt', text);
  });

  it('describe what has been read', () => {
    const text = situations.map(([situation, each]) => `${situation}\n${formatSituation(each)}\n`).join('\n');
    assertGolden(import.meta.url, 'summaries.txt', text);
  });

  it('describe the cells of the matrix', () => {
    const text = ['1', '2', '3', '4', 'I', 'C', '.', ' ', 'constructor']
      .map((code) => `${code}: ${formatCode(code, true)} | ${formatCode(code, false)}\n`)
      .join('');
    assertGolden(import.meta.url, 'cells.txt', text);
  });

  it('describe sources with missing data', () => {
    const failures = [
      { source: '111122223333 · us-east-1', state: 'FAILED', reason: 'No such role', updatedAt: now - 30 * hour },
      { source: '444455556666', state: 'OUTDATED' },
      { source: 'o-abcdefghij', state: 'OUTDATED', updatedAt: now },
      { source: '<b>', state: 'PAUSED' },
    ];
    const text = [
      formatSourceFailures(failures),
      ...failures.map((failure) => formatSourceFailure(failure, (time) => formatAge(time, now))),
    ];
    assertGolden(import.meta.url, 'sources.txt', `${text.join('\n')}\n`);
  });
});

/** What the header and the line of progress of each tab say. */
function formatSituation(each: OverviewSummary): string {
  const lines = overviewTabs.flatMap((tab) => {
    const shown = getShownProgress(each, tab);
    if (!shown) return [];
    const isIdle = shown.isComplete && !shown.isLoading;
    const problems = shown.problems.map(({ title, advice, subject }) => `${title} | ${subject} | ${advice}`);
    return [...(isIdle ? [] : [formatProgress(shown, tab)]), ...problems].map((text) => `${tab}: ${text}`);
  });
  return [formatTotals(each), formatNonCompliant(each), ...lines]
    .filter(Boolean)
    .map((line) => `  ${line}`)
    .join('\n');
}
