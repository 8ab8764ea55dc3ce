import * as vscode from 'vscode';

/** The first minor version of VS Code 1 that draws codicons on panels. */
const firstMinorVersion = 108;

/**
 * Shows a codicon on a panel's tab. Older versions of VS Code, and the types of the oldest one that Packscope supports,
 * accept only files: their tabs keep the default icon.
 */
export function setPanelIcon(panel: vscode.WebviewPanel, codicon: string): void {
  const minorVersion = Number(vscode.version.split('.')[1]);
  if (minorVersion >= firstMinorVersion) Object.assign(panel, { iconPath: new vscode.ThemeIcon(codicon) });
}
