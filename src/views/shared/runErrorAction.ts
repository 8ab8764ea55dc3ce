import * as vscode from 'vscode';
import type { Connection } from '../../compliance/source.ts';
import type { ErrorAction } from '../../compliance/text/errorMessages.ts';
import { getActionCommand } from './errorActions.ts';

/** Runs the command of an action on an error of a connection. */
export async function runErrorAction(action: ErrorAction, connection?: Connection): Promise<void> {
  const { command, args } = getActionCommand(action, connection);
  await vscode.commands.executeCommand(command, ...args);
}
