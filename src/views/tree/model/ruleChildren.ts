import { isDenial, isSignedOut } from '../../../compliance/errors.ts';
import { getEvaluationKey } from '../../../compliance/model.ts';
import { getResourceKey } from '../../../compliance/resourceModel.ts';
import type { ChildLists } from './childLists.ts';
import type { RuleNode, TreeNode } from './nodes.ts';
import { addStateNodes, createErrorNode } from './stateNodes.ts';

/** More rows than this are of no use in a sidebar. */
const maxEvaluations = 500;

/** The resources that fail a rule. */
export function getRuleChildren(lists: ChildLists, node: RuleNode): TreeNode[] {
  const { id, connection, scope, pack, rule, readAt } = node;
  const store = lists.estate.getStore(connection);
  const { failingResults } = store.getRuleList(pack.name);
  const exceptions = store.getExceptions(rule.name);
  const byResource = new Map(exceptions.rows.map((exception) => [getResourceKey(exception), exception]));
  const [exceptionsError] = exceptions.errors;
  const evaluations = rule.failing.slice(0, maxEvaluations).map(
    (evaluation): TreeNode => ({
      kind: 'evaluation',
      id: `${id}/${getEvaluationKey(evaluation)}`,
      connection,
      scope,
      evaluation,
      exception: byResource.get(getResourceKey(evaluation)),
      exceptionsError,
      readAt,
    }),
  );
  const hidden = rule.failing.length - evaluations.length;
  if (hidden > 0) {
    evaluations.push({ kind: 'note', id: `${id}#hidden`, text: `${hidden} more`, detail: 'Not shown here' });
  }
  // A denial costs only the exceptions, which the tooltips say. Anything else can be retried.
  if (exceptionsError && !isDenial(exceptionsError) && !isSignedOut(exceptionsError))
    evaluations.push(createErrorNode(`${id}#exceptions`, exceptionsError, connection, [exceptions]));
  return addStateNodes(node, failingResults, evaluations);
}
