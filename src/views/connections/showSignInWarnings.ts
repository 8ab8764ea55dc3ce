import * as vscode from 'vscode';
import type { Connection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { showWarning } from '../shared/messages.ts';
import { SignInWarnings } from './signInWarnings.ts';

/** Shows sign-in warnings now and on every change of the estate. */
export function showSignInWarnings(estate: Estate): void {
  const warnings = new SignInWarnings();
  const update = () => {
    const states = [...estate.stores()].map((store) => ({
      connection: store.connection,
      signedOutError: store.findSignedOutError(),
      isSignedIn: store.identity.isComplete && !store.identity.isRestored,
    }));
    for (const { connection, message } of warnings.update(states)) void offerToSignIn(connection, message);
  };
  update();
  estate.onDidChange(update);
}

async function offerToSignIn(connection: Connection, message: string): Promise<void> {
  const [signIn, showLog] = ['Sign In', 'Show Log'];
  const choice = await showWarning(message, signIn, showLog);
  if (choice === signIn) await vscode.commands.executeCommand(commandIds.signIn, connection);
  if (choice === showLog) await vscode.commands.executeCommand(commandIds.showLog);
}
