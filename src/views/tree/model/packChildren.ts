import { evaluationKey } from '../../../compliance/model.ts';
import { listNodes } from './stateNodes.ts';
import type { PackNode, RuleNode, TreeNode } from './nodes.ts';
import type { TreeQueryLists } from './treeQuery.ts';

/** More lines than this help nobody in a sidebar. */
const maxEvaluations = 500;

/** The rules of a pack, most valuable fix first. */
export function ruleNodes(lists: TreeQueryLists, node: PackNode): TreeNode[] {
  const { id, connection, scope, pack } = node;
  const list = lists.estate.getStore(connection).getRuleList(pack.name);
  const { readAt } = list;
  // What a fix is worth is a share of all that fails: unknown before all of it has been read.
  const failing = list.failingResults.isComplete ? list.failingResults.rows.length : undefined;
  const nodes = list.rows.map(
    (rule): TreeNode => ({
      kind: 'rule',
      id: `${id}/rules/${rule.name}`,
      connection,
      scope,
      pack,
      rule,
      failing,
      readAt,
    }),
  );
  const empty = { text: 'No rules', detail: 'The service knows no rule of this pack.' };
  return listNodes(node, list, nodes, { empty });
}

/** The resources that fail a rule. */
export function evaluationNodes(lists: TreeQueryLists, node: RuleNode): TreeNode[] {
  const { id, connection, scope, pack, rule, readAt } = node;
  const { failingResults } = lists.estate.getStore(connection).getRuleList(pack.name);
  const nodes = rule.failing.slice(0, maxEvaluations).map(
    (evaluation): TreeNode => ({
      kind: 'evaluation',
      id: `${id}/${evaluationKey(evaluation)}`,
      connection,
      scope,
      evaluation,
      readAt,
    }),
  );
  const hidden = rule.failing.length - nodes.length;
  if (hidden > 0) nodes.push({ kind: 'note', id: `${id}#hidden`, text: `${hidden} more`, detail: 'Not shown here' });
  return listNodes(node, failingResults, nodes);
}
