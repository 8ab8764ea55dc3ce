import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import { commandIds } from '../../manifest.ts';
import { settings } from '../settings.ts';
import { groupBy, sort } from './commands/arrange.ts';
import { copyArn, copyName } from './commands/copy.ts';
import { filter } from './commands/filter.ts';
import { loadAll, loadMore, retry } from './commands/loading.ts';
import type { TreeNode } from './nodes.ts';
import { PacksTree } from './packsTree.ts';
import { registerScoreBadges } from './scoreBadges.ts';
import { TreeModel } from './treeModel.ts';

/** Puts the tree and its commands in place. */
export function registerTree(context: vscode.ExtensionContext, estate: Estate): PacksTree {
  const model = new TreeModel(estate, () => ({
    connections: settings.connections(),
    scoreTarget: settings.scoreTarget(),
  }));
  const tree = new PacksTree(model, estate);
  const register = (id: string, run: (node?: TreeNode) => unknown) => vscode.commands.registerCommand(id, run);
  context.subscriptions.push(
    tree,
    registerScoreBadges(),
    register(commandIds.refresh, (node) => tree.refresh(node)),
    register(commandIds.refreshAll, () => tree.refresh()),
    register(commandIds.loadMore, (node) => loadMore(tree, node)),
    register(commandIds.loadAll, (node) => loadAll(tree, node)),
    register(commandIds.retry, (node) => retry(node)),
    register(commandIds.filter, (given) => filter(tree, given)),
    register(commandIds.clearFilter, () => tree.show({ filter: {} })),
    register(commandIds.sort, (given) => sort(tree, given)),
    register(commandIds.groupBy, (given) => groupBy(tree, given)),
    register(commandIds.copyName, (node) => copyName(tree, node)),
    register(commandIds.copyArn, (node) => copyArn(tree, node)),
  );
  return tree;
}
