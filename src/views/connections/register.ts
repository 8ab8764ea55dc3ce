import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import type { Profile } from '../../compliance/source.ts';
import { commandIds } from '../../manifest.ts';
import { watchAwsFiles } from './awsFiles.ts';

/** Puts the commands about connections in place, and forgets what was known when credentials may have changed. */
export function registerConnections(
  context: vscode.ExtensionContext,
  estate: Estate,
  profiles: () => Promise<readonly Profile[]>,
): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commandIds.selectConnections, async () =>
      (await import('./selectConnections.ts')).selectConnections(profiles),
    ),
    vscode.commands.registerCommand(commandIds.signIn, async (node) =>
      (await import('./signIn.ts')).signIn(estate, profiles, node?.connection),
    ),
    // A profile may be somebody else's now: nothing of the one before it is shown any longer.
    watchAwsFiles(
      () => estate.reset(),
      () => estate.reset(({ isSignedOut }) => isSignedOut),
    ),
  );
}
