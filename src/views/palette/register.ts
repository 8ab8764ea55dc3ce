import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { settings } from '../shared/settings.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import type { Palette } from './palette.ts';

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
