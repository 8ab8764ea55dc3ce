import * as vscode from 'vscode';
import { isSignedOut } from '../../compliance/errors.ts';
import type { Profile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';

interface Dependencies {
  readonly estate: Estate;
  readonly loadProfiles: () => Promise<readonly Profile[]>;
}

/** Registers the commands about connections, sign-in warnings, and the watchers that reset changed connections. */
export function registerConnections(context: vscode.ExtensionContext, { estate, loadProfiles }: Dependencies): void {
  let hasSignedOut = false;
  context.subscriptions.push(
    vscode.commands.registerCommand(commandIds.selectConnections, async (args) =>
      (await import('./selectConnections.ts')).selectConnections(loadProfiles, args),
    ),
    vscode.commands.registerCommand(commandIds.signIn, async (args) =>
      (await import('./signIn.ts')).signIn(estate, loadProfiles, args),
    ),
    vscode.window.onDidChangeWindowState(async ({ focused }) => {
      if (focused && hasSignedOut) await (await import('./retryOnFocus.ts')).retryOnFocus(estate, loadProfiles);
    }),
  );
  onFirstChange(
    estate,
    (list) => list?.errors.some(isSignedOut) === true,
    async () => {
      hasSignedOut = true;
      (await import('./showSignInWarnings.ts')).showSignInWarnings(estate);
    },
  );
  // Before the first change nothing has been read that changed files could invalidate.
  onFirstChange(
    estate,
    () => true,
    async () => {
      const { watchAwsFiles } = await import('./awsFiles.ts');
      // A changed profile may belong to another account.
      const watcher = watchAwsFiles(
        () => estate.reset(),
        () => estate.reset((store) => store.findSignedOutError() !== undefined),
      );
      context.subscriptions.push(watcher);
    },
  );
}
