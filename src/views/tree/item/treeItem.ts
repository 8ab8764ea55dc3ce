import * as vscode from 'vscode';
import { describeError } from '../../../compliance/text/errorMessages.ts';
import { commandIds, settingsSection } from '../../../manifest.ts';
import { hasChildren, type TreeNode } from '../model/nodes.ts';
import { getIcon } from './icons.ts';
import { getLabel } from './labels.ts';
import { getBadgeUri } from './scoreBadges.ts';

const aggregatorsSetting = `${settingsSection}.aggregators`;

/** Maps a node to VS Code's tree item, without its tooltip: VS Code resolves that on hover. */
export function createTreeItem(node: TreeNode, isMuted: boolean): vscode.TreeItem {
  const { label, description } = getLabel(node);
  const item = new vscode.TreeItem(label, getCollapsibleState(node));
  item.id = node.id;
  item.description = description;
  item.contextValue = getContextValue(node, isMuted);
  const { codicon, color } = getIcon(node);
  item.iconPath = new vscode.ThemeIcon(codicon, color === undefined ? undefined : new vscode.ThemeColor(color));
  const badge = getBadgeUri(node);
  if (badge) item.resourceUri = badge;
  const command = getCommand(node);
  if (command) item.command = { title: label, ...command };
  return item;
}

/** What a click on the node runs. */
function getCommand(node: TreeNode): Omit<vscode.Command, 'title'> | undefined {
  switch (node.kind) {
    case 'more':
      return { command: commandIds.loadMore, arguments: [node] };
    case 'pack':
    case 'row':
      return { command: commandIds.openPack, arguments: [node] };
    case 'error':
      if (!describeError(node.error).actions.includes('openAggregatorsSetting')) return undefined;
      return { command: 'workbench.action.openSettings', arguments: [aggregatorsSetting] };
    default:
      return undefined;
  }
}

function getCollapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
  if (node.kind === 'scope' && node.isInitiallyExpanded) return vscode.TreeItemCollapsibleState.Expanded;
  return hasChildren(node) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
}

/** The `viewItem` value in the menus of package.json. Only deployed packs can be muted: others raise no notifications. */
export function getContextValue(node: TreeNode, isMuted: boolean): string {
  if (node.kind === 'error' && describeError(node.error).actions.includes('signIn')) return 'error.signedOut';
  if (node.kind !== 'pack' || node.pack.deployment?.arn === undefined) return node.kind;
  return isMuted ? 'pack.muted' : 'pack.deployed';
}
