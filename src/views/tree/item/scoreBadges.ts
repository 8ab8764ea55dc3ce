import * as vscode from 'vscode';
import type { TreeNode } from '../model/nodes.ts';
import { describeBadge, formatBadge, getBadge } from './badge.ts';

const scheme = 'packscope-score';

/**
 * Shows scores and shares as file decorations at the end of the row, where a long pack name cannot push them out of
 * sight. The number is part of the URI, so that the provider needs no state.
 */
export function registerScoreBadges(context: vscode.ExtensionContext): void {
  const provider = vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) => (uri.scheme === scheme ? createDecoration(uri) : undefined),
  });
  context.subscriptions.push(provider);
}

const createDecoration = ({ query, fragment }: vscode.Uri): vscode.FileDecoration =>
  new vscode.FileDecoration(formatBadge(Number(query)), describeBadge(Number(query), fragment));

/** The URI of a node's badge. One of 100 is left out: two characters is the limit. */
export function getBadgeUri(node: TreeNode): vscode.Uri | undefined {
  const badge = getBadge(node);
  if (badge?.percent === undefined || badge.percent >= 100) return undefined;
  return vscode.Uri.from({ scheme, path: `/${node.id}`, query: String(badge.percent), fragment: badge.measure });
}
