import type * as vscode from 'vscode';
import { onFirstChange } from '../shared/onFirstChange.ts';
import type { StatusDependencies } from './statusFeatures.ts';

/** Starts the status bar, the badge and the notifications once a list has loaded or failed. */
export function registerStatus(context: vscode.ExtensionContext, dependencies: StatusDependencies): void {
  onFirstChange(
    dependencies.estate,
    (list) => list !== undefined && list.state !== 'loading',
    async () => (await import('./statusFeatures.ts')).startStatusFeatures(context, dependencies),
  );
}
