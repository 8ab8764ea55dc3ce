import * as vscode from 'vscode';

/**
 * Opens a page in the browser. VS Code takes a URL as text, too, which its types do not say: a `Uri` would decode what is
 * encoded in the fragment, so that a resource's id or an inner URL ends at its first `&`.
 */
export async function openWebPage(url: string): Promise<void> {
  await vscode.env.openExternal(url as unknown as vscode.Uri);
}
