import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The folders that the panel may read: its script and its styles. */
export const resourceRoots = (extension: vscode.Uri): vscode.Uri[] =>
  ['dist/webview', 'media'].map((folder) => vscode.Uri.joinPath(extension, folder));

/**
 * The panel's page: nothing runs but its own script, and nothing is fetched. `target` is kept for a reload of the
 * window, `linked` is what the commands of its menu are given.
 */
export function panelHtml(webview: vscode.Webview, extension: vscode.Uri, target: unknown, linked: unknown): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (path: string) => webview.asWebviewUri(vscode.Uri.joinPath(extension, path));
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
    <link rel="stylesheet" href="${uri('media/panel.css')}">
    <title>Conformance pack</title>
  </head>
  <body data-vscode-context="${escaped(JSON.stringify({ linked }))}">
    <main id="panel" data-target="${escaped(JSON.stringify(target ?? null))}"></main>
    <script type="module" nonce="${nonce}" src="${uri('dist/webview/main.js')}"></script>
  </body>
</html>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
