import * as vscode from 'vscode';
import { isSignedOut } from '../../compliance/errors.ts';
import type { Estate } from '../../compliance/estate.ts';
import type { Profile } from '../../compliance/source.ts';
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
    void import('./signInNotices.ts').then(({ tellOfSignIns }) => tellOfSignIns(estate));
  });
  context.subscriptions.push(
    vscode.commands.registerCommand(commandIds.selectConnections, async (given) =>
      (await import('./selectConnections.ts')).selectConnections(profiles, given),
    ),
    vscode.commands.registerCommand(commandIds.signIn, async (given) =>
      (await import('./signIn.ts')).signIn(estate, profiles, given),
    ),
    vscode.window.onDidChangeWindowState(async ({ focused }) => {
      if (focused && anySignedOut) await (await import('./focus.ts')).tryAgainAfterFocus(estate, profiles);
    }),
  );
  // Before anything has been asked there is nothing that a change of the files could make wrong.
  const begun = estate.onDidChange(async () => {
    begun();
    const { watchAwsFiles } = await import('./awsFiles.ts');
    // A profile may be somebody else's now: nothing of the one before it is shown any longer.
    const watching = watchAwsFiles(
      () => estate.reset(),
      () => estate.reset(({ signedOut }) => Boolean(signedOut)),
    );
    context.subscriptions.push(watching);
  });
}
