import type { PackLocation } from '../../compliance/packRef.ts';
import { resolveAggregators, resolveConnections } from '../../compliance/queries/lookup.ts';
import { throwOnFailures, toReadFailures } from '../../compliance/queries/readFailures.ts';
import type { PackCommandContext } from '../palette/packCommandContext.ts';

/**
 * Opens an organization's pack in an account: as the account's own pack if a connection reads the account and region,
 * else its row of an aggregator. Throws if neither is available.
 */
export async function openDeployedPack(
  commandContext: PackCommandContext,
  { name, account, region }: PackLocation,
): Promise<void> {
  const stores = commandContext.getStores();
  const [own] = (await resolveConnections(stores, { account, region })).results;
  if (own) return commandContext.open({ connection: own.store.connection, scope: own.scope, name });
  const { results, failures } = await resolveAggregators(stores);
  const lists = results.map(({ store, aggregator }) => ({
    store,
    aggregator: aggregator.name,
    list: store.getAggregateRows(aggregator.name, { pack: name, account, region }),
  }));
  await Promise.all(lists.map(({ list }) => list.loadAll()));
  for (const { store, aggregator, list } of lists) {
    const { readAt } = list;
    const [row] = list.rows;
    if (row) return commandContext.open({ connection: store.connection, aggregator, row, readAt });
  }
  throwOnFailures([
    ...failures,
    ...lists.flatMap(({ store, aggregator, list }) => toReadFailures(store, `the packs of ${aggregator}`, list.errors)),
  ]);
  throw new Error(
    `None of your connections reads account ${account} in ${region}, and none of their aggregators has ${name} there.`,
  );
}
