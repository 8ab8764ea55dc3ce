import * as vscode from 'vscode';
import type { SnapshotStorage } from '../../compliance/store/snapshots.ts';

/** The last answers, kept in the extension's own storage; loaded when a connection is first looked at. */
export function registerSnapshots(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): () => Promise<SnapshotStorage> {
  let memory: Promise<SnapshotStorage> | undefined;
  const load = async (): Promise<SnapshotStorage> => {
    const { SnapshotFiles } = await import('../../storage/snapshotFiles.ts');
    const folder = vscode.Uri.joinPath(context.globalStorageUri, 'known').fsPath;
    const files = new SnapshotFiles(folder, (message) => log.warn(message));
    context.subscriptions.push(files);
    return files;
  };
  return () => {
    memory ??= load();
    return memory;
  };
}
