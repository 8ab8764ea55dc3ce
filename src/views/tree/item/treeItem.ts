import * as vscode from 'vscode';
import { toOneLine } from '../../../compliance/text/plainText.ts';
import { commandIds } from '../../../manifest.ts';
import { hasChildren, type TreeNode } from '../model/nodes.ts';
import { errorContextValues, getErrorCommand, getErrorContextValue } from './errorItem.ts';
import { getIcon } from './icons.ts';
import { getLabel } from './labels.ts';
import { getBadgeUri } from './scoreBadges.ts';

/** The values of `viewItem` that menus in package.json can refer to. */
export const contextValues = [
  'scope',
  'pack',
  'pack.deployed',
  'pack.muted',
  'rule',
  'evaluation',
  'aggregator',
  'sources',
  'group',
  'row',
  'more',
  ...errorContextValues,
  'loading',
  'note',
] as const;

export type ContextValue = (typeof contextValues)[number];

/** Maps a node to VS Code's tree item, without its tooltip: VS Code resolves that on hover. */
export function createTreeItem(node: TreeNode, isMuted: boolean): vscode.TreeItem {
  const { label, description, exactName } = getLabel(node);
  const title = toOneLine(label);
  const item = new vscode.TreeItem(title, getCollapsibleState(node));
  item.id = node.id;
  item.description = toOneLine(description);
  if (exactName !== undefined) {
    item.accessibilityInformation = { label: toOneLine([exactName, description].filter(Boolean).join(', ')) };
  }
  item.contextValue = getContextValue(node, isMuted);
  const { codicon, color } = getIcon(node);
  item.iconPath = new vscode.ThemeIcon(codicon, color === undefined ? undefined : new vscode.ThemeColor(color));
  const badge = getBadgeUri(node);
  if (badge) item.resourceUri = badge;
  const command = getCommand(node);
  if (command) item.command = { title, ...command };
  return item;
}

/** What a click on the node runs. */
function getCommand(node: TreeNode): Omit<vscode.Command, 'title'> | undefined {
  switch (node.kind) {
    case 'more':
      return { command: commandIds.loadMore, arguments: [node] };
    case 'pack':
    case 'row':
      return { command: commandIds.previewPack, arguments: [node] };
    case 'error':
      return getErrorCommand(node.error);
    default:
      return undefined;
  }
}

function getCollapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
  if (node.kind === 'scope' && node.isInitiallyExpanded) return vscode.TreeItemCollapsibleState.Expanded;
  return hasChildren(node) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
}

/** Only deployed packs can be muted: others raise no notifications. */
function getContextValue(node: TreeNode, isMuted: boolean): ContextValue {
  if (node.kind === 'error') return getErrorContextValue(node.error);
  if (node.kind !== 'pack' || node.pack.deployment?.arn === undefined) return node.kind;
  return isMuted ? 'pack.muted' : 'pack.deployed';
}
