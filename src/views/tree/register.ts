import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds, settingsSection } from '../../manifest.ts';
import type { MutedPacks } from '../notifications/mutedPacks.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';
import { settings } from '../shared/settings.ts';
import { restoreFilter, saveFilter } from './filterStorage.ts';
import { registerScoreBadges } from './item/scoreBadges.ts';
import { TreeModel } from './model/treeModel.ts';
import { PacksTree } from './packsTree.ts';

interface Dependencies {
  readonly estate: Estate;
  readonly mutedPacks: MutedPacks;
}

/** Registers the view in the sidebar and its commands. */
export function registerTree(context: vscode.ExtensionContext, { estate, mutedPacks }: Dependencies): PacksTree {
  const model = new TreeModel(estate, () => ({
    connections: settings.connections(),
    scoreTarget: settings.scoreTarget(),
  }));
  const tree = new PacksTree(model, {
    estate,
    mutedPacks,
    saveFilter: (filter) => saveFilter(context.workspaceState, filter),
  });
  tree.updateQuery({ filter: restoreFilter(context.workspaceState) });
  const register = (id: string, run: (args?: unknown) => unknown) => vscode.commands.registerCommand(id, run);
  context.subscriptions.push(
    tree,
    register(commandIds.refresh, async (args) => (await loadCommands()).refresh(tree, estate, args)),
    register(commandIds.refreshAll, async () => (await loadCommands()).refresh(tree, estate)),
    register(commandIds.loadMore, async (args) => (await loadCommands()).loadMore(tree, args)),
    register(commandIds.loadAll, async (args) => (await loadCommands()).loadAll(tree, args)),
    register(commandIds.retry, async (args) => (await loadCommands()).retry(tree, estate, args)),
    register(commandIds.filter, async (args) => (await loadCommands()).filter(tree, context.globalState, args)),
    register(commandIds.clearFilter, () => tree.updateQuery({ filter: {} })),
    register(commandIds.sort, async (args) => (await loadCommands()).sort(tree, args)),
    register(commandIds.groupBy, async (args) => (await loadCommands()).groupBy(tree, args)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // Only this setting changes what has to be read; the others change how it is shown.
      if (change.affectsConfiguration(`${settingsSection}.aggregators`)) tree.refresh();
      else if (change.affectsConfiguration(settingsSection)) tree.updateQuery({});
    }),
  );
  registerScoreBadges(context);
  onFirstChange(
    estate,
    () => true,
    async () => (await import('./autoRefresh.ts')).registerAutoRefresh(context, { estate, tree }),
  );
  return tree;
}

const loadCommands = () => import('./commands/treeCommands.ts');
