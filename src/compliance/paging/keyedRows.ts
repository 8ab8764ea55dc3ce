/** Groups of rows without one. Enough that each stays small: a map blocks the event loop while it grows. */
const hashGroups = 64;

/** Rows in the order in which they were first added, each key once. Adding one takes microseconds, even to a million. */
export class KeyedRows<T> {
  readonly #keyOf: (row: T) => string;
  readonly #groupOf: ((row: T) => string) | undefined;
  readonly #rows: T[] = [];
  /** The positions in `#rows` by group and key. */
  readonly #positions = new Map<string | number, Map<string, number>>();

  /** `keyOf` identifies a row within its group. With groups, the keys of a million rows can be short. */
  constructor(keyOf: (row: T) => string, groupOf?: (row: T) => string) {
    this.#keyOf = keyOf;
    this.#groupOf = groupOf;
  }

  get size(): number {
    return this.#rows.length;
  }

  /** Adds a row, or replaces the one with its key. Returns whether it is new. */
  add(row: T): boolean {
    const key = this.#keyOf(row);
    const positions = this.#getPositions(this.#groupOf?.(row) ?? hash(key) % hashGroups);
    const position = positions.get(key);
    if (position === undefined) positions.set(key, this.#rows.push(row) - 1);
    else this.#rows[position] = row;
    return position === undefined;
  }

  toArray(): T[] {
    return this.#rows.slice();
  }

  #getPositions(group: string | number): Map<string, number> {
    const positions = this.#positions.get(group) ?? new Map<string, number>();
    this.#positions.set(group, positions);
    return positions;
  }
}

/** The FNV-1a hash of a text. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
