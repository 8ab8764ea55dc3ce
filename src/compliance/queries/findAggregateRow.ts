import { type AccountAndRegion, type AggregateRow, getRowKey } from '../model.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';

/** The most recently read row of a pack in an account and region, from any aggregator. */
export function findAggregateRow(
  store: ConnectionStore,
  { account, region }: AccountAndRegion,
  pack: string,
): AggregateRow | undefined {
  const key = getRowKey({ account, region, pack });
  const lists = [...store.getAggregateRowLists()].sort((a, b) => (b.readAt ?? 0) - (a.readAt ?? 0));
  for (const { rows } of lists) {
    const row = indexByKey(rows).get(key);
    if (row) return row;
  }
  return undefined;
}

const indexes = new WeakMap<readonly AggregateRow[], ReadonlyMap<string, AggregateRow>>();

/** Builds the index once per array, because it may hold tens of thousands of rows and serve many look-ups. */
function indexByKey(rows: readonly AggregateRow[]): ReadonlyMap<string, AggregateRow> {
  const index = indexes.get(rows) ?? new Map(rows.map((row) => [getRowKey(row), row]));
  indexes.set(rows, index);
  return index;
}
