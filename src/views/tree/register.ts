import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds, settingsSection } from '../../manifest.ts';
import type { MutedPacks } from '../notifications/mutedPacks.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';
import { settings } from '../shared/settings.ts';
import { restoreFilter, saveFilter } from './currentFilter.ts';
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
  const commandContext = { tree, estate, globalState: context.globalState };
  const register = (id: string, name: keyof typeof import('./commands/treeCommands.ts')) =>
    vscode.commands.registerCommand(id, async (args) =>
      (await import('./commands/treeCommands.ts'))[name](commandContext, args),
    );
  context.subscriptions.push(
    tree,
    register(commandIds.refresh, 'refresh'),
    register(commandIds.refreshAll, 'refreshAll'),
    register(commandIds.loadMore, 'loadMore'),
    register(commandIds.loadAll, 'loadAll'),
    register(commandIds.retry, 'retry'),
    register(commandIds.filter, 'filter'),
    register(commandIds.sort, 'sort'),
    register(commandIds.groupBy, 'groupBy'),
    vscode.commands.registerCommand(commandIds.clearFilter, () => tree.updateQuery({ filter: {} })),
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
