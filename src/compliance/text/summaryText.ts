import { type ConnectionSummary, collectDistinctPacks, getNonCompliantPacks } from '../queries/connectionSummary.ts';
import { formatCount } from './format.ts';

// The sets of packs that the status bar, the view's badge and its scopes count, each with one text.

/**
 * Formats the packs below the target of connections with scores, such as `10 packs below target`. `areAllLoaded`: whether
 * these are all connections, so that `no packs` is certain.
 */
export function formatPacksBelowTarget(summaries: readonly ConnectionSummary[], areAllLoaded: boolean): string {
  const areComplete = summaries.every(({ hasAllBelowTarget }) => hasAllBelowTarget);
  if (areComplete && areAllLoaded && summaries.every(({ packs }) => packs.length === 0)) return 'no packs';
  const { length } = collectDistinctPacks(summaries, ({ packsBelowTarget }) => packsBelowTarget);
  return markIncomplete(`${formatCount(length, 'pack')} below target`, areComplete);
}

/** Formats the non-compliant packs of connections, such as `12 non-compliant packs`. */
export function formatNonCompliantPacks(summaries: readonly ConnectionSummary[]): string {
  const { length } = collectDistinctPacks(summaries, getNonCompliantPacks);
  const areComplete = summaries.every(({ hasAllNonCompliant }) => hasAllNonCompliant);
  return markIncomplete(formatCount(length, 'non-compliant pack'), areComplete);
}

const markIncomplete = (text: string, isComplete: boolean): string => (isComplete ? text : `${text} so far`);
