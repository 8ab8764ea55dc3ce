import type { RecordedScore } from '../../compliance/queries/scoreHistory.ts';
import type { PackHeader } from './protocol.ts';
import { getVisibleRules } from './rows.ts';
import type { PanelData, ViewState } from './state.ts';
import { isIncomplete } from './text.ts';

// What a panel says where it has nothing to show: why, and what to do next.

/** Says why the table has no rows; empty if it has some. */
export function formatEmptyTable(data: PanelData, view: ViewState): string {
  const { header, results } = data;
  const hasProblem = (header?.problems.length ?? 0) + (results?.problems.length ?? 0) > 0;
  if (!results || results.rules.length === 0) {
    if (results?.isLoading || (!results && header?.isLoading)) return 'Loading the rules…';
    if (hasProblem) return 'The rules have not loaded. Resolve the problem above, then retry.';
    if (results?.note !== undefined) return 'It is not known which rules belong to this pack: see the note above.';
    if (!results || isIncomplete(data)) return 'The rules have not loaded. Load more to continue.';
    return 'AWS Config reports no rules for this pack. Refresh once its deployment is complete.';
  }
  if (getVisibleRules(data, view).length > 0) return '';
  if (results.isLoading) return 'No rule that has loaded matches the filter. Loading more…';
  if (hasProblem)
    return 'No rule that has loaded matches the filter. Some rules may be missing: see the problem above.';
  return 'No rule matches the filter. Clear the filter to see all rules.';
}

/** Says why there is no trend; empty if there is one. */
export function formatEmptyTrend(scores: readonly RecordedScore[], header: PackHeader | undefined): string {
  if (scores.length > 0) return '';
  if (header?.score?.percent !== undefined)
    return 'No trend yet: Packscope records this pack’s scores on this machine from now on.';
  if (header?.isLoading) return 'Loading the score…';
  if (header?.score === undefined && (header?.problems.length ?? 0) > 0)
    return 'No trend: the score has not loaded. Resolve the problem above, then retry.';
  return 'No trend yet: the pack has no score. Packscope records its scores on this machine once there are some.';
}
