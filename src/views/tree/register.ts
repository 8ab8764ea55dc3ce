import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import { commandIds } from '../../manifest.ts';
import { settings } from '../settings.ts';
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
    register(commandIds.filter, async (given) => (await asking()).filter(tree, given)),
    register(commandIds.clearFilter, () => tree.show({ filter: {} })),
    register(commandIds.sort, async (given) => (await asking()).sort(tree, given)),
    register(commandIds.groupBy, async (given) => (await asking()).groupBy(tree, given)),
    register(commandIds.copyName, async (node) => (await asking()).copyName(tree, node)),
    register(commandIds.copyArn, async (node) => (await asking()).copyArn(tree, node)),
  );
  return tree;
}

/** Commands that ask something are loaded when the first of them runs. */
const asking = () => import('./commands/asking.ts');
