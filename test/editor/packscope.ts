import { ConfigurationTarget, commands, extensions, workspace } from 'vscode';
import type { Estate } from '../../src/compliance/store/estate.ts';
import type { TreeNode } from '../../src/views/tree/model/nodes.ts';
import type { PacksTree } from '../../src/views/tree/packsTree.ts';
import { until } from '../support/polling.ts';
import { configService } from './configService.ts';

/** What the extension hands out while it is tested. */
export interface Packscope {
  readonly estate: Estate;
  readonly tree: PacksTree;
}

/** The extension as VS Code knows it, active or not. */
export function getExtension() {
  const extension = extensions.getExtension<Packscope>('packscope.packscope');
  if (!extension) throw new Error('packscope.packscope is not installed');
  return extension;
}

/** The active extension as a person finds it at first: its view out of sight, no filter, no setting, no fault. */
export async function resetPackscope(settings: Record<string, unknown> = {}): Promise<Packscope> {
  const packscope = await getExtension().activate();
  await configService.setFaults({});
  await commands.executeCommand('workbench.view.explorer');
  await commands.executeCommand('packscope.clearFilter');
  await commands.executeCommand('packscope.sort', { by: 'score', descending: false });
  await commands.executeCommand('packscope.groupBy', { by: 'account' });
  await setSettings({ connections: undefined, pageSize: undefined, ...settings });
  await commands.executeCommand('packscope.refreshAll');
  await until('what was under way to end', () => !packscope.estate.isLoading());
  return packscope;
}

/** Sets the person's own settings; undefined takes one back. */
async function setSettings(values: Record<string, unknown>): Promise<void> {
  const settings = workspace.getConfiguration('packscope');
  for (const [name, value] of Object.entries(values)) {
    if (settings.inspect(name)?.globalValue !== value) await settings.update(name, value, ConfigurationTarget.Global);
  }
}

/** Every node that is known or, below an open one, asked for now, from top to bottom. */
export function listNodes(tree: PacksTree, parent?: TreeNode): TreeNode[] {
  return tree.getChildren(parent).flatMap((node) => [node, ...(isOpen(node) ? listNodes(tree, node) : [])]);
}

const isOpen = (node: TreeNode): boolean => node.kind === 'scope' && node.isInitiallyExpanded;

/** The nodes of one kind. */
export function listNodesOfKind<K extends TreeNode['kind']>(tree: PacksTree, kind: K): Extract<TreeNode, { kind: K }>[] {
  return listNodes(tree).filter((node): node is Extract<TreeNode, { kind: K }> => node.kind === kind);
}

/** Resolves when everything that is open has been read, and what is below `parent` as well. */
export async function waitUntilLoaded({ estate, tree }: Packscope, parent?: TreeNode): Promise<void> {
  const ask = () => [...listNodes(tree), ...(parent ? listNodes(tree, parent) : [])];
  await until('everything that is open to be read', () => {
    ask();
    return !estate.isLoading();
  });
}
