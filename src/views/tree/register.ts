import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import { commandIds } from '../../manifest.ts';
import { settings } from '../settings.ts';
import { keepFilter, keptFilter } from './keptFilter.ts';
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
  const tree = new PacksTree(model, estate, (filter) => keepFilter(context.workspaceState, filter));
  tree.show({ filter: keptFilter(context.workspaceState) });
  const register = (id: string, run: (given?: unknown) => unknown) => vscode.commands.registerCommand(id, run);
  context.subscriptions.push(
    tree,
    registerScoreBadges(),
    registerQuietRefresh(tree),
    register(commandIds.refresh, async (given) => (await asking()).refresh(tree, given)),
    register(commandIds.refreshAll, () => tree.refresh()),
    register(commandIds.loadMore, async (given) => (await asking()).loadMore(tree, given)),
    register(commandIds.loadAll, async (given) => (await asking()).loadAll(tree, given)),
    register(commandIds.retry, async (given) => (await asking()).retry(tree, given)),
    register(commandIds.filter, async (given) => (await asking()).filter(tree, context.globalState, given)),
    register(commandIds.clearFilter, () => tree.show({ filter: {} })),
    register(commandIds.sort, async (given) => (await asking()).sort(tree, given)),
    register(commandIds.groupBy, async (given) => (await asking()).groupBy(tree, given)),
  );
  return tree;
}

/** Commands are loaded when the first of them runs. */
const asking = () => import('./commands/asking.ts');
