import * as vscode from 'vscode';
import { describeError, type ErrorAction } from '../../../compliance/text/errorMessages.ts';
import { toOneLine } from '../../../compliance/text/plainText.ts';
import { commandIds } from '../../../manifest.ts';
import { type ErrorNode, hasChildren, type TreeNode } from '../model/nodes.ts';
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
  'error',
  'error.signedOut',
  'error.signedOut.openSetting',
  'error.openFile',
  'error.openSetting',
  'error.copyPolicy',
  'loading',
  'note',
] as const;

export type ContextValue = (typeof contextValues)[number];

/** Maps a node to VS Code's tree item, without its tooltip: VS Code resolves that on hover. */
export function createTreeItem(node: TreeNode, isMuted: boolean): vscode.TreeItem {
  const { label, description } = getLabel(node);
  const title = toOneLine(label);
  const item = new vscode.TreeItem(title, getCollapsibleState(node));
  item.id = node.id;
  item.description = toOneLine(description);
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
      return { command: commandIds.openPack, arguments: [node] };
    case 'error':
      return getClickCommand(node);
    default:
      return undefined;
  }
}

function getCollapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
  if (node.kind === 'scope' && node.isInitiallyExpanded) return vscode.TreeItemCollapsibleState.Expanded;
  return hasChildren(node) ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
}

/** A click on an error opens what has to be changed. */
function getClickCommand({ error }: ErrorNode): Omit<vscode.Command, 'title'> | undefined {
  const [action] = describeError(error).actions;
  switch (action.kind) {
    case 'openFile':
      return { command: commandIds.openFile, arguments: [{ file: action.file, line: action.line }] };
    case 'openSetting':
      return { command: 'workbench.action.openSettings', arguments: [action.setting] };
    default:
      return undefined;
  }
}

/** The parts of an error's context value. Every error can be retried, and has a log. */
const contextParts: readonly (readonly [ErrorAction['kind'], string])[] = [
  ['signIn', 'signedOut'],
  ['openFile', 'openFile'],
  ['openSetting', 'openSetting'],
  ['copyPolicy', 'copyPolicy'],
];

function getErrorContextValue({ error }: ErrorNode): ContextValue {
  const kinds = new Set(describeError(error).actions.map(({ kind }) => kind));
  const value = ['error', ...contextParts.flatMap(([kind, part]) => (kinds.has(kind) ? part : []))].join('.');
  return contextValues.find((each) => each === value) ?? 'error';
}

/** Only deployed packs can be muted: others raise no notifications. */
function getContextValue(node: TreeNode, isMuted: boolean): ContextValue {
  if (node.kind === 'error') return getErrorContextValue(node);
  if (node.kind !== 'pack' || node.pack.deployment?.arn === undefined) return node.kind;
  return isMuted ? 'pack.muted' : 'pack.deployed';
}
