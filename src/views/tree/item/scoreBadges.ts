import * as vscode from 'vscode';
import type { TreeNode } from '../model/nodes.ts';

const scheme = 'packscope-score';

/**
 * Pack names are long and a sidebar is narrow: the whole points of a score also stand at the line's end,
 * where a name never pushes them out of sight. The address of a node says its badge, so nothing is kept.
 */
export function registerScoreBadges(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme: asked, query }) =>
      asked === scheme ? new vscode.FileDecoration(query, `score ${query}%, rounded down`) : undefined,
  });
}

/** The address that gives a pack its badge; a full score has none, its icon says it. */
export function badgeUri(node: TreeNode): vscode.Uri | undefined {
  const percent = node.kind === 'pack' ? node.pack.score?.percent : undefined;
  if (percent === undefined || percent >= 100) return undefined;
  return vscode.Uri.from({ scheme, path: `/${node.id}`, query: String(Math.floor(percent)) });
}
