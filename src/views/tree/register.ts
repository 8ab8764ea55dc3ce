import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import { commandIds } from '../../manifest.ts';
import { settings } from '../settings.ts';
import type { TreeNode } from './nodes.ts';
import { PacksTree } from './packsTree.ts';
import { registerQuietRefresh } from './quietRefresh.ts';
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
    registerQuietRefresh(tree),
    register(commandIds.refresh, (node) => tree.refresh(node)),
    register(commandIds.refreshAll, () => tree.refresh()),
    register(commandIds.loadMore, async (node) => (await commands()).loadMore(tree, node)),
    register(commandIds.loadAll, async (node) => (await commands()).loadAll(tree, node)),
    register(commandIds.retry, async (node) => (await commands()).retry(node)),
    register(commandIds.filter, async (given) => (await commands()).filter(tree, given)),
    register(commandIds.clearFilter, () => tree.show({ filter: {} })),
    register(commandIds.sort, async (given) => (await commands()).sort(tree, given)),
    register(commandIds.groupBy, async (given) => (await commands()).groupBy(tree, given)),
    register(commandIds.copyName, async (node) => (await commands()).copyName(tree, node)),
    register(commandIds.copyArn, async (node) => (await commands()).copyArn(tree, node)),
  );
  return tree;
}

/** The commands' code is loaded when the first of them runs. */
const commands = () => import('./commands/index.ts');
