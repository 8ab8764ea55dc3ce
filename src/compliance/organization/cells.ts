import type { Axis } from './axes.ts';
import { sortByRank } from './countingSort.ts';
import { stateCount } from './rowColumns.ts';
import { forEachSlice, type SlicedWork } from './slices.ts';

/** Packs by state. */
export interface StateCounts {
  readonly packs: number;
  readonly compliant: number;
  readonly insufficientData: number;
  readonly nonCompliant: number;
  /** Packs without a known state. */
  readonly unknown: number;
}

/** Rows counted by two axes. Only cells with rows exist. They are ordered by line, then by column. */
export interface Cells {
  /** The first cell of each line, and the number of all cells at the end. */
  readonly starts: Uint32Array;
  /** The index of each cell's label on the second axis. */
  readonly columns: Uint32Array;
  /** The worst state of each cell, as `stateCodes`. */
  readonly states: Uint8Array;
  /** Four counts per cell, by state code. */
  readonly counts: Uint32Array;
}

/** Counts rows by two axes. `states` are those of all rows. */
export function* countCells(
  rows: Uint32Array,
  states: Uint8Array,
  lines: Axis<unknown>,
  columns: Axis<unknown>,
): SlicedWork<Cells> {
  const sorted = yield* sortByRank(yield* sortByRank(rows, columns), lines);
  const starts = new Uint32Array(lines.rankCount + 1);
  const cellColumns = new Uint32Array(rows.length);
  const cellStates = new Uint8Array(rows.length);
  const counts = new Uint32Array(rows.length * stateCount);
  let [cell, line, column] = [-1, -1, -1];
  yield* forEachSlice(sorted.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const row = sorted[i] ?? 0;
      const rowLine = lines.ranks[lines.values[row] ?? 0] ?? 0;
      const rowColumn = columns.ranks[columns.values[row] ?? 0] ?? 0;
      if (rowLine !== line || rowColumn !== column) {
        cell++;
        cellColumns[cell] = rowColumn;
        while (line < rowLine) starts[++line] = cell;
        column = rowColumn;
      }
      const state = states[row] ?? 0;
      cellStates[cell] = Math.max(cellStates[cell] ?? 0, state);
      const count = cell * stateCount + state;
      counts[count] = (counts[count] ?? 0) + 1;
    }
  });
  const cellCount = cell + 1;
  starts.fill(cellCount, line + 1);
  return {
    starts,
    columns: cellColumns.slice(0, cellCount),
    states: cellStates.slice(0, cellCount),
    counts: counts.slice(0, cellCount * stateCount),
  };
}

/** The first cell of a line, and the one after its last. */
export const getLine = ({ starts }: Cells, line: number): readonly [number, number] => [
  starts[line] ?? 0,
  starts[line + 1] ?? 0,
];

/** The cell of a line and column of a matrix, or undefined if it has no rows. */
export function findCell(cells: Cells, line: number, column: number): number | undefined {
  let [low, high] = getLine(cells, line);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cells.columns[middle] ?? 0) < column) low = middle + 1;
    else high = middle;
  }
  return low < getLine(cells, line)[1] && cells.columns[low] === column ? low : undefined;
}

/** Sums the cells from `start` up to `end`. */
export function sumCells({ counts }: Cells, start: number, end: number): StateCounts {
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  for (let cell = start; cell < end; cell++) {
    for (const state of [0, 1, 2, 3] as const) sums[state] += counts[cell * stateCount + state] ?? 0;
  }
  const [compliant, unknown, insufficientData, nonCompliant] = sums;
  return {
    packs: compliant + unknown + insufficientData + nonCompliant,
    compliant,
    insufficientData,
    nonCompliant,
    unknown,
  };
}

/** Worst first: by the share of non-compliant packs, then by their number. */
export function compareWorstFirst(a: StateCounts, b: StateCounts): number {
  // Compares the shares without rounding.
  return b.nonCompliant * a.packs - a.nonCompliant * b.packs || b.nonCompliant - a.nonCompliant;
}
