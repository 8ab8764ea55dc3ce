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
    await restore(files, uri, before);
    throw thrown;
  }
}

/** The content of a file; undefined if there is none. Rejects if the file cannot be read. */
async function readExisting(files: FileReplacement, uri: vscode.Uri): Promise<Uint8Array | undefined> {
  return (await exists(files, uri)) ? files.readFile(uri) : undefined;
}

async function restore(files: FileReplacement, uri: vscode.Uri, before: Uint8Array | undefined): Promise<void> {
  try {
    if (before) await files.writeFile(uri, before);
    else if (await exists(files, uri)) await files.delete(uri);
  } catch {
    // The first error says why the file system refuses.
    return;
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
