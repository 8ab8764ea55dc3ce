import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds, getSettingId, settingsSection } from '../../manifest.ts';
import type { HistoryAccess } from '../history/register.ts';
import type { MutedPacks } from '../notifications/mutedPacks.ts';
import type { Panels } from '../panel/register.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import { settings } from '../shared/settings.ts';
import { restoreFilter, saveFilter } from './lastFilter.ts';
import { TreeModel } from './model/treeModel.ts';
import { PacksTree } from './packsTree.ts';

/** Each command has the name of its function in `treeCommands.ts`, which is loaded when the first of them runs. */
const commandNames = ['refresh', 'refreshAll', 'loadMore', 'loadAll', 'retry', 'filter', 'sort', 'groupBy'] as const;

interface Dependencies {
  readonly estate: Estate;
  readonly mutedPacks: MutedPacks;
  readonly history: HistoryAccess;
  readonly panels: Panels;
}

/** Registers the view in the sidebar and its commands. */
export function registerTree(
  context: vscode.ExtensionContext,
  { estate, mutedPacks, history, panels }: Dependencies,
): PacksTree {
  const model = new TreeModel(estate, () => ({
    connections: settings.connections(),
    scoreTarget: settings.scoreTarget(),
    accountNames: settings.accountNames(),
    getScoreChange: history.getScoreChange,
    getRowChange: history.getRowChange,
  }));
  const tree = new PacksTree(model, {
    estate,
    mutedPacks,
    saveFilter: (filter) => saveFilter(context.workspaceState, filter),
  });
  void restoreFilter(context.workspaceState).then((filter) => tree.updateQuery({ filter }));
  const commandContext = { tree, estate, panels, globalState: context.globalState };
  context.subscriptions.push(
    tree,
    ...commandNames.map((name) =>
      registerCommand(commandIds[name], async (args) =>
        (await import('./commands/treeCommands.ts'))[name](commandContext, args),
      ),
    ),
    history.onDidLoad(() => tree.updateQuery({})),
    registerCommand(commandIds.clearFilter, () => tree.updateQuery({ filter: {} })),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // Only this setting changes what has to be read; the others change how it is shown.
      if (change.affectsConfiguration(getSettingId('aggregators'))) tree.refresh();
      else if (change.affectsConfiguration(settingsSection)) tree.updateQuery({});
    }),
  );
  onFirstChange(
    estate,
    () => true,
    async () => (await import('./treeFeatures.ts')).startTreeFeatures(context, { estate, tree }),
  );
  return tree;
}
