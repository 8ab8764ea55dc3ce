import * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import type { RequestHistory } from '../diagnostics/requestHistory.ts';
import type { Palette } from '../palette/palette.ts';
import type { PacksTree } from '../tree/packsTree.ts';

/** What tells of the estate outside of the view is loaded when there is first something to tell. */
export function registerStatus(
  context: vscode.ExtensionContext,
  palette: Palette,
  tree: PacksTree,
  requests: RequestHistory,
): void {
  const { estate } = palette;
  const stop = estate.onDidChange(async (list) => {
    if (!list || list.state === 'loading') return;
    stop();
    (await later()).startStatus(context, estate, tree);
  });
  const register = vscode.commands.registerCommand;
  context.subscriptions.push(
    register(commandIds.copyDiagnostics, async () => (await later()).copyDiagnostics(context, estate, requests)),
    register(commandIds.mutePack, async (args) => (await later()).mutePack(context, palette, tree, args)),
    register(commandIds.unmutePack, async (args) => (await later()).unmutePack(context, tree, args)),
  );
}

const later = () => import('./later.ts');
