import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import { commandIds } from '../../manifest.ts';
import { settings } from '../settings.ts';
import { keepFilter, keptFilter } from './keptFilter.ts';
import { PacksTree } from './packsTree.ts';
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
    register(commandIds.refresh, async (given) => (await commands()).refresh(tree, estate, given)),
    register(commandIds.refreshAll, async () => (await commands()).refresh(tree, estate)),
    register(commandIds.loadMore, async (given) => (await commands()).loadMore(tree, given)),
    register(commandIds.loadAll, async (given) => (await commands()).loadAll(tree, given)),
    register(commandIds.retry, async (given) => (await commands()).retry(tree, estate, given)),
    register(commandIds.filter, async (given) => (await commands()).filter(tree, context.globalState, given)),
    register(commandIds.clearFilter, () => tree.show({ filter: {} })),
    register(commandIds.sort, async (given) => (await commands()).sort(tree, given)),
    register(commandIds.groupBy, async (given) => (await commands()).groupBy(tree, given)),
  );
  return tree;
}

/** The commands' code is loaded when the first of them runs. */
const commands = () => import('./commands/index.ts');
