import * as vscode from 'vscode';
import type { Estate } from '../../compliance/store/estate.ts';
import { getSettingId } from '../../manifest.ts';
import { settings } from '../shared/settings.ts';
import type { PacksTree } from './packsTree.ts';
import { RefreshTimer } from './refreshTimer.ts';

export interface AutoRefreshDependencies {
  readonly estate: Estate;
  readonly tree: PacksTree;
}

/** Refreshes the tree at the configured interval while it is visible and the window has focus. */
export function registerAutoRefresh(context: vscode.ExtensionContext, { estate, tree }: AutoRefreshDependencies): void {
  // A refresh would cancel a running load, so it waits for the next interval.
  const shouldRefresh = () => tree.isVisible && vscode.window.state.focused && !estate.isLoading();
  const timer = new RefreshTimer({ set: setInterval, clear: clearInterval }, shouldRefresh, () => tree.refresh());
  const restart = () => timer.start(settings.refreshMinutes());
  restart();
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(
      (change) => change.affectsConfiguration(getSettingId('refreshMinutes')) && restart(),
    ),
    timer,
  );
}
