import * as vscode from 'vscode';
import type { RegionInForce } from '../../compliance/errorDetails.ts';
import type { ComplianceError } from '../../compliance/errors.ts';
import type { Connection, Profile } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { onFirstChange } from '../shared/onFirstChange.ts';
import { hasErrorResolvedElsewhere, isResolvedElsewhere } from './resolvedElsewhere.ts';
import { watchAwsFiles } from './watchAwsFiles.ts';

export interface ConnectionDependencies {
  readonly estate: Estate;
  readonly loadProfiles: () => Promise<readonly Profile[]>;
  readonly loadChecks: () => Promise<ConfigurationChecks>;
}

/** What the AWS files and the environment tell about a connection. No request is sent. */
export interface ConfigurationChecks {
  /** What is wrong in the configuration; undefined if requests can be sent. */
  readonly findConfigurationError: (connection: Connection) => Promise<ComplianceError | undefined>;
  /** The region that requests go to, and where it is set; undefined if none is set. */
  readonly findRegionInForce: (connection: Connection) => Promise<RegionInForce | undefined>;
}

/**
 * Resets connections after changes of the AWS files, warns of missing sign-ins, and retries on focus what may have been
 * resolved elsewhere.
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
  if ([...estate.stores()].some(hasErrorResolvedElsewhere)) void startSignInWarnings();
  else onFirstChange(estate, (list) => list?.errors.some(isResolvedElsewhere) === true, startSignInWarnings);
}
