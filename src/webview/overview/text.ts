import { formatPercent } from '../../compliance/text/score.ts';
import { formatCompliance, formatRulesPassing, formatSourceState } from '../../compliance/text/states.ts';
import type {
  AccountLabel,
  AccountRow,
  FailingResourceCount,
  MatrixCode,
  OverviewFilter,
  OverviewRow,
  OverviewSummary,
  OverviewTab,
  ShownAccount,
  ShownCounts,
  ShownCoverage,
  ShownProgress,
  SourceFailure,
} from './protocol.ts';

// The texts of the organization overview. `now` is in epoch milliseconds.

/** Formats a number that can be large, such as `150,000`. */
export const formatNumber = (value: number): string => value.toLocaleString('en');

const formatLargeCount = (count: number, noun: string): string =>
  `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Formats `12 accounts · 3 regions · 7 pack names · 206 packs`: a pack is one in an account and region. */
export function formatTotals({ totals, progress }: OverviewSummary): string {
  const { accounts, regions, packs, rows } = totals;
  const parts = [
    formatLargeCount(accounts, 'account'),
    formatLargeCount(regions, 'region'),
    formatLargeCount(packs, 'pack name'),
    formatLargeCount(rows, 'pack'),
  ].join(' · ');
  return progress.isComplete ? parts : `${parts} so far`;
}

/** Formats `93 of 204 packs non-compliant (45.6%), 2 without a result`. */
export function formatNonCompliant({ totals: { rows, counts }, progress }: OverviewSummary): string {
  if (rows === 0) return '';
  const share = counts.evaluated === 0 ? '' : ` (${formatShare(counts)})`;
  return `${describeCounts(counts, share)}${progress.isComplete ? '' : ' so far'}`;
}

/** Formats `1,200 of 2,060 packs read`, or `1,200 packs read` if AWS Config does not count them. */
export function formatRead({ rows, expected }: ShownProgress, noun = 'pack'): string {
  // Packs with insufficient data are not in AWS Config's counts.
  if (expected === undefined || expected < rows) return `${formatLargeCount(rows, noun)} read`;
  return `${formatNumber(rows)} of ${formatLargeCount(expected, noun)} read`;
}

/** What has been read of the rows that a tab shows; undefined before they are requested. */
export const getShownProgress = ({ progress, rules }: OverviewSummary, tab: OverviewTab): ShownProgress | undefined =>
  tab === 'rules' ? rules : progress;

/** Says what has been read, and that a tab covers only that. */
export function formatProgress(progress: ShownProgress, tab: OverviewTab): string {
  const read = formatRead(progress, tab === 'rules' ? 'failing rule' : 'pack');
  // A refresh: until it ends, the rows of the last reading are shown.
  if (progress.isComplete) return `Reading again: ${read}`;
  if (progress.countedTabs?.includes(tab))
    return `${read} so far. Without a filter, the ranking is what AWS Config counts.`;
  if (progress.rows === 0) return `${read} so far.`;
  const scope = tab === 'matrix' ? 'Other cells are blank.' : 'The ranking covers only these.';
  return `${read} so far. ${scope}`;
}

/** Formats `2 sources failed, 1 outdated`; empty without failures. */
export function formatSourceFailures(failures: readonly SourceFailure[]): string {
  const states = [...new Set(['FAILED', 'OUTDATED', ...failures.map(({ state }) => state)])];
  const counts = states
    .map((state) => ({ state, count: failures.filter((each) => each.state === state).length }))
    .filter(({ count }) => count > 0);
  return counts
    .map(
      ({ state, count }, index) =>
        `${index === 0 ? formatLargeCount(count, 'source') : formatNumber(count)} ${formatSourceState(state)}`,
    )
    .join(', ');
}

/** `formatTime` formats epoch milliseconds. */
export const formatSourceFailure = (
  { source, state, reason, updatedAt }: SourceFailure,
  formatTime: (time: number) => string,
): string =>
  [`${source}: ${formatSourceState(state)}`, updatedAt !== undefined && `last update ${formatTime(updatedAt)}`, reason]
    .filter(Boolean)
    .join(' · ');

/** Formats `payments-prod · 111122223333`, or the ID alone. */
export const formatAccount = ({ account, name }: AccountLabel): string =>
  name === undefined ? account : `${name} · ${account}`;

/** Adds `2 regions failed or outdated`, unless the account's data is there and current. */
const withUnhealthyRegions = (text: string, { unhealthyRegions }: ShownAccount): string =>
  unhealthyRegions === undefined ? text : `${text}, ${formatLargeCount(unhealthyRegions, 'region')} failed or outdated`;

/** Formats the number of an account's regions, such as `3 · 2 failed or outdated`. */
const formatRegions = ({ regions, unhealthyRegions }: AccountRow): string =>
  [
    regions !== undefined && formatNumber(regions),
    unhealthyRegions !== undefined && `${formatNumber(unhealthyRegions)} failed or outdated`,
  ]
    .filter(Boolean)
    .join(' · ');

/** Formats the share of non-compliant packs among those with a result, such as `66.7%`. */
export const formatShare = ({ evaluated, nonCompliant }: ShownCounts): string =>
  evaluated === 0 ? '–' : formatPercent((100 * nonCompliant) / evaluated);

/** Formats the number of non-compliant packs, such as `6 of 9`, or `no result`. */
export const formatOf = ({ evaluated, nonCompliant }: ShownCounts): string =>
  evaluated === 0 ? 'no result' : `${formatNumber(nonCompliant)} of ${formatNumber(evaluated)}`;

/** Formats `6 of 9 packs non-compliant, 2 without a result`, or `2 packs without a result`. */
function describeCounts({ evaluated, nonCompliant, withoutResult }: ShownCounts, share = ''): string {
  if (evaluated === 0) return `${formatLargeCount(withoutResult, 'pack')} without a result`;
  const without = withoutResult === 0 ? '' : `, ${formatNumber(withoutResult)} without a result`;
  return `${formatNumber(nonCompliant)} of ${formatLargeCount(evaluated, 'pack')} non-compliant${share}${without}`;
}

/** Formats `in 9 of 12 accounts · 3 of 4 regions`. */
export function formatCoverage({ accounts, allAccounts, regions, allRegions }: ShownCoverage): string {
  const text = `in ${formatNumber(accounts)} of ${formatLargeCount(allAccounts, 'account')}`;
  return `${text} · ${regions} of ${formatLargeCount(allRegions, 'region')}`;
}

/** Formats a number of failing resources, such as `at least 25`; `unknown` if AWS has counted none of them. */
export function formatFailingResources({ count, isCapped }: FailingResourceCount): string {
  if (!isCapped) return formatNumber(count);
  return count === 0 ? 'unknown' : `at least ${formatNumber(count)}`;
}

const describeFailingResources = (resources: FailingResourceCount): string =>
  resources.count === 0 && resources.isCapped
    ? 'its failing resources are not counted'
    : `${formatFailingResources(resources)} failing resource${resources.count === 1 ? '' : 's'}`;

const codeTexts: Record<MatrixCode, string> = {
  '1': 'non-compliant, up to a quarter of the rules',
  '2': 'non-compliant, up to half of the rules',
  '3': 'non-compliant, up to three quarters of the rules',
  '4': 'non-compliant, more than three quarters of the rules',
  I: 'insufficient data or unknown',
  C: 'compliant',
  '.': 'hidden by the filter',
  ' ': 'no row',
};

const isCode = (text: string): text is MatrixCode => Object.hasOwn(codeTexts, text);

/** Describes a cell of the matrix. `isComplete`: whether all rows have been read. */
export function formatCode(text: string, isComplete: boolean): string {
  const code = isCode(text) ? text : ' ';
  if (code === ' ') return isComplete ? 'not deployed' : 'nothing read so far';
  return codeTexts[code];
}

/** Describes a row in one line, for the details and for screen readers. */
export function describeRow(row: OverviewRow): string {
  switch (row.kind) {
    case 'account':
      return withUnhealthyRegions(
        `${formatAccount(row)}: ${describeCounts(row)}${row.regions === undefined ? '' : `, in ${formatLargeCount(row.regions, 'region')}`}`,
        row,
      );
    case 'region':
      return `${row.region}: ${describeCounts(row)}`;
    case 'deployedPack':
      return `${row.pack} · ${formatAccount(row.place ?? row)} · ${row.region}: ${formatDeployedState(row)}`;
    case 'pack':
      return `${row.pack}: ${describeCounts(row)}${row.coverage ? `, ${formatCoverage(row.coverage)}` : ''}`;
    case 'heading':
      return row.text;
    case 'lackingAccount':
      return withUnhealthyRegions(`${formatAccount(row)}: ${formatLacking(row.isComplete, row.regions)}`, row);
    case 'lackingRegion':
      return `${row.region}: ${formatLacking(row.isComplete)}${row.isComplete ? ' in any account' : ''}`;
    case 'rule':
      return `${row.rule}: fails in ${formatLargeCount(row.accounts, 'account')}, ${formatLargeCount(row.rules, 'deployed rule')}, ${describeFailingResources(row.failingResources)}`;
    case 'failingRule':
      return `${formatAccount(row)} · ${row.region}: ${formatLargeCount(row.rules, 'deployed rule')}, ${describeFailingResources(row.failingResources)}`;
  }
}

/** Formats `non-compliant · 12 of 20 rules passing`. */
export const formatDeployedState = (row: OverviewRow & { readonly kind: 'deployedPack' }): string =>
  `${formatState(row)} · ${formatRulesPassing(row)}`;

const formatState = ({ compliance }: { readonly compliance?: string }): string =>
  compliance ? formatCompliance(compliance) : 'state unknown';

/** Says where a pack has no rows; without regions: in none of them. Only a complete reading tells that it is not deployed. */
export function formatLacking(isComplete: boolean, regions: readonly string[] = []): string {
  const text = isComplete ? 'not deployed' : 'nothing read so far';
  return regions.length === 0 ? text : `${text} in ${regions.join(', ')}`;
}

/** The texts of a row's four cells. */
export function getCells(row: OverviewRow): readonly [string, string, string, string] {
  switch (row.kind) {
    case 'account':
      return [formatAccount(row), formatOf(row), formatShare(row), formatRegions(row)];
    case 'region':
      return [row.region, formatOf(row), formatShare(row), ''];
    case 'deployedPack':
      return [
        row.place ? `${formatAccount(row.place)} · ${row.region}` : row.pack,
        formatState(row),
        formatRulesPassing(row),
        '',
      ];
    case 'pack':
      return [row.pack, row.coverage ? formatCoverage(row.coverage) : '', formatOf(row), formatShare(row)];
    case 'heading':
      return [row.text, '', '', ''];
    case 'lackingAccount':
      return [formatAccount(row), formatLacking(row.isComplete, row.regions), '', ''];
    case 'lackingRegion':
      return [row.region, formatLacking(row.isComplete), '', ''];
    case 'rule': {
      const { rule, accounts, failingResources, rules } = row;
      return [rule, formatNumber(accounts), formatFailingResources(failingResources), formatNumber(rules)];
    }
    case 'failingRule': {
      const { region, failingResources, rules } = row;
      const location = `${formatAccount(row)} · ${region}`;
      return [location, '', formatFailingResources(failingResources), formatNumber(rules)];
    }
  }
}

/** Describes a filter; empty if nothing is filtered. */
export const formatFilter = ({ account, region, pack, rule, compliance }: OverviewFilter): string =>
  [
    compliance && formatCompliance(compliance),
    region && `region ${region}`,
    pack && `pack contains “${pack}”`,
    account && `account contains “${account}”`,
    rule && `rule contains “${rule}”`,
  ]
    .filter(Boolean)
    .join(' · ');
