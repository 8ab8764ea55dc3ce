import * as vscode from 'vscode';

/** The text of a file. Undefined if it does not exist, is no file or is larger than `maxBytes`. */
export async function readText(uri: vscode.Uri, maxBytes: number): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > maxBytes) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Most of the possible paths of an import do not exist, and a listed file may have been deleted.
    return undefined;
  }
}
