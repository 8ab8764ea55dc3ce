import type { LatestVisits } from './latestVisits.ts';
import type { ListId } from './reading.ts';

/** What could not be compared, with the reason as a clause. */
export interface NotCompared {
  readonly listId: ListId;
  readonly reason: NotComparedReason;
}

export type NotComparedReason =
  | { readonly kind: 'notReadThen' | 'notReadNow' | 'notReadSince' }
  /** An attempt to read it failed or was cancelled, then or now. */
  | { readonly kind: 'gap'; readonly when: 'then' | 'now'; readonly at: number; readonly reason: string }
  /** Rows of an aggregator that only one of the two readings covers, or both with nothing newer. */
  | { readonly kind: 'rowsNotReadThen' | 'rowsNotReadNow' | 'rowsNotReadSince'; readonly rows: number };

export type AddNotCompared = (listId: ListId, reason: NotComparedReason) => void;

/** Adds the gaps of some lists. Returns whether there are any. */
export function addGaps(
  isIncluded: (listId: ListId) => boolean,
  before: LatestVisits,
  after: LatestVisits,
  addNotCompared: AddNotCompared,
): boolean {
  const gaps = [
    ...[...before.gaps.values()].map((gap) => ({ ...gap, when: 'then' as const })),
    ...[...after.gaps.values()].map((gap) => ({ ...gap, when: 'now' as const })),
  ].filter(({ listId }) => isIncluded(listId));
  for (const { listId, when, readAt: at, reason } of gaps) addNotCompared(listId, { kind: 'gap', when, at, reason });
  return gaps.length > 0;
}
