import type { Caller } from '../identities.ts';
import type { Estate } from '../estate/estate.ts';

/** One step of a walk: how far it has come, and the row found there, if any. */
export interface Step {
  readonly position: string;
  readonly row?: object;
}

/** A paged operation: a walk over rows, and the answer around those of one page. */
export interface Operation<Input> {
  /** Steps from just after a position (`''`: from the start), each found only when it is asked for. */
  steps(estate: Estate, caller: Caller, input: Input, after: string): Iterable<Step>;
  answer(rows: readonly object[], input: Input): object;
}

/** Timestamps in AWS JSON 1.1 are seconds since 1970. */
export function epochSeconds(date: Date): number {
  return date.getTime() / 1000;
}

/** Walks a short list in the order of its keys, which are unique. */
export function* stepsByKey<Item>(
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
