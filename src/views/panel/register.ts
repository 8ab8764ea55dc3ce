import * as vscode from 'vscode';
import { packUrl } from '../../compliance/console.ts';
import type { Estate } from '../../compliance/estate.ts';
import { commandIds, panelTypes } from '../../manifest.ts';
import { ScoreHistory } from '../scoreHistory.ts';
import { settings } from '../settings.ts';
import type { PacksTree } from '../tree/packsTree.ts';
import type { PackPanels } from './packPanels.ts';

/** Puts `Open Pack` in place, and panels back after a reload. The panels' code is loaded with the first of them. */
export function registerPanels(context: vscode.ExtensionContext, estate: Estate, tree: PacksTree): void {
  const history = new ScoreHistory(context.globalState, estate, settings.connections);
  let loaded: Promise<PackPanels> | undefined;
  const panels = () => {
    loaded ??= import('./packPanels.ts').then(
      ({ PackPanels }) => new PackPanels(context.extensionUri, estate, history),
    );
    return loaded;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand(commandIds.openPack, async (given) => {
      const pack = await (await choosing()).choosePack('Open Pack', estate, given);
      if (pack && 'row' in pack) (await panels()).openAggregated(pack);
      else if (pack) (await panels()).open(pack);
    }),
    vscode.commands.registerCommand(commandIds.findPack, async (given) => {
      const pack = await (await choosing()).choosePack('Find Conformance Pack', estate, given);
      if (pack && 'scope' in pack) await tree.reveal(pack.connection, pack.name);
    }),
    vscode.commands.registerCommand(commandIds.openInConsole, async (given) => {
      const pack = await (await choosing()).choosePack('Open in Console', estate, given);
      const url = pack && 'scope' in pack ? packUrl(pack.scope, pack.name) : undefined;
      if (url) await vscode.env.openExternal(vscode.Uri.parse(url));
      else if (pack)
        void vscode.window.showInformationMessage(
          'This pack is in an account or a partition whose console cannot be opened from here.',
        );
    }),
    vscode.window.registerWebviewPanelSerializer(panelTypes.pack, {
      deserializeWebviewPanel: async (panel, state) => (await panels()).restore(panel, state),
    }),
  );
}

const choosing = () => import('./choosePack.ts');
