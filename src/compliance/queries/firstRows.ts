import type { SlicedWork } from '../../timeSlicing.ts';
import type { AggregateRow } from '../model.ts';
import { forEachSlice } from '../organization/slices.ts';

/** Rows between two pauses: far less than a millisecond of work. */
export const rowsPerSlice = 1_000;

export interface SelectOptions<T> {
  /** Leaves out rows that do not match. */
  readonly matches: (row: AggregateRow) => boolean;
  readonly compare: (a: T, b: T) => number;
  /** Maximum number of items to select. */
  readonly limit: number;
}

/** The first items of an order. */
export interface FirstItems<T> {
  readonly items: readonly T[];
  /** How many items there are, also beyond the limit. */
  readonly count: number;
  /** How many rows the items were computed from. */
  readonly rowCount: number;
}

/** Collects the first `limit` rows of an order without sorting the others. Equal rows keep their order. */
export class FirstRows<T> {
  readonly #limit: number;
  readonly #compare: (a: T, b: T) => number;
  readonly #rows: T[] = [];
  /** Rows that do not come before this one are not among the first. */
  #last: T | undefined;
  #count = 0;

  constructor(limit: number, compare: (a: T, b: T) => number) {
    this.#limit = limit;
    this.#compare = compare;
  }

  /** How many rows were added, also beyond the limit. */
  get count(): number {
    return this.#count;
  }

  add(row: T): void {
    this.#count += 1;
    if (this.#last !== undefined && this.#compare(row, this.#last) >= 0) return;
    this.#rows.push(row);
    if (this.#rows.length < 2 * this.#limit) return;
    this.#rows.sort(this.#compare).length = this.#limit;
    this.#last = this.#rows.at(-1);
  }

  /** The first rows, in order. */
  toSorted(): readonly T[] {
    return this.#rows.toSorted(this.#compare).slice(0, this.#limit);
  }
}

/** Selects the first matching rows of an order. */
export function* selectFirstRows(
  rows: readonly AggregateRow[],
  { matches, compare, limit }: SelectOptions<AggregateRow>,
): SlicedWork<FirstItems<AggregateRow>> {
  const first = new FirstRows(limit, compare);
  const addRows = (start: number, end: number) => {
    for (const row of rows.slice(start, end)) if (matches(row)) first.add(row);
  };
  yield* forEachSlice(rows.length, addRows, rowsPerSlice);
  return { items: first.toSorted(), count: first.count, rowCount: rows.length };
}
