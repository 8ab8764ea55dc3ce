import type { LabeledValue } from '../../reports/metadata.ts';
import { formatOutline } from '../../reports/outline.ts';
import { formatUtcTime, formatUtcTimeOrUnknown } from '../../reports/times.ts';
import type { OverviewFilter, OverviewRow, OverviewSummary } from '../../webview/overview/protocol.ts';
import {
  describeRow,
  formatFilter,
  formatRead,
  formatSourceFailure,
  getCells,
  getShownProgress,
} from '../../webview/overview/text.ts';
import type { ShowMessage } from './overviewResponder.ts';

/** Formats a row of the overview and the rows below it as Markdown, with what they were counted from. */
export function formatOverviewRow(
  row: OverviewRow,
  below: readonly OverviewRow[],
  summary: OverviewSummary,
  { tab, filter }: Pick<ShowMessage, 'tab' | 'filter'>,
): string {
  const items = [row, ...below].map((each) => ({ level: each.level - row.level + 1, text: describeRow(each) }));
  return formatOutline(getCells(row)[0], describeSummary(summary, tab, filter), items);
}

function describeSummary(summary: OverviewSummary, tab: ShowMessage['tab'], filter: OverviewFilter): LabeledValue[] {
  const { aggregator, account, region, connection, readAt, sourceFailures, notes } = summary;
  const progress = getShownProgress(summary, tab);
  const problems = progress?.problems ?? [];
  return [
    ['Aggregator', aggregator],
    ['Account', account],
    ['Region', region],
    ['Read with', connection],
    ['Filter', formatFilter(filter) || 'none'],
    ['Read', formatUtcTimeOrUnknown(readAt)],
    ...(progress ? [['Counted from', formatProgress(progress, tab)] as const] : []),
    ...problems.map(({ title, detail }): LabeledValue => ['Could not be read', `${title}: ${detail}`]),
    ...sourceFailures.map(
      (failure): LabeledValue => ['Failed or outdated source', formatSourceFailure(failure, formatUtcTime)],
    ),
    ...notes.map((note): LabeledValue => ['Note', note]),
  ];
}

function formatProgress(progress: OverviewSummary['progress'], tab: ShowMessage['tab']): string {
  const read = formatRead(progress, tab === 'rules' ? 'failing rule' : 'pack');
  return progress.isComplete ? read : `${read} so far`;
}
