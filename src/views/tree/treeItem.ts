import * as vscode from 'vscode';
import { commandIds } from '../../manifest.ts';
import { iconOf } from './icons.ts';
import { labelOf } from './labels.ts';
import { hasChildren, type TreeNode } from './nodes.ts';
import { badgeUri } from './scoreBadges.ts';

/** A node as VS Code shows it; the tooltip comes when it is asked for. */
export function treeItem(node: TreeNode): vscode.TreeItem {
  const { label, description } = labelOf(node);
  const item = new vscode.TreeItem(label, collapsibleState(node));
  item.id = node.id;
  item.description = description;
  item.contextValue = contextValue(node);
  const { codicon, color } = iconOf(node);
  item.iconPath = new vscode.ThemeIcon(codicon, color === undefined ? undefined : new vscode.ThemeColor(color));
  const badge = badgeUri(node);
  if (badge) item.resourceUri = badge;
  const command = clickCommand(node);
  if (command) item.command = { command, title: label, arguments: [node] };
  return item;
}

function clickCommand(node: TreeNode): string | undefined {
  if (node.kind === 'more') return commandIds.loadMore;
  return node.kind === 'pack' || node.kind === 'row' ? commandIds.openPack : undefined;
}

function collapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
  if (node.kind === 'scope' && node.open) return vscode.TreeItemCollapsibleState.Expanded;
  return hasChildren(node) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
}

/** What menus of package.json tell nodes by. */
export function contextValue(node: TreeNode): string {
  return node.kind === 'pack' && node.pack.deployment?.arn !== undefined ? 'pack.deployed' : node.kind;
}
