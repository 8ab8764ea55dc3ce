import { matchesScope } from '../../../compliance/filter.ts';
import { resolveAggregators, resolveConnections } from '../../../compliance/queries/lookup.ts';
import { throwOnFailures } from '../../../compliance/queries/readFailures.ts';
import { parseArguments } from '../../shared/commandArguments.ts';
import { isTreeNode, type TreeNode } from '../model/nodes.ts';
import type { PacksTree } from '../packsTree.ts';

/**
 * The node that a command runs on: the node of the menu, or the one that `{ scope: { account, region } }` or
 * `{ aggregator }` names; undefined without arguments. Throws if the tree has no such node.
 */
export async function resolveNode(tree: PacksTree, args: unknown): Promise<TreeNode | undefined> {
  if (isTreeNode(args)) return args;
  const target = parseArguments(args, ['scope', 'aggregator']);
  if (!target) return undefined;
  const { scope, aggregator } = target;
  if ((scope === undefined) === (aggregator === undefined)) throw new Error('Specify either a scope or an aggregator.');
  const stores = tree.model.getStores();
  const { results, failures } = scope
    ? await resolveConnections(stores, scope)
    : await resolveAggregators(stores, aggregator);
  if (results.length === 0) throwOnFailures(failures);
  const node = tree.model
    .getRoots()
    .find((each) =>
      scope
        ? each.kind === 'scope' && matchesScope(scope, each.scope)
        : each.kind === 'aggregator' && each.aggregator.name === aggregator,
    );
  if (!node) {
    throw new Error(
      scope
        ? `No connection shows account ${scope.account} in ${scope.region}.`
        : `No connection shows an aggregator named ${aggregator}.`,
    );
  }
  return node;
}
