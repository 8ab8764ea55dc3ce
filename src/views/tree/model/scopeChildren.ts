import { isFiltered, matchesPack } from '../../../compliance/filter.ts';
import { listNodes } from './stateNodes.ts';
import type { ScopeNode, TreeNode } from './nodes.ts';
import type { TreeQueryLists } from './treeQuery.ts';

/** The packs of a scope. */
export function packNodes(lists: TreeQueryLists, node: ScopeNode): TreeNode[] {
  const { id, connection, scope } = node;
  const list = lists.packs(connection);
  const { filter } = lists.query;
  const target = lists.settings.scoreTarget;
  const { readAt } = list;
  const nodes = list.rows
    .filter((pack) => matchesPack(filter, pack))
    .map(
      (pack): TreeNode => ({ kind: 'pack', id: `${id}/packs/${pack.name}`, connection, scope, pack, readAt, target }),
    );
  const empty = { text: 'No conformance packs', detail: 'None is deployed in this account and region.' };
  return listNodes(node, list, nodes, { filtered: isFiltered(filter), empty });
}
