import type * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';
import { registerCommand } from '../shared/registerCommand.ts';
import type { ConnectionDependencies } from './connectionWatchers.ts';

/** Registers the commands about connections, and watches credentials from the first change of the estate. */
export function registerConnections(context: vscode.ExtensionContext, dependencies: ConnectionDependencies): void {
  const { estate } = dependencies;
  context.subscriptions.push(
    registerCommand(commandIds.selectConnections, async (args) =>
      (await import('./selectConnections.ts')).selectConnections(dependencies, args),
    ),
    registerCommand(commandIds.signIn, async (args) => (await import('./signIn.ts')).signIn(dependencies, args)),
  );
  onFirstChange(
    estate,
    () => true,
    async () => (await import('./connectionWatchers.ts')).startConnectionWatchers(context, dependencies),
  );
}
