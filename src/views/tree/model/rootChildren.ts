import { isSignedOut } from '../../../compliance/errors.ts';
import { matchesScope } from '../../../compliance/filter.ts';
import type { Aggregator } from '../../../compliance/model.ts';
import type { ConnectionScope } from '../../../compliance/packRef.ts';
import type { List } from '../../../compliance/paging/list.ts';
import { connectionKey } from '../../../compliance/source.ts';
import { errorNode, listNodes } from './stateNodes.ts';
import type { TreeNode } from './nodes.ts';
import type { TreeQueryLists } from './treeQuery.ts';

/** The scopes, one per connection, and after them the aggregators that each can read. */
export function rootNodes(lists: TreeQueryLists): TreeNode[] {
  const { connections } = lists.settings;
  const open = lists.opensScopes;
  const scopes: TreeNode[] = [];
  const aggregators: TreeNode[] = [];
  for (const connection of connections) {
    const id = connectionKey(connection);
    const { identity: scopeList, aggregators: aggregatorList, findSignedOutError } = lists.estate.getStore(connection);
    const [scope] = scopeList.rows;
    // One line for all that a connection lacks while it is signed out.
    const problem = scopeList.errors[0] ?? findSignedOutError;
    if (problem) scopes.push(errorNode(id, problem, connection, lists.atFirst(connection)));
    if (scope) {
      const place = { connection, scope };
      const scopeId = `${id}/${scope.account}/${scope.region}`;
      const packs = lists.packs(connection);
      const recalledFrom = packs.isRestored ? packs.readAt : undefined;
      const node: TreeNode = { kind: 'scope', id: scopeId, ...place, open, recalledFrom };
      if (matchesScope(lists.query.filter, scope)) scopes.push(node);
      aggregators.push(...aggregatorNodes(lists, `${scopeId}/aggregators`, place, aggregatorList));
    } else if (!problem) {
      scopes.push({ kind: 'loading', id: `${id}#loading` });
    }
  }
  return [...scopes, ...aggregators].map((node) => (node.kind === 'error' ? { ...node, besideScopes: true } : node));
}

function aggregatorNodes(
  lists: TreeQueryLists,
  id: string,
  place: ConnectionScope,
  list: List<Aggregator>,
): TreeNode[] {
  // An account without aggregators is no news: nothing stands there.
  if (list.isComplete && list.rows.length === 0 && list.errors.length === 0) return [];
  const store = lists.estate.getStore(place.connection);
  const nodes = list.rows.map((aggregator): TreeNode => {
    const [sourcesError] = store.getUnhealthySources(aggregator.name).errors;
    return { kind: 'aggregator', id: `${id}/${aggregator.name}`, ...place, aggregator, sourcesError };
  });
  // A sign-in that has gone is said beside the scope.
  return listNodes({ id, connection: place.connection }, list, nodes).filter(
    (node) => node.kind !== 'error' || !isSignedOut(node.error),
  );
}
