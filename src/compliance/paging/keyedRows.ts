/** Enough that each part of the index stays small: a map blocks the event loop while it grows. */
const indexParts = 64;

/** Rows in the order in which they were first added, each key once. Adding one takes microseconds, even to a million. */
export class KeyedRows<T> {
  readonly #keyOf: (row: T) => string;
  readonly #rows: T[] = [];
  /** The positions of keys in `#rows`, divided by a hash of the key. */
  readonly #positions: Map<string, number>[] = [];

  constructor(keyOf: (row: T) => string) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#rows.length;
  }

  /** Adds a row, or replaces the one with its key. Returns whether it is new. */
  add(row: T): boolean {
    const key = this.#keyOf(row);
    const part = hash(key) % indexParts;
    this.#positions[part] ??= new Map();
    const positions = this.#positions[part];
    const position = positions.get(key);
    if (position === undefined) positions.set(key, this.#rows.push(row) - 1);
    else this.#rows[position] = row;
    return position === undefined;
  }

  toArray(): T[] {
    return this.#rows.slice();
  }
}

/** The FNV-1a hash of a text. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
