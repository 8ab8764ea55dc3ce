import * as vscode from 'vscode';
import { isSignedOut } from '../../compliance/errors.ts';
import type { Profile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';

/** Puts the commands about connections in place, and forgets what was known when credentials may have changed. */
export function registerConnections(
  context: vscode.ExtensionContext,
  estate: Estate,
  profiles: () => Promise<readonly Profile[]>,
): void {
  let anySignedOut = false;
  const stop = estate.onDidChange((list) => {
    if (!list?.errors.some(isSignedOut)) return;
    stop();
    anySignedOut = true;
    void import('./showSignInWarnings.ts').then(({ notifySignIns }) => notifySignIns(estate));
  });
  context.subscriptions.push(
    vscode.commands.registerCommand(commandIds.selectConnections, async (args) =>
      (await import('./selectConnections.ts')).selectConnections(profiles, args),
    ),
    vscode.commands.registerCommand(commandIds.signIn, async (args) =>
      (await import('./signIn.ts')).signIn(estate, profiles, args),
    ),
    vscode.window.onDidChangeWindowState(async ({ focused }) => {
      if (focused && anySignedOut) await (await import('./retryOnFocus.ts')).retryOnFocus(estate, profiles);
    }),
  );
  // Before anything has been asked there is nothing that a change of the files could make wrong.
  const begun = estate.onDidChange(async () => {
    begun();
    const { watchAwsFiles } = await import('./awsFiles.ts');
    // A profile may be somebody else's now: nothing of the one before it is shown any longer.
    const watching = watchAwsFiles(
      () => estate.reset(),
      () => estate.reset(({ findSignedOutError }) => Boolean(findSignedOutError)),
    );
    context.subscriptions.push(watching);
  });
}
