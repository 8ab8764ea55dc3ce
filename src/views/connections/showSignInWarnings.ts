import * as vscode from 'vscode';
import type { Connection } from '../../compliance/source.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { commandIds } from '../../manifest.ts';
import { Notices } from './signInWarnings.ts';

/** Tells, from now on, of sign-ins that are missing or have expired; returns how to stop. */
export function notifySignIns(estate: Estate): () => void {
  const notices = new Notices();
  const tell = () => {
    const standings = [...estate.openStores()].map(({ connection, findSignedOutError, identity }) => ({
      connection,
      signedOut: findSignedOutError,
      signedIn: identity.isComplete && !identity.isRestored,
    }));
    for (const { connection, words } of notices.next(standings)) void show(connection, words);
  };
  tell();
  return estate.onDidChange(tell);
}

async function show(connection: Connection, words: string): Promise<void> {
  const [signIn, showLog] = ['Sign In', 'Show Log'];
  const choice = await vscode.window.showWarningMessage(words, signIn, showLog);
  if (choice === signIn) await vscode.commands.executeCommand(commandIds.signIn, { connection });
  if (choice === showLog) await vscode.commands.executeCommand(commandIds.showLog);
}
