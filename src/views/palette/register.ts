import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import type { HistoryAccess } from '../history/register.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import { settings } from '../shared/settings.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import type { PackCommandContext } from './packCommandContext.ts';

/** Each command has the name of its function in `commands.ts`, which is loaded when the first of them runs. */
const commandNames = [
  'openPack',
  'previewPack',
  'openInConsole',
  'revealInTree',
  'findPack',
  'lowestScores',
  'nonCompliantPacks',
  'failedDeployments',
  'showOrganizationPacks',
  'showChanges',
  'copyName',
  'copyArn',
  'copyLink',
  'copyMarkdown',
] as const;

interface Dependencies extends Pick<PackCommandContext, 'loadConsoleSignIn'> {
  readonly estate: Estate;
  readonly tree: PacksTree;
  readonly panels: Pick<PackCommandContext, 'open' | 'getActivePack'>;
  readonly history: HistoryAccess;
}

/** Registers the commands about packs and the handler for links to packs; returns what further pack commands need. */
export function registerPalette(
  context: vscode.ExtensionContext,
  { estate, tree, panels, history, loadConsoleSignIn }: Dependencies,
): PackCommandContext {
  const commandContext: PackCommandContext = {
    estate,
    ...panels,
    loadConsoleSignIn,
    reveal: (connection, name) => tree.reveal(connection, name),
    getStores: () => estate.getStores(settings.connections()),
    getScoreTarget: settings.scoreTarget,
    loadHistory: history.load,
  };
  context.subscriptions.push(
    ...commandNames.map((name) =>
      registerCommand(commandIds[name], async (args, selection) =>
        (await import('./commands.ts'))[name](commandContext, args, selection),
      ),
    ),
    vscode.window.registerUriHandler({
      handleUri: async (uri) => (await import('./openLink.ts')).openLink(commandContext, uri),
    }),
  );
  return commandContext;
}
