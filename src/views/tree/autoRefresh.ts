import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { settings } from '../shared/settings.ts';
import type { PacksTree } from './packsTree.ts';
import { RefreshTimer } from './refreshTimer.ts';

/** Refreshes every so many minutes, but only while somebody may be looking. */
export function registerAutoRefresh(tree: PacksTree, estate: Estate): vscode.Disposable {
  // A refresh calls off what is under way, a long load that somebody waits for among it: then the next one will do.
  const wanted = () => tree.visible && vscode.window.state.focused && !estate.isLoading;
  const timer = new RefreshTimer({ set: setInterval, clear: clearInterval }, wanted, () => tree.refresh());
  const start = () => timer.start(settings.refreshMinutes());
  start();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration(
      (change) => change.affectsConfiguration('packscope.refreshMinutes') && start(),
    ),
    timer,
  );
}
