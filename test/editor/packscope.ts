import { isDeepStrictEqual } from 'node:util';
import { ConfigurationTarget, commands, extensions, workspace } from 'vscode';
import type { Estate } from '../../src/compliance/store/estate.ts';
import type { TreeNode } from '../../src/views/tree/model/nodes.ts';
import type { PacksTree } from '../../src/views/tree/packsTree.ts';
import { until } from '../support/polling.ts';
import { configService } from './configService.ts';

/** The API that the extension exports to tests. */
export interface Packscope {
  readonly estate: Estate;
  readonly tree: PacksTree;
}

/** Returns the extension, whether it is active or not. */
export function getExtension() {
  const extension = extensions.getExtension<Packscope>('packscope.packscope');
  if (!extension) throw new Error('packscope.packscope is not installed');
  return extension;
}

/** Activates the extension and resets it: hidden view, no sample, no filter, default settings except `settings`, no faults. */
export async function resetPackscope(settings: Record<string, unknown> = {}): Promise<Packscope> {
  const packscope = await getExtension().activate();
  await configService.setFaults({});
  const isSampleShown = packscope.tree.model.getStores().some(({ connection }) => connection.isSample);
  if (isSampleShown) await commands.executeCommand('packscope.leaveSampleData');
  await commands.executeCommand('workbench.view.explorer');
  await commands.executeCommand('packscope.clearFilter');
  await commands.executeCommand('packscope.sort', { by: 'score', descending: false });
  await commands.executeCommand('packscope.groupBy', { by: 'account' });
  await setSettings({ connections: undefined, pageSize: undefined, ...settings });
  await commands.executeCommand('packscope.refreshAll');
  await until('loading to end', () => !packscope.estate.isLoading());
  return packscope;
}

/** Writes user settings; `undefined` removes one. */
async function setSettings(values: Record<string, unknown>): Promise<void> {
  const settings = workspace.getConfiguration('packscope');
  for (const [name, value] of Object.entries(values)) {
    if (!isDeepStrictEqual(settings.inspect(name)?.globalValue, value))
      await settings.update(name, value, ConfigurationTarget.Global);
  }
}

/** Returns every node down to collapsed ones, from top to bottom. Like the view, this starts loading missing children. */
export function getNodes(tree: PacksTree, parent?: TreeNode): TreeNode[] {
  return tree.getChildren(parent).flatMap((node) => [node, ...(isExpanded(node) ? getNodes(tree, node) : [])]);
}

const isExpanded = (node: TreeNode): boolean => node.kind === 'scope' && node.isInitiallyExpanded;

/** Returns the nodes of one kind. */
export function getNodesOfKind<K extends TreeNode['kind']>(tree: PacksTree, kind: K): Extract<TreeNode, { kind: K }>[] {
  return getNodes(tree).filter((node): node is Extract<TreeNode, { kind: K }> => node.kind === kind);
}

/** Resolves when every expanded node has loaded its children, and `parent` as well. */
export async function waitUntilLoaded({ estate, tree }: Packscope, parent?: TreeNode): Promise<void> {
  await until('expanded nodes to load', () => {
    getNodes(tree);
    if (parent) getNodes(tree, parent);
    return !estate.isLoading();
  });
}

/**
 * Runs a command and accepts the first entry of every picker that it opens, and returns its result. A picker closes if it
 * loses the focus, as to a panel that is opening: then the command runs again.
 */
export function runWithFirstEntries<T>(command: string, ...args: unknown[]): Promise<NonNullable<T>> {
  return until(`a result of ${command}`, async () => {
    let hasEnded = false;
    const running = Promise.resolve(commands.executeCommand<T | undefined>(command, ...args)).finally(() => {
      hasEnded = true;
    });
    const accepting = until(`${command} to end`, async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return hasEnded;
    });
    const [result] = await Promise.all([running, accepting]);
    return result;
  });
}
