import * as vscode from 'vscode';
import type { Estate } from '../../compliance/estate.ts';
import type { Connection, Profile } from '../../compliance/source.ts';
import { commandIds } from '../../manifest.ts';
import { isNode, parseGiven } from '../given.ts';
import type { TreeNode } from '../tree/nodes.ts';
import { watchAwsFiles } from './awsFiles.ts';

/** Puts the commands about connections in place, and forgets what was known when credentials may have changed. */
export function registerConnections(
  context: vscode.ExtensionContext,
  estate: Estate,
  profiles: () => Promise<readonly Profile[]>,
): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commandIds.selectConnections, async (given) =>
      (await import('./selectConnections.ts')).selectConnections(
        profiles,
        parseGiven(given, ['connections'])?.connections,
      ),
    ),
    vscode.commands.registerCommand(commandIds.signIn, async (given) =>
      (await import('./signIn.ts')).signIn(
        estate,
        profiles,
        isNode(given) ? connectionOf(given) : parseGiven(given, ['profile', 'region']),
      ),
    ),
    // A profile may be somebody else's now: nothing of the one before it is shown any longer.
    watchAwsFiles(
      () => estate.reset(),
      () => estate.reset(({ isSignedOut }) => isSignedOut),
    ),
  );
}

const connectionOf = (node: TreeNode): Connection | undefined => ('connection' in node ? node.connection : undefined);
