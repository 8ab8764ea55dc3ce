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

/** Tells the user that `content`, such as `3 rows`, has been exported, and offers to open, reveal or name the file. */
export async function showExportedFile(content: string, uri: vscode.Uri): Promise<void> {
  const actions = getFileActions(uri, isLocalDesktop() && uri.scheme === 'file');
  const message = `Exported ${content} to ${vscode.workspace.asRelativePath(uri)}`;
  const choice = await showInformation(message, ...actions.keys());
  if (choice !== undefined) await actions.get(choice)?.();
}

/** Whether the files of this extension host are those of the user's own machine. */
const isLocalDesktop = (): boolean =>
  vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;

/** What can be done with a file, by the button that offers it. `isLocal`: the file is on the user's own machine. */
export function getFileActions(uri: vscode.Uri, isLocal: boolean): ReadonlyMap<string, () => Thenable<unknown>> {
  const { executeCommand } = vscode.commands;
  // An editor shows the source of a page; its reader is the browser, which sees only local files.
  const isPage = isLocal && uri.path.endsWith('.html');
  const actions = new Map<string, () => Thenable<unknown>>([
    ['Open', () => (isPage ? vscode.env.openExternal(uri) : executeCommand('vscode.open', uri))],
  ]);
  // The file manager shows local files only, and the Explorer those of the workspace.
  if (isLocal) actions.set('Reveal', () => executeCommand('revealFileInOS', uri));
  else if (vscode.workspace.getWorkspaceFolder(uri))
    actions.set('Reveal', () => executeCommand('revealInExplorer', uri));
  const path = uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
  return actions.set('Copy Path', () => vscode.env.clipboard.writeText(path));
}
