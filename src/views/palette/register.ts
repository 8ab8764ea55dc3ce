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
  'previewPack',
  'openInConsole',
  'findPack',
  'lowestScores',
  'nonCompliantPacks',
  'failedDeployments',
  'showOrganizationPacks',
  'copyName',
  'copyArn',
  'copyLink',
] as const;

interface Dependencies {
  readonly estate: Estate;
  readonly tree: PacksTree;
  readonly openPanel: Palette['open'];
}

/** Registers the commands about packs and the handler for links to packs; returns what further pack commands need. */
export function registerPalette(context: vscode.ExtensionContext, { estate, tree, openPanel }: Dependencies): Palette {
  const palette: Palette = {
    estate,
    open: openPanel,
    reveal: (connection, name) => tree.reveal(connection, name),
    getStores: () => estate.getStores(settings.connections()),
    getScoreTarget: settings.scoreTarget,
  };
  context.subscriptions.push(
    ...commandNames.map((name) =>
      registerCommand(commandIds[name], async (args) => (await import('./commands.ts'))[name](palette, args)),
    ),
    vscode.window.registerUriHandler({
      handleUri: async (uri) => (await import('./openLink.ts')).openLink(palette, uri),
    }),
  );
  return palette;
}
