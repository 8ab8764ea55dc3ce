import type { SlicedWork } from '../../timeSlicing.ts';
import { increment, sortByRank } from './countingSort.ts';
import type { PackGroup } from './packGroups.ts';
import type { RankedColumn } from './rankedColumns.ts';
import { stateCodes, stateCount } from './rowColumns.ts';
import { forEachSlice } from './slices.ts';

/** Packs by state. */
export interface StateCounts {
  readonly packs: number;
  readonly compliant: number;
  readonly insufficientData: number;
  readonly nonCompliant: number;
  /** Packs without a known state. */
  readonly unknown: number;
}

/** The rows of a pack across accounts and regions, by state. */
export interface PackGroupCounts extends StateCounts {
  readonly pack: PackGroup;
}

/** Rows counted by two columns. Only cells with rows exist. They are ordered by line, then by column. */
export interface CountMatrix {
  /** The first cell of each line, and the number of all cells at the end. */
  readonly starts: Uint32Array;
  /** The index of each cell's label of the second column. */
  readonly columns: Uint32Array;
  /** The worst state of each cell, as `stateCodes`. */
  readonly states: Uint8Array;
  /** Four counts per cell, by state code. */
  readonly counts: Uint32Array;
}

/** Counts rows by two columns. `states` are those of all rows. */
export function* countCells(
  rows: Uint32Array,
  states: Uint8Array,
  lines: RankedColumn<unknown>,
  columns: RankedColumn<unknown>,
): SlicedWork<CountMatrix> {
  return yield* countSortedCells(yield* sortByRank(rows, lines), states, lines, columns);
}

/** Counts rows that are sorted by `lines`. */
export function* countSortedCells(
  rows: Uint32Array,
  states: Uint8Array,
  lines: RankedColumn<unknown>,
  columns: RankedColumn<unknown>,
): SlicedWork<CountMatrix> {
  const cells = new CellWriter(rows.length, lines.rankCount, columns.rankCount);
  yield* forEachSlice(rows.length, (start, end) => cells.addRows(rows.subarray(start, end), states, lines, columns));
  return cells.finish();
}

/** Counts the rows of one line after the other. */
class CellWriter {
  readonly #starts: Uint32Array;
  readonly #columns: Uint32Array;
  readonly #states: Uint8Array;
  readonly #counts: Uint32Array;
  #cellCount = 0;
  #line = 0;
  /** The columns of the current line, unordered. */
  readonly #lineColumns: Uint32Array;
  readonly #lineCounts: Uint32Array;
  /** Whether the current line has each column. */
  readonly #isPresent: Uint8Array;
  #lineLength = 0;

  constructor(rows: number, lines: number, columns: number) {
    const maxCells = Math.min(rows, lines * columns);
    this.#starts = new Uint32Array(lines + 1);
    this.#columns = new Uint32Array(maxCells);
    this.#states = new Uint8Array(maxCells);
    this.#counts = new Uint32Array(maxCells * stateCount);
    this.#lineColumns = new Uint32Array(columns);
    this.#lineCounts = new Uint32Array(columns * stateCount);
    this.#isPresent = new Uint8Array(columns);
  }

  /** Adds rows that continue the current line or belong to later ones. */
  addRows(rows: Uint32Array, states: Uint8Array, lines: RankedColumn<unknown>, columns: RankedColumn<unknown>): void {
    const [isPresent, counts, lineColumns] = [this.#isPresent, this.#lineCounts, this.#lineColumns];
    for (const row of rows) {
      const line = lines.ranks[lines.values[row] ?? 0] ?? 0;
      while (this.#line < line) this.#endLine();
      const column = columns.ranks[columns.values[row] ?? 0] ?? 0;
      if (!isPresent[column]) {
        isPresent[column] = 1;
        lineColumns[this.#lineLength++] = column;
      }
      increment(counts, column * stateCount + (states[row] ?? 0));
    }
  }

  #endLine(): void {
    for (const column of this.#lineColumns.subarray(0, this.#lineLength).sort()) {
      const cell = this.#cellCount++;
      this.#columns[cell] = column;
      for (let state = 0; state < stateCount; state++) {
        const count = this.#lineCounts[column * stateCount + state] ?? 0;
        this.#counts[cell * stateCount + state] = count;
        if (count > 0) this.#states[cell] = state;
      }
      this.#lineCounts.fill(0, column * stateCount, (column + 1) * stateCount);
      this.#isPresent[column] = 0;
    }
    this.#lineLength = 0;
    this.#starts[++this.#line] = this.#cellCount;
  }

  finish(): CountMatrix {
    while (this.#line < this.#starts.length - 1) this.#endLine();
    return {
      starts: this.#starts,
      columns: this.#columns.slice(0, this.#cellCount),
      states: this.#states.slice(0, this.#cellCount),
      counts: this.#counts.slice(0, this.#cellCount * stateCount),
    };
  }
}

/** The first cell of a line, and the one after its last. */
export const getLine = ({ starts }: CountMatrix, line: number): readonly [number, number] => [
  starts[line] ?? 0,
  starts[line + 1] ?? 0,
];

/** The cell of a line and column of a matrix, or undefined if it has no rows. */
export function findCell(cells: CountMatrix, line: number, column: number): number | undefined {
  let [low, high] = getLine(cells, line);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cells.columns[middle] ?? 0) < column) low = middle + 1;
    else high = middle;
  }
  return low < getLine(cells, line)[1] && cells.columns[low] === column ? low : undefined;
}

/** Sums the cells from `start` up to `end`. */
export function sumCells({ counts }: Pick<CountMatrix, 'counts'>, start: number, end: number): StateCounts {
  let [compliant, unknown, insufficientData, nonCompliant] = [0, 0, 0, 0];
  for (let count = start * stateCount; count < end * stateCount; count += stateCount) {
    compliant += counts[count + stateCodes.COMPLIANT] ?? 0;
    unknown += counts[count + stateCodes.unknown] ?? 0;
    insufficientData += counts[count + stateCodes.INSUFFICIENT_DATA] ?? 0;
    nonCompliant += counts[count + stateCodes.NON_COMPLIANT] ?? 0;
  }
  return {
    packs: compliant + unknown + insufficientData + nonCompliant,
    compliant,
    insufficientData,
    nonCompliant,
    unknown,
  };
}

/** Packs with a result. */
export type ResultCounts = Pick<StateCounts, 'compliant' | 'nonCompliant'>;

/**
 * Worst first: by the share of non-compliant packs among those with a result, then by their number. Without a result, the
 * share is unknown: last.
 */
export function compareWorstFirst(a: ResultCounts, b: ResultCounts): number {
  const [resultsA, resultsB] = [a.compliant + a.nonCompliant, b.compliant + b.nonCompliant];
  if (resultsA === 0 || resultsB === 0) return Number(resultsA === 0) - Number(resultsB === 0);
  // Compares the shares without rounding.
  return b.nonCompliant * resultsA - a.nonCompliant * resultsB || b.nonCompliant - a.nonCompliant;
}
