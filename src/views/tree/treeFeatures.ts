import type * as vscode from 'vscode';
import { type AutoRefreshDependencies, registerAutoRefresh } from './autoRefresh.ts';
import { registerScoreBadges } from './item/scoreBadges.ts';

/** Starts what the tree needs once it has rows. */
export function startTreeFeatures(context: vscode.ExtensionContext, dependencies: AutoRefreshDependencies): void {
  registerScoreBadges(context);
  registerAutoRefresh(context, dependencies);
}
