import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { escapeHtml } from '../../reports/escaping.ts';

/** The folders that the webview may load scripts and styles from. */
export const getResourceRoots = (extensionUri: vscode.Uri): vscode.Uri[] =>
  ['dist/webview', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));

/** The page of a panel. */
interface PanelPage {
  readonly title: string;
  /** The name of its script in `dist/webview`. */
  readonly script: string;
  /** The names of its style sheets in `media`. */
  readonly styles: readonly string[];
  /** The webview stores it, and it restores the panel after a reload of the window. */
  readonly state: unknown;
  /** VS Code passes it to the commands of the context menu. */
  readonly context: unknown;
}

/** Renders the webview's page. Its content security policy allows the panel's own script and no network access. */
export function renderPanelHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { title, script, styles, state, context }: PanelPage,
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
    ${styles.map((name) => `<link rel="stylesheet" href="${getUri(`media/${name}.css`)}">`).join('\n    ')}
    <title>${title}</title>
  </head>
  <body data-vscode-context="${escapeHtml(JSON.stringify(context))}">
    <main id="panel" data-target="${escapeHtml(JSON.stringify(state ?? null))}"></main>
    <script type="module" nonce="${nonce}" src="${getUri(`dist/webview/${script}.js`)}"></script>
  </body>
</html>`;
}
