import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { settings } from '../shared/settings.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import type { Palette } from './palette.ts';

/** Puts the commands about packs and links to packs in place, and gives what they work with; their code is loaded with the first of them. */
export function registerPalette(
  context: vscode.ExtensionContext,
  estate: Estate,
  tree: PacksTree,
  open: Palette['open'],
): Palette {
  const palette: Palette = {
    estate,
    open,
    reveal: (connection, name) => tree.reveal(connection, name),
    stores: () => estate.stores(settings.connections()),
    scoreTarget: settings.scoreTarget,
  };
  const register = (id: string, name: keyof typeof import('./commands.ts')) =>
    vscode.commands.registerCommand(id, async (args) => (await import('./commands.ts'))[name](palette, args));
  context.subscriptions.push(
    register(commandIds.openPack, 'openPack'),
    register(commandIds.openInConsole, 'openInConsole'),
    register(commandIds.findPack, 'findPack'),
    register(commandIds.lowestScores, 'lowestScores'),
    register(commandIds.nonCompliantPacks, 'nonCompliantPacks'),
    register(commandIds.failedDeployments, 'failedDeployments'),
    register(commandIds.copyName, 'copyName'),
    register(commandIds.copyArn, 'copyArn'),
    register(commandIds.copyLink, 'copyLink'),
    vscode.window.registerUriHandler({
      handleUri: async (uri) => (await import('./openLink.ts')).openLink(palette, uri),
    }),
  );
  return palette;
}
