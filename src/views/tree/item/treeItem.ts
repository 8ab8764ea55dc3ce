import * as vscode from 'vscode';
import { isSignedOut } from '../../../compliance/errors.ts';
import { commandIds, settingsSection } from '../../../manifest.ts';
import { hasChildren, type TreeNode } from '../model/nodes.ts';
import { getIcon } from './icons.ts';
import { labelOf } from './labels.ts';
import { badgeUri } from './scoreBadges.ts';

const aggregatorsSetting = `${settingsSection}.aggregators`;

/** A node as VS Code shows it, `muted` where nobody is told of the pack; the tooltip comes when it is asked for. */
export function treeItem(node: TreeNode, muted: boolean): vscode.TreeItem {
  const { label, description } = labelOf(node);
  const item = new vscode.TreeItem(label, collapsibleState(node));
  item.id = node.id;
  item.description = description;
  item.contextValue = contextValue(node, muted);
  const { codicon, color } = getIcon(node);
  item.iconPath = new vscode.ThemeIcon(codicon, color === undefined ? undefined : new vscode.ThemeColor(color));
  const badge = badgeUri(node);
  if (badge) item.resourceUri = badge;
  const command = clickCommand(node);
  if (command) item.command = { command, title: label, arguments: [node] };
  // What is misspelt there can only be mended there.
  if (node.kind === 'error' && node.error.kind === 'noAggregator')
    item.command = { command: 'workbench.action.openSettings', title: label, arguments: [aggregatorsSetting] };
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

/** What menus of package.json tell nodes by. Only deployed packs can be muted: of others nobody is told. */
export function contextValue(node: TreeNode, muted: boolean): string {
  if (node.kind === 'error' && isSignedOut(node.error)) return 'error.signedOut';
  if (node.kind !== 'pack' || node.pack.deployment?.arn === undefined) return node.kind;
  return muted ? 'pack.muted' : 'pack.deployed';
}
