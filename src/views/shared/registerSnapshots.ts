import type * as vscode from 'vscode';
import type { SnapshotStorage } from '../../compliance/store/snapshotSync.ts';

/** Returns a function that opens the snapshots in the extension's storage folder on its first call. */
export function registerSnapshots(
  context: vscode.ExtensionContext,
  { log }: { readonly log: vscode.LogOutputChannel },
): () => Promise<SnapshotStorage> {
  let storage: Promise<SnapshotStorage> | undefined;
  return () => {
    storage ??= import('./snapshotFolder.ts').then(({ openSnapshotFolder }) => openSnapshotFolder(context, log));
    return storage;
  };
}
