import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { settings } from '../shared/settings.ts';
import { registerScoreBadges } from './item/scoreBadges.ts';
import { restoreFilter, saveFilter } from './filterStorage.ts';
import { TreeModel } from './model/treeModel.ts';
import { PacksTree } from './packsTree.ts';

/** Puts the tree and its commands in place. */
export function registerTree(context: vscode.ExtensionContext, estate: Estate): PacksTree {
  const model = new TreeModel(estate, () => ({
    connections: settings.connections(),
    scoreTarget: settings.scoreTarget(),
  }));
  const tree = new PacksTree(model, estate, (filter) => saveFilter(context.workspaceState, filter));
  tree.show({ filter: restoreFilter(context.workspaceState) });
  const register = (id: string, run: (args?: unknown) => unknown) => vscode.commands.registerCommand(id, run);
  context.subscriptions.push(
    tree,
    registerScoreBadges(),
    register(commandIds.refresh, async (args) => (await commands()).refresh(tree, estate, args)),
    register(commandIds.refreshAll, async () => (await commands()).refresh(tree, estate)),
    register(commandIds.loadMore, async (args) => (await commands()).loadMore(tree, args)),
    register(commandIds.loadAll, async (args) => (await commands()).loadAll(tree, args)),
    register(commandIds.retry, async (args) => (await commands()).retry(tree, estate, args)),
    register(commandIds.filter, async (args) => (await commands()).filter(tree, context.globalState, args)),
    register(commandIds.clearFilter, () => tree.show({ filter: {} })),
    register(commandIds.sort, async (args) => (await commands()).sort(tree, args)),
    register(commandIds.groupBy, async (args) => (await commands()).groupBy(tree, args)),
  );
  return tree;
}

/** The commands' code is loaded when the first of them runs. */
const commands = () => import('./commands/treeCommands.ts');
