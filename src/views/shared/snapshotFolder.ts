import * as vscode from 'vscode';
import { SnapshotFiles } from '../../storage/snapshotFiles.ts';
import { writeLine } from './log.ts';

/** Opens the snapshots in the extension's storage folder. */
export function openSnapshotFolder(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): SnapshotFiles {
  // Keeps its old name, so that snapshots of earlier versions are found.
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'known').fsPath;
  const files = new SnapshotFiles(folder, (message) => writeLine(log, 'warn', message));
  context.subscriptions.push(files);
  return files;
}
