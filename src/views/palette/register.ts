import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import { settings } from '../shared/settings.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import type { Palette } from './palette.ts';

/** Each command has the name of its function in `commands.ts`, which is loaded when the first of them runs. */
const commandNames = [
  'openPack',
  'openInConsole',
  'revealInTree',
  'findPack',
  'lowestScores',
  'nonCompliantPacks',
  'failedDeployments',
  'showOrganizationPacks',
  'copyName',
  'copyArn',
  'copyLink',
  'copyMarkdown',
] as const;

interface Dependencies extends Pick<Palette, 'loadConsoleSignIn'> {
  readonly estate: Estate;
  readonly tree: PacksTree;
  readonly panels: Pick<Palette, 'open' | 'getActivePack'>;
}

/** Registers the commands about packs and the handler for links to packs; returns what further pack commands need. */
export function registerPalette(
  context: vscode.ExtensionContext,
  { estate, tree, panels, loadConsoleSignIn }: Dependencies,
): Palette {
  const palette: Palette = {
    estate,
    ...panels,
    loadConsoleSignIn,
    reveal: (connection, name) => tree.reveal(connection, name),
    getStores: () => estate.getStores(settings.connections()),
    getScoreTarget: settings.scoreTarget,
  };
  context.subscriptions.push(
    ...commandNames.map((name) =>
      registerCommand(commandIds[name], async (args, selection) =>
        (await import('./commands.ts'))[name](palette, args, selection),
      ),
    ),
    vscode.window.registerUriHandler({
      handleUri: async (uri) => (await import('./openLink.ts')).openLink(palette, uri),
    }),
  );
  return palette;
}
