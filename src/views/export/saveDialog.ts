import * as vscode from 'vscode';
import { toFileName } from '../../compliance/text/plainText.ts';
import { showInformation } from '../shared/messages.ts';

/** Shows a save dialog, which confirms before replacing an existing file. */
export async function pickFile(title: string, name: string, extension: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title,
    filters: { [extension.toUpperCase()]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${toFileName(name)}.${extension}`) }),
  });
}

/** Tells the user that `content`, such as `3 rows`, has been exported, and offers to open the file. */
export async function showExportedFile(content: string, uri: vscode.Uri): Promise<void> {
  const message = `Exported ${content} to ${vscode.workspace.asRelativePath(uri)}`;
  const choice = await showInformation(message, 'Open');
  if (choice) await vscode.commands.executeCommand('vscode.open', uri);
}
