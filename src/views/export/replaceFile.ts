import type * as vscode from 'vscode';

/** The part of `vscode.workspace.fs` that replaces files. */
export type FileReplacement = Pick<vscode.FileSystem, 'readFile' | 'writeFile' | 'delete' | 'stat'>;

/**
 * Writes a file of a file system that cannot rename. If it fails, an existing file has its content again, and a new one is
 * deleted, as far as the file system allows: some create a file before they refuse its content.
 */
export async function replaceFile(files: FileReplacement, uri: vscode.Uri, content: Uint8Array): Promise<void> {
  const before = await readExisting(files, uri);
  try {
    await files.writeFile(uri, content);
  } catch (thrown) {
    const isRestored = await restore(files, uri, before);
    if (isRestored) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Error(`The file may be incomplete: its earlier state could not be restored. ${reason}`, {
      cause: thrown,
    });
  }
}

/** The content of a file; undefined if there is none. Rejects if the file cannot be read. */
async function readExisting(files: FileReplacement, uri: vscode.Uri): Promise<Uint8Array | undefined> {
  return (await exists(files, uri)) ? files.readFile(uri) : undefined;
}

/** Whether the file is as it was before. The first error says why the file system refuses. */
async function restore(files: FileReplacement, uri: vscode.Uri, before: Uint8Array | undefined): Promise<boolean> {
  try {
    if (before) await files.writeFile(uri, before);
    else if (await exists(files, uri)) await files.delete(uri);
    return true;
  } catch {
    return false;
  }
}

async function exists(files: FileReplacement, uri: vscode.Uri): Promise<boolean> {
  try {
    await files.stat(uri);
    return true;
  } catch {
    return false;
  }
}
