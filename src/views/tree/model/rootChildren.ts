import { isSignedOut } from '../../../compliance/errors.ts';
import { matchesScope } from '../../../compliance/filter.ts';
import { getConnectionKey } from '../../../compliance/source.ts';
import type { ConnectionStore } from '../../../compliance/store/connectionStore.ts';
import type { ChildLists } from './childLists.ts';
import type { ScopeNode, TreeNode } from './nodes.ts';
import { addStateNodes, createErrorNode } from './stateNodes.ts';

/** One scope per connection, followed by every connection's aggregators. */
export function getRootChildren(lists: ChildLists): TreeNode[] {
  const { connections, scoreTarget } = lists.getSettings();
  const { filter } = lists.query;
  const isInitiallyExpanded = lists.shouldExpandScopes();
  const scopes: TreeNode[] = [];
  const aggregators: TreeNode[] = [];
  for (const connection of connections) {
    const id = getConnectionKey(connection);
    const store = lists.estate.getStore(connection);
    const [scope] = store.identity.rows;
    // A signed-out connection shows one error, not one per list.
    const error = store.identity.errors[0] ?? store.findSignedOutError();
    if (error) {
      // The error may be that of a list which an earlier filter or order has loaded.
      const signedOut = [...store.lists()].filter(({ errors }) => errors.some(isSignedOut));
      scopes.push(createErrorNode(id, error, connection, [...lists.getInitialLists(connection), ...signedOut]));
    }
    if (scope) {
      const packs = lists.getPackList(connection);
      const node: ScopeNode = {
        kind: 'scope',
        id: `${id}/${scope.account}/${scope.region}`,
        connection,
        scope,
        store,
        scoreTarget,
        isInitiallyExpanded,
        restoredReadAt: packs.isRestored ? packs.readAt : undefined,
      };
      if (matchesScope(filter, scope)) scopes.push(node);
      aggregators.push(...getAggregators(store, node));
    } else if (!error) {
      scopes.push({ kind: 'loading', id: `${id}#loading`, connection });
    }
  }
  return [...scopes, ...aggregators].map((node) => (node.kind === 'error' ? { ...node, isTopLevel: true } : node));
}

function getAggregators(store: ConnectionStore, { id: scopeId, connection, scope }: ScopeNode): TreeNode[] {
  const list = store.aggregators;
  // Most accounts have no aggregators: show nothing, not a note.
  if (list.isComplete && list.rows.length === 0 && list.errors.length === 0) return [];
  const id = `${scopeId}/aggregators`;
  const nodes = list.rows.map((aggregator): TreeNode => {
    const [sourcesError] = store.getUnhealthySources(aggregator.name).errors;
    return { kind: 'aggregator', id: `${id}/${aggregator.name}`, connection, scope, aggregator, sourcesError };
  });
  // The error beside the scope already says that the connection is signed out.
  return addStateNodes({ id, connection }, list, nodes).filter(
    (node) => node.kind !== 'error' || !isSignedOut(node.error),
  );
}
