import type { ChildLists } from './childLists.ts';
import type { PackNode, TreeNode } from './nodes.ts';
import { addStateNodes } from './stateNodes.ts';

/** The rules of a pack, largest estimated gain first. */
export function getPackChildren(lists: ChildLists, node: PackNode): TreeNode[] {
  const { id, connection, scope, pack } = node;
  const list = lists.estate.getStore(connection).getRuleList(pack.name);
  const { readAt, failingResults } = list;
  // A rule's estimated gain is its share of all failing results: unknown until every page has been read.
  const totalFailures = failingResults.isComplete ? failingResults.rows.length : undefined;
  const rules = list.rows.map(
    (rule): TreeNode => ({
      kind: 'rule',
      id: `${id}/rules/${rule.name}`,
      connection,
      scope,
      pack,
      rule,
      totalFailures,
      readAt,
    }),
  );
  const emptyNote = { text: 'No rules', detail: 'AWS Config reports no rules for this pack' };
  return addStateNodes(node, list, rules, { emptyNote });
}
