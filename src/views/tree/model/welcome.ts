import { isSignedOut } from '../../../compliance/errors.ts';
import { isFiltered } from '../../../compliance/filter.ts';
import type { TreeQueryLists } from './treeQuery.ts';

/** Why the tree is empty, where a welcome says it better than a node. */
export type Welcome = 'signedOut' | 'noPacks' | 'notSetUp';

/** The welcome that fits an estate with nothing to show; asks nothing of the service. */
export function welcomeFor(lists: TreeQueryLists): Welcome | undefined {
  const { connections } = lists.settings;
  const stores = lists.estate.getStores(connections);
  if (stores.length > 0 && stores.every(({ identity }) => identity.errors.some(isSignedOut) && identity.rows.length === 0))
    return 'signedOut';
  const [connection] = connections;
  if (connections.length !== 1 || !connection || isFiltered(lists.query.filter)) return undefined;
  const packs = lists.packs(connection);
  const aggregators = lists.estate.getStore(connection).aggregators;
  if (aggregators.rows.length > 0 || packs.rows.length > 0) return undefined;
  if (packs.errors.some(({ kind }) => kind === 'notSetUp')) return 'notSetUp';
  return packs.isComplete && aggregators.isComplete ? 'noPacks' : undefined;
}
