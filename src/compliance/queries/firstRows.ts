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
