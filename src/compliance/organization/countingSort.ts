import type { SlicedWork } from '../../timeSlicing.ts';
import { releaseMemory } from './releaseMemory.ts';
import { forEachSlice } from './slices.ts';

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
export function* sortByRank(rows: Uint32Array, key: SortKey, descending = false): SlicedWork<Uint32Array> {
  const { values, rankCount = key.ranks.length } = key;
  const ranks = descending ? key.ranks.map((rank) => rankCount - 1 - rank) : key.ranks;
  const rowRanks = new Uint32Array(rows.length);
  const starts = new Uint32Array(rankCount + 1);
  yield* forEachSlice(rows.length, (start, end) => countRanks(rows, values, ranks, rowRanks, starts, start, end));
  for (let rank = 1; rank <= rankCount; rank++) starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0);
  const sorted = new Uint32Array(rows.length);
  yield* forEachSlice(rows.length, (start, end) => moveRows(rows, rowRanks, starts, sorted, start, end));
  releaseMemory(rowRanks);
  return sorted;
}

// These loops run over all rows. As functions with parameters they are twice as fast as closures.

/** Looks up the ranks of rows, and counts each rank in the element after it. */
function countRanks(
  rows: Uint32Array,
  values: Uint32Array | Uint8Array,
  ranks: Uint32Array,
  rowRanks: Uint32Array,
  counts: Uint32Array,
  start: number,
  end: number,
): void {
  const last = ranks.length - 1;
  for (let i = start; i < end; i++) {
    const value = values[rows[i] ?? 0] ?? 0;
    const rank = ranks[value < last ? value : last] ?? 0;
    rowRanks[i] = rank;
    increment(counts, rank + 1);
  }
}

/** Moves rows to the next free position of their rank. */
function moveRows(
  rows: Uint32Array,
  rowRanks: Uint32Array,
  starts: Uint32Array,
  sorted: Uint32Array,
  start: number,
  end: number,
): void {
  for (let i = start; i < end; i++) {
    const rank = rowRanks[i] ?? 0;
    const position = starts[rank] ?? 0;
    sorted[position] = rows[i] ?? 0;
    starts[rank] = position + 1;
  }
}

export function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
