import type { OverviewSummary } from './protocol.ts';
import { noFilter, type OverviewState } from './state.ts';
import { getShownProgress } from './text.ts';

/** Says why the shown tab has no rows, and what to do next. */
export function formatEmptyTab(summary: OverviewSummary, { tab, filter }: OverviewState): string {
  const progress = getShownProgress(summary, tab);
  const noun = tab === 'rules' ? 'failing rules' : 'packs';
  const isFiltered = Object.entries(noFilter).some(
    ([member, value]) => filter[member as keyof typeof noFilter] !== value,
  );
  if (!progress?.isComplete) {
    const loaded = isFiltered && (progress?.rows ?? 0) > 0 ? 'Nothing that has loaded matches the filter.' : '';
    if (progress?.isLoading) return loaded === '' ? `Loading the ${noun}…` : `${loaded} Loading more…`;
    const hasProblem = (progress?.problems.length ?? 0) > 0;
    const next = hasProblem ? 'Resolve the problem above, then retry.' : 'Load more to continue.';
    return `${loaded === '' ? `The ${noun} have not loaded.` : loaded} ${next}`;
  }
  if (isFiltered) return 'Nothing matches the filter. Clear the filter to see everything.';
  if (tab === 'rules') return 'No rule fails in the accounts and regions of this aggregator.';
  return 'The aggregator lists no packs. Deploy packs in its accounts, or check that they authorize the aggregator.';
}
