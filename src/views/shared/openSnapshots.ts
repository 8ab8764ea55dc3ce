import * as vscode from 'vscode';
import type { SnapshotStorage } from '../../compliance/store/snapshotSync.ts';

/** Returns a function that opens the snapshots in the extension's storage folder on its first call. */
export function registerSnapshots(
  context: vscode.ExtensionContext,
  { log }: { readonly log: vscode.LogOutputChannel },
): () => Promise<SnapshotStorage> {
  let storage: Promise<SnapshotStorage> | undefined;
  const load = async (): Promise<SnapshotStorage> => {
    const { SnapshotFiles } = await import('../../storage/snapshotFiles.ts');
    // Keeps its old name, so that snapshots of earlier versions are found.
    const folder = vscode.Uri.joinPath(context.globalStorageUri, 'known').fsPath;
    const files = new SnapshotFiles(folder, (message) => log.warn(message));
    context.subscriptions.push(files);
    return files;
  };
  return () => {
    storage ??= load();
    return storage;
  };
}
