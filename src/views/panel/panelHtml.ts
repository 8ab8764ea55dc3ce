import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { escapeHtml } from '../../reports/escaping.ts';

/** The folders that the webview may load scripts and styles from. */
export const getResourceRoots = (extensionUri: vscode.Uri): vscode.Uri[] =>
  ['dist/webview', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));

/**
 * Renders the webview's page. Its content security policy allows the panel's own script and no network access.
 * The webview stores `panelState`, which restores the panel after a reload of the window. `packLocation` is the argument
 * of the commands in the context menu.
 */
export function renderPanelHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  panelState: unknown,
  packLocation: unknown,
): string {
  const nonce = randomBytes(16).toString('base64');
  const getUri = (path: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, path));
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${getUri('media/panel.css')}">
    <title>Conformance pack</title>
  </head>
  <body data-vscode-context="${escapeHtml(JSON.stringify({ linked: packLocation }))}">
    <main id="panel" data-target="${escapeHtml(JSON.stringify(panelState ?? null))}"></main>
    <script type="module" nonce="${nonce}" src="${getUri('dist/webview/main.js')}"></script>
  </body>
</html>`;
}
