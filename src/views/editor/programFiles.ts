import * as vscode from 'vscode';
import { findImportSources, getImportPaths } from '../../templates/code/importPaths.ts';

/** Files of a program's imports that are read. */
const maxFiles = 20;
const maxFileBytes = 500_000;

/**
 * Reads the files that a program imports by a relative path, by path. Open documents override files on disk. Names that
 * come from an unreadable file stay unresolved.
 */
export async function readImportedFiles(document: vscode.TextDocument): Promise<ReadonlyMap<string, string>> {
  const { uri } = document;
  const open = new Map(vscode.workspace.textDocuments.map((other) => [other.uri.toString(), other]));
  const files = new Map<string, string>();
  for (const source of findImportSources(uri.path, document.getText())) {
    for (const path of files.size < maxFiles ? getImportPaths(uri.path, source) : []) {
      const other = uri.with({ path });
      const content = open.get(other.toString())?.getText() ?? (await readText(other));
      if (content === undefined) continue;
      files.set(path, content);
      break;
    }
  }
  return files;
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > maxFileBytes) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Most of the possible paths of an import do not exist.
    return undefined;
  }
}
