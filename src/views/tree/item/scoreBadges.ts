import * as vscode from 'vscode';
import type { TreeNode } from '../model/nodes.ts';

const scheme = 'packscope-score';

/**
 * Shows scores as file decorations at the end of the row, where a long pack name cannot push them out of sight. The
 * score is part of the URI, so that the provider needs no state.
 */
export function registerScoreBadges(context: vscode.ExtensionContext): void {
  const provider = vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) =>
      uri.scheme === scheme ? new vscode.FileDecoration(uri.query, `score ${uri.query}%, rounded down`) : undefined,
  });
  context.subscriptions.push(provider);
}

/** The URI of a pack's score badge. A score of 100 has none: two characters is the limit, and the icon shows it. */
export function getBadgeUri(node: TreeNode): vscode.Uri | undefined {
  const percent = node.kind === 'pack' ? node.pack.score?.percent : undefined;
  if (percent === undefined || percent >= 100) return undefined;
  return vscode.Uri.from({ scheme, path: `/${node.id}`, query: String(Math.floor(percent)) });
}
