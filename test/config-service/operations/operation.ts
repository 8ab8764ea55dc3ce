import type { ChangeableEstate } from '../estate/changeable.ts';
import type { Caller } from '../identities.ts';

/** A position in the rows of an operation, and the row if it matches. */
export interface Step {
  readonly position: string;
  readonly row?: object;
}

/** A paged operation. */
export interface Operation<Input> {
  /** Iterates lazily from just after a position; `''` is the start. */
  iterate(estate: ChangeableEstate, caller: Caller, input: Input, after: string): Iterable<Step>;
  /** Creates the output with the rows of one page. Faults can change rows to anything. */
  createOutput(rows: readonly unknown[], input: Input): object;
  /** The page size of an input without one. The maximum by default. */
  getDefaultPageSize?(input: Input): number;
}

/** Converts a date to a timestamp of AWS JSON 1.1: seconds since 1970. */
export function toEpochSeconds(date: Date): number {
  return date.getTime() / 1000;
}

/** Iterates over a short list in the order of its unique keys. */
export function* iterateByKey<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
  row: (item: Item) => object,
  after: string,
  descending = false,
): Generator<Step> {
  const direction = descending ? -1 : 1;
  const order = (a: string, b: string) => (a === b ? 0 : a < b ? -direction : direction);
  const keyed = items.map((item) => ({ item, position: key(item) })).sort((a, b) => order(a.position, b.position));
  for (const { item, position } of keyed) {
    if (after === '' || order(position, after) > 0) yield { position, row: row(item) };
  }
}
