import * as vscode from 'vscode';

/** Asks for a file, which may be there already: the dialog asks whether it is to be replaced. */
export async function askFile(title: string, name: string, ending: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title,
    filters: { [ending.toUpperCase()]: [ending] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${name}.${ending}`) }),
  });
}
