import * as vscode from 'vscode';
import { History } from '../../compliance/history/history.ts';
import type { Estate } from '../../compliance/store/estate.ts';
import { HistoryFiles } from '../../storage/historyFiles.ts';
import { writeLine } from '../shared/log.ts';

interface Dependencies {
  readonly estate: Estate;
  readonly log: vscode.LogOutputChannel;
  /** When the session began, epoch milliseconds. */
  readonly startedAt: number;
  readonly onDidLoad: () => void;
}

/** Opens the history in the extension's storage folder. */
export function openHistory(
  context: vscode.ExtensionContext,
  { estate, log, startedAt, onDidLoad }: Dependencies,
): History {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'history').fsPath;
  const storage = new HistoryFiles(folder, (message) => writeLine(log, 'warn', message));
  const history = new History({ storage, estate, startedAt, onDidLoad });
  context.subscriptions.push(history);
  return history;
}
