import { matchesScope } from '../../../compliance/filter.ts';
import { aggregatorsOf, ownedAt } from '../../../compliance/lookup.ts';
import { refuseUnread } from '../../../compliance/unread.ts';
import { placeOf } from '../../../compliance/words.ts';
import { isNode, parseGiven } from '../../given.ts';
import type { TreeNode } from '../nodes.ts';
import type { PacksTree } from '../packsTree.ts';

/**
 * The node that a command is about: the one that a menu gave, or that of `{ scope: { account, region } }` or
 * `{ aggregator }`; undefined where nothing is given. Throws where the tree has no such node.
 */
export async function nodeGiven(tree: PacksTree, given: unknown): Promise<TreeNode | undefined> {
  if (isNode(given)) return given;
  const asked = parseGiven(given, ['scope', 'aggregator']);
  if (!asked) return undefined;
  const { scope, aggregator } = asked;
  if ((scope === undefined) === (aggregator === undefined)) throw new Error('Give either a scope or an aggregator.');
  const { connections } = tree.model;
  const { found, unread } = scope ? await ownedAt(connections, scope) : await aggregatorsOf(connections, aggregator);
  if (found.length === 0) refuseUnread(unread);
  const node = tree.model
    .roots()
    .find((each) =>
      scope
        ? each.kind === 'scope' && matchesScope(scope, each.scope)
        : each.kind === 'aggregator' && each.aggregator.name === aggregator,
    );
  if (!node) throw new Error(`The tree has no ${scope ? placeOf(scope) : `aggregator ${aggregator}`}.`);
  return node;
}
