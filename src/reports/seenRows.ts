import type { AggregateRow } from '../compliance/model.ts';

/**
 * Remembers the rows of a reading, because a row may move to a later page while pages are read. Compact, because an
 * export may have millions of rows.
 */
export class SeenRows {
  /** Numbers of packs by name. */
  readonly #packs = new Map<string, number>();
  /** Numbers of the packs that were seen, by account and region. */
  readonly #seen = new Map<string, Set<number>>();

  /** Returns whether the row is new. */
  add({ account, region, pack }: Pick<AggregateRow, 'account' | 'region' | 'pack'>): boolean {
    const place = `${account}/${region}`;
    const seen = this.#seen.get(place) ?? new Set();
    this.#seen.set(place, seen);
    const number = this.#packs.get(pack) ?? this.#packs.size;
    this.#packs.set(pack, number);
    const isNew = !seen.has(number);
    seen.add(number);
    return isNew;
  }
}
