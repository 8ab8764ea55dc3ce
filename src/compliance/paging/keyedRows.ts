/** Rows in the order in which they were first added, each key once. Adding one takes microseconds, even to a million. */
export class KeyedRows<T> {
  readonly #keyOf: (row: T) => string;
  readonly #groupOf: (row: T) => string;
  readonly #rows: T[] = [];
  /** The positions in `#rows` by group and key. Groups are small: a map blocks the event loop while it grows. */
  readonly #positions = new Map<string, Map<string, number>>();

  /** `keyOf` identifies a row within its group. With groups, the keys of a million rows can be short. */
  constructor(keyOf: (row: T) => string, groupOf = (row: T): string => keyOf(row).slice(-2)) {
    this.#keyOf = keyOf;
    this.#groupOf = groupOf;
  }

  get size(): number {
    return this.#rows.length;
  }

  /** Adds a row, or replaces the one with its key. Returns whether it is new. */
  add(row: T): boolean {
    const key = this.#keyOf(row);
    const group = this.#groupOf(row);
    const positions = this.#positions.get(group) ?? new Map<string, number>();
    this.#positions.set(group, positions);
    const position = positions.get(key);
    if (position === undefined) positions.set(key, this.#rows.push(row) - 1);
    else this.#rows[position] = row;
    return position === undefined;
  }

  toArray(): T[] {
    return this.#rows.slice();
  }
}
