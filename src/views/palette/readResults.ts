import { isDenial } from '../../compliance/errors.ts';
import type { AggregateRow } from '../../compliance/model.ts';
import type { PackMatch } from '../../compliance/packRef.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import { resolveAggregators, type ScopeFilter, selectDistinctAggregators } from '../../compliance/queries/lookup.ts';
import { getCancellations, throwOnFailures, toReadFailures } from '../../compliance/queries/readFailures.ts';
import { compareRows } from '../../compliance/queries/rowOrder.ts';
import { defaultPackOrder } from '../../compliance/source.ts';
import { type RowResult, toRowResult } from './commandResults.ts';
import { getNonCompliantRows } from './nonCompliantQuery.ts';
import { type PackFilter, PackQuery, type PackQueryOptions } from './packQuery.ts';
import type { QueryContext } from './pickerQuery.ts';

/**
 * Returns the context with the stores that it has now. Stores that are dropped meanwhile fail with an error, while their
 * successors would be empty and without one.
 */
export function captureStores({ getStores }: QueryContext): QueryContext {
  const stores = getStores();
  return { getStores: () => stores };
}

/** Returns all packs that match. Rejects if any could not be read. */
export async function readPacks(
  context: QueryContext,
  options: PackQueryOptions,
  filter: PackFilter,
): Promise<readonly PackMatch[]> {
  const query = new PackQuery(captureStores(context), options, filter);
  await query.run();
  throwOnFailures(query.getBlockingFailures());
  return query.getPacks();
}

/**
 * Returns the non-compliant rows of an aggregator, lowest share of passing rules first. Rejects if any could not be read.
 * A `limit` ends the reading as well, so that no more than it needs is read: then others may be worse.
 */
export async function readNonCompliantRows(
  context: QueryContext,
  aggregator: string,
  { limit = Number.POSITIVE_INFINITY, ...scopeFilter }: ScopeFilter & { readonly limit?: number },
): Promise<readonly RowResult[]> {
  const { results, failures } = await resolveAggregators(context.getStores(), aggregator);
  // A connection that may not list aggregators has none.
  throwOnFailures(results.length === 0 ? failures : failures.filter(({ error }) => !isDenial(error)));
  if (results.length === 0)
    throw new Error(`No aggregator ${aggregator} in the accounts and regions of your connections.`);
  const lists = selectDistinctAggregators(results).map(({ store, ...resolved }) => ({
    store,
    list: getNonCompliantRows({ store, ...resolved }, scopeFilter),
  }));
  await Promise.all(lists.map(({ list }) => loadRows(list, limit)));
  const what = `the non-compliant packs of ${aggregator}`;
  throwOnFailures(
    lists.flatMap(({ store, list }) => [
      ...toReadFailures(store, what, list.errors),
      ...(list.rows.length < limit ? getCancellations(store, what, list) : []),
    ]),
  );
  const compare = compareRows(defaultPackOrder);
  return lists
    .flatMap(({ list: { rows, readAt } }) => rows.map((row) => ({ row, readAt })))
    .sort((a, b) => compare(a.row, b.row))
    .slice(0, limit)
    .map(({ row, readAt }) => toRowResult(row, readAt));
}

/** Loads the first `limit` rows, or all. */
async function loadRows(list: PagedList<AggregateRow>, limit: number): Promise<void> {
  await list.loadUpTo(limit);
  if (list.rows.length >= limit || list.errors.length > 0) return;
  // Many empty pages have ended the load.
  const controller = new AbortController();
  await list.loadAll(controller.signal, (rowCount) => {
    if (rowCount >= limit) controller.abort();
  });
}
