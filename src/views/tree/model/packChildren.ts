import { getEvaluationKey } from '../../../compliance/model.ts';
import type { ChildLists } from './childLists.ts';
import type { PackNode, RuleNode, TreeNode } from './nodes.ts';
import { addStateNodes } from './stateNodes.ts';

/** More rows than this are of no use in a sidebar. */
const maxEvaluations = 500;

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

/** The resources that fail a rule. */
export function getRuleChildren(lists: ChildLists, node: RuleNode): TreeNode[] {
  const { id, connection, scope, pack, rule, readAt } = node;
  const { failingResults } = lists.estate.getStore(connection).getRuleList(pack.name);
  const evaluations = rule.failing.slice(0, maxEvaluations).map(
    (evaluation): TreeNode => ({
      kind: 'evaluation',
      id: `${id}/${getEvaluationKey(evaluation)}`,
      connection,
      scope,
      pack,
      evaluation,
      readAt,
    }),
  );
  const hidden = rule.failing.length - evaluations.length;
  if (hidden > 0) {
    evaluations.push({ kind: 'note', id: `${id}#hidden`, text: `${hidden} more`, detail: 'Not shown here' });
  }
  return addStateNodes(node, failingResults, evaluations);
}
