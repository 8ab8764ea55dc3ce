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
  const open = connections.length === 1;
  const scopes: TreeNode[] = [];
  const aggregators: TreeNode[] = [];
  for (const connection of connections) {
    const id = connectionKey(connection);
    const scopeList = lists.estate.scope(connection);
    const aggregatorList = lists.estate.aggregators(connection);
    const asked = [scopeList, aggregatorList, ...(open ? [lists.packs(connection)] : [])];
    // All that the first sight needs is asked at the same time, not one after the other.
    for (const list of asked) list.ensure();
    const [scope] = scopeList.rows;
    const [error] = scopeList.errors;
    if (scope) {
      const place = { connection, scope };
      const scopeId = `${id}/${scope.account}/${scope.region}`;
      if (matchesScope(lists.query.filter, scope)) scopes.push({ kind: 'scope', id: scopeId, ...place, open });
      aggregators.push(...aggregatorNodes(`${scopeId}/aggregators`, place, aggregatorList));
    } else {
      scopes.push(error ? errorNode(id, error, asked) : { kind: 'loading', id: `${id}/loading` });
    }
  }
  return [...scopes, ...aggregators];
}

function aggregatorNodes(id: string, place: Place, list: List<Aggregator>): TreeNode[] {
  // An account without aggregators is no news: nothing stands there.
  if (list.complete && list.rows.length === 0) return [];
  const nodes = list.rows.map(
    (aggregator): TreeNode => ({ kind: 'aggregator', id: `${id}/${aggregator.name}`, ...place, aggregator }),
  );
  return listNodes(id, list, nodes);
}
