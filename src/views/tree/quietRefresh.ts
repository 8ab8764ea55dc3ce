import * as vscode from 'vscode';
import { settings } from '../settings.ts';
import type { PacksTree } from './packsTree.ts';

/** Refreshes every so many minutes, but only while somebody may be looking. */
export function registerQuietRefresh(tree: PacksTree): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    clearInterval(timer);
    const minutes = settings.refreshMinutes();
    if (minutes > 0) timer = setInterval(refresh, minutes * 60_000);
  };
  const refresh = () => {
    if (tree.visible && vscode.window.state.focused) tree.refresh();
  };
  start();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration(
      (change) => change.affectsConfiguration('packscope.refreshMinutes') && start(),
    ),
    { dispose: () => clearInterval(timer) },
  );
}
