import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import { commandIds } from '../../manifest.ts';
import type { RecentRequests } from '../recentRequests.ts';
import type { PacksTree } from '../tree/packsTree.ts';

/** What tells of the estate outside of the view is loaded when there is first something to tell. */
export function registerStatus(
  context: vscode.ExtensionContext,
  estate: Estate,
  tree: PacksTree,
  requests: RecentRequests,
): void {
  const stop = estate.onDidChange(async (list) => {
    if (!list || list.state === 'loading') return;
    stop();
    (await later()).startStatus(context, estate, tree);
  });
  const register = vscode.commands.registerCommand;
  context.subscriptions.push(
    register(commandIds.copyDiagnostics, async () => (await later()).copyDiagnostics(context, estate, requests)),
    register(commandIds.mutePack, async (given) => (await later()).mutePack(context, estate, tree, given)),
    register(commandIds.unmutePack, async (given) => (await later()).unmutePack(context, tree, given)),
  );
}

const later = () => import('./later.ts');
