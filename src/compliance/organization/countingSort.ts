import { forEachSlice, type SlicedWork } from './slices.ts';

/** What rows are sorted by. */
export interface SortKey {
  /** A number per row. */
  readonly values: Uint32Array | Uint8Array;
  /** The rank of each value. Higher values have the last rank. */
  readonly ranks: Uint32Array;
  /** The number of ranks, if several values share one. */
  readonly rankCount?: number;
}

/** Sorts row numbers by counting. Rows of one rank keep their order. Takes time and memory for each rank as well. */
export function* sortByRank(
  rows: Uint32Array,
  { values, ranks, rankCount = ranks.length }: SortKey,
  descending = false,
): SlicedWork<Uint32Array> {
  const last = ranks.length - 1;
  const rowRanks = new Uint32Array(rows.length);
  const starts = new Uint32Array(rankCount + 1);
  yield* forEachSlice(rows.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const rank = ranks[Math.min(values[rows[i] ?? 0] ?? 0, last)] ?? 0;
      const position = descending ? rankCount - 1 - rank : rank;
      rowRanks[i] = position;
      increment(starts, position + 1);
    }
  });
  for (let rank = 1; rank <= rankCount; rank++) starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0);
  const sorted = new Uint32Array(rows.length);
  yield* forEachSlice(rows.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const rank = rowRanks[i] ?? 0;
      sorted[starts[rank] ?? 0] = rows[i] ?? 0;
      increment(starts, rank);
    }
  });
  return sorted;
}

export function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
