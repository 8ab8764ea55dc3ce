import { matchesScope } from '../../../compliance/filter.ts';
import { resolveAggregators, resolveConnections } from '../../../compliance/queries/lookup.ts';
import { throwOnFailures } from '../../../compliance/queries/unread.ts';
import { formatScope } from '../../../compliance/text/format.ts';
import { parseArguments } from '../../shared/commandArguments.ts';
import { isTreeNode, type TreeNode } from '../model/nodes.ts';
import type { PacksTree } from '../packsTree.ts';

/**
 * The node that a command is about: the one that a menu gave, or that of `{ scope: { account, region } }` or
 * `{ aggregator }`; undefined where nothing is given. Throws where the tree has no such node.
 */
export async function resolveNode(tree: PacksTree, args: unknown): Promise<TreeNode | undefined> {
  if (isTreeNode(args)) return args;
  const asked = parseArguments(args, ['scope', 'aggregator']);
  if (!asked) return undefined;
  const { scope, aggregator } = asked;
  if ((scope === undefined) === (aggregator === undefined)) throw new Error('Give either a scope or an aggregator.');
  const { stores } = tree.model;
  const { results, failures } = scope
    ? await resolveConnections(stores, scope)
    : await resolveAggregators(stores, aggregator);
  if (results.length === 0) throwOnFailures(failures);
  const node = tree.model
    .roots()
    .find((each) =>
      scope
        ? each.kind === 'scope' && matchesScope(scope, each.scope)
        : each.kind === 'aggregator' && each.aggregator.name === aggregator,
    );
  if (!node) throw new Error(`The tree has no ${scope ? formatScope(scope) : `aggregator ${aggregator}`}.`);
  return node;
}
