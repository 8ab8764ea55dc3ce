import { isFiltered, matchesPack } from '../../../compliance/filter.ts';
import type { ChildLists } from './childLists.ts';
import type { ScopeNode, TreeNode } from './nodes.ts';
import { addStateNodes } from './stateNodes.ts';

/** The packs of a scope. */
export function getScopeChildren(lists: ChildLists, node: ScopeNode): TreeNode[] {
  const { id, connection, scope } = node;
  const { filter } = lists.query;
  const { scoreTarget, getScoreChange } = lists.getSettings();
  const list = lists.getPackList(connection);
  const { readAt } = list;
  const matching = list.rows.filter((pack) => matchesPack(filter, pack));
  const siblings = [...list.rows, ...lists.estate.getStore(connection).getLoadedPacks()].map(({ name }) => name);
  const packs = matching.map(
    (pack): TreeNode => ({
      kind: 'pack',
      id: `${id}/packs/${pack.name}`,
      connection,
      scope,
      pack,
      siblings,
      readAt,
      scoreTarget,
      scoreChange: getScoreChange?.(scope, pack),
    }),
  );
  const emptyNote = { text: 'No conformance packs', detail: 'None are deployed in this account and region' };
  return addStateNodes(node, list, packs, { isFiltered: isFiltered(filter), emptyNote });
}
