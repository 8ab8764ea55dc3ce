import * as vscode from 'vscode';
import { isSignedOut } from '../../compliance/errors.ts';
import type { Profile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';
import { watchAwsFiles } from './awsFiles.ts';

export interface ConnectionDependencies {
  readonly estate: Estate;
  readonly loadProfiles: () => Promise<readonly Profile[]>;
}

/**
 * Resets connections after changes of the AWS files, warns of missing sign-ins, and retries signed-out connections on
 * focus.
 */
export function startConnectionWatchers(
  context: vscode.ExtensionContext,
  { estate, loadProfiles }: ConnectionDependencies,
): void {
  context.subscriptions.push(
    // A changed profile may belong to another account.
    watchAwsFiles(
      () => estate.reset(),
      () => estate.reset((store) => store.findSignedOutError() !== undefined),
    ),
  );
  const startSignInWarnings = async () => {
    context.subscriptions.push(
      vscode.window.onDidChangeWindowState(async ({ focused }) => {
        if (focused) await (await import('./retryOnFocus.ts')).retryOnFocus(estate, loadProfiles);
      }),
    );
    (await import('./showSignInWarnings.ts')).showSignInWarnings(estate);
  };
  const isSignedOutAlready = [...estate.stores()].some((store) => store.findSignedOutError() !== undefined);
  if (isSignedOutAlready) void startSignInWarnings();
  else onFirstChange(estate, (list) => list?.errors.some(isSignedOut) === true, startSignInWarnings);
}
