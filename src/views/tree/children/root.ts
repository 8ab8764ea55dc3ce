import { isSignedOut } from '../../../compliance/errors.ts';
import { matchesScope } from '../../../compliance/filter.ts';
import type { Aggregator } from '../../../compliance/model.ts';
import type { List } from '../../../compliance/pagedList.ts';
import { connectionKey } from '../../../compliance/source.ts';
import type { TreeLists } from '../lists.ts';
import type { Place, TreeNode } from '../nodes.ts';
import { errorNode, listNodes } from './listNodes.ts';

/** The scopes, one per connection, and after them the aggregators that each can read. */
export function rootNodes(lists: TreeLists): TreeNode[] {
  const { connections } = lists.settings;
  const open = lists.opensScopes;
  const scopes: TreeNode[] = [];
  const aggregators: TreeNode[] = [];
  for (const connection of connections) {
    const id = connectionKey(connection);
    const known = lists.estate.of(connection);
    const { scope: scopeList, aggregators: aggregatorList, signedOut } = known;
    const [scope] = scopeList.rows;
    const [error] = scopeList.errors;
    if (scope) {
      const place = { connection, scope };
      const scopeId = `${id}/${scope.account}/${scope.region}`;
      if (matchesScope(lists.query.filter, scope)) scopes.push({ kind: 'scope', id: scopeId, ...place, open });
      if (signedOut) scopes.push(errorNode(id, signedOut, connection, [...known.all()]));
      aggregators.push(...aggregatorNodes(`${scopeId}/aggregators`, place, aggregatorList));
    } else {
      scopes.push(
        error ? errorNode(id, error, connection, lists.atFirst(connection)) : { kind: 'loading', id: `${id}#loading` },
      );
    }
  }
  return [...scopes, ...aggregators];
}

function aggregatorNodes(id: string, place: Place, list: List<Aggregator>): TreeNode[] {
  // An account without aggregators is no news: nothing stands there.
  if (list.complete && list.rows.length === 0 && list.errors.length === 0) return [];
  const nodes = list.rows.map(
    (aggregator): TreeNode => ({ kind: 'aggregator', id: `${id}/${aggregator.name}`, ...place, aggregator }),
  );
  // A sign-in that has gone is said beside the scope.
  return listNodes({ id, connection: place.connection }, list, nodes).filter(
    (node) => node.kind !== 'error' || !isSignedOut(node.error),
  );
}
