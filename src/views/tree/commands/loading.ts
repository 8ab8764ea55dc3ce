import * as vscode from 'vscode';
import { isSignedOut } from '../../../compliance/errors.ts';
import type { List } from '../../../compliance/paging/list.ts';
import { resolveConnections } from '../../../compliance/queries/lookup.ts';
import { throwOnFailures, toReadFailures } from '../../../compliance/queries/readFailures.ts';
import { getConnectionKey } from '../../../compliance/source.ts';
import { asRecord } from '../../../compliance/unknownValues.ts';
import { viewId } from '../../../manifest.ts';
import { parseArguments } from '../../shared/commandArguments.ts';
import { offerChoices, runWithProgress } from '../../shared/messages.ts';
import { pickItem } from '../../shared/quickPicks.ts';
import { getLabel } from '../item/labels.ts';
import { isTreeNode, type TreeNode } from '../model/nodes.ts';
import type { PacksTree } from '../packsTree.ts';
import { resolveNode } from './resolveNode.ts';
import type { TreeCommandContext } from './treeCommandContext.ts';

/** The return value of the Load More and Load All commands: the number of rows loaded so far. */
interface LoadProgress {
  readonly loaded: number;
  readonly complete: boolean;
}

/**
 * Reads a node and everything below it again, or the packs that `{ name, account?, region? }` names. Without arguments:
 * the pack of the active panel, or the whole tree.
 */
export async function refresh({ tree, estate, panels }: TreeCommandContext, args: unknown): Promise<void> {
  estate.allowPrompts();
  if (asRecord(args).name !== undefined && !isTreeNode(args)) return refreshPacks(tree, args);
  const node = await resolveNode(tree, args);
  if (node || !(await panels.refreshActive())) tree.refresh(node);
}

/** Refreshes the whole tree: in the title bar, VS Code passes the selected node, which is irrelevant here. */
export async function refreshAll({ tree, estate }: TreeCommandContext): Promise<void> {
  estate.allowPrompts();
  tree.refresh();
}

/** Reads a pack and its rules again, in each account and region of the connections that the arguments leave. */
async function refreshPacks(tree: PacksTree, args: unknown): Promise<void> {
  const { name = '', ...scope } = parseArguments(args, ['name', 'account', 'region']) ?? {};
  const { results, failures } = await resolveConnections(tree.model.getStores(), scope);
  if (results.length === 0) throwOnFailures(failures);
  for (const { store } of results) {
    const packs = store.findPackList(name);
    void packs.refresh();
    if (packs.rows.some((pack) => pack.name === name)) void store.getRuleList(name).refresh();
  }
}

/** Shows more loaded rows of a node's list, or loads its next page; without a node, that of a list that the user picks. */
export async function loadMore({ tree }: TreeCommandContext, args: unknown): Promise<LoadProgress | undefined> {
  const node = await resolveNode(tree, args);
  if (node?.kind === 'more' && node.hiddenCount > 0) {
    tree.showMore(node.list);
    return getProgress(node.list);
  }
  const list = await resolveList(tree, node);
  await list?.loadMore();
  return list && getProgress(list);
}

/** Loads all pages of a list with a progress notification. Pages loaded before a cancel are kept. */
export async function loadAll({ tree }: TreeCommandContext, args: unknown): Promise<LoadProgress | undefined> {
  const list = await resolveList(tree, await resolveNode(tree, args));
  if (!list) return undefined;
  await runWithProgress('Loading all rows', (signal, report) =>
    list.loadAll(signal, (loaded) => report(`${loaded} loaded`)),
  );
  return getProgress(list);
}

/** Repeats a failed load. If its account may have changed, reads the whole connection again. */
export async function retry({ tree, estate }: TreeCommandContext, args: unknown): Promise<void> {
  const node = await resolveNode(tree, args);
  if (node?.kind === 'error') {
    estate.allowPrompts();
    const key = getConnectionKey(node.connection);
    if (isSignedOut(node.error) || node.error.kind === 'accountMismatch')
      estate.reset(({ connection }) => getConnectionKey(connection) === key);
    else for (const list of node.lists) void list.retry();
  } else if (node) {
    await tree.model.getChildList(node)?.retry();
  }
}

/** Throws if no connection can be read: then no list is open, let alone loaded. */
async function requireConnection(tree: PacksTree): Promise<void> {
  const stores = tree.model.getStores();
  if (stores.some(({ identity }) => identity.rows.length > 0)) return;
  await Promise.all(stores.map(({ identity }) => identity.loadMore()));
  throwOnFailures(stores.flatMap((store) => toReadFailures(store, 'the account', store.identity.errors)));
}

const getProgress = ({ rows, isComplete }: List<unknown>): LoadProgress => ({
  loaded: rows.length,
  complete: isComplete,
});

/** The list of a node, or an unfinished list that the user picks. */
async function resolveList(tree: PacksTree, target: TreeNode | undefined): Promise<List<unknown> | undefined> {
  if (target?.kind === 'more') return target.list;
  if (target) return tree.model.getChildList(target);
  const items = [...tree.model.loadedNodes()].flatMap(({ node, parent }) =>
    node.kind === 'more'
      ? {
          label: parent ? getLabel(parent).label : 'Aggregators',
          description: `${node.loadedCount} loaded`,
          list: node.list,
        }
      : [],
  );
  if (items.length === 0) {
    await requireConnection(tree);
    void offerChoices('All open lists are fully loaded.', {
      'Show Conformance Packs': () => vscode.commands.executeCommand(`${viewId}.focus`),
    });
  }
  if (items.length <= 1) return items[0]?.list;
  const placeHolder = 'Which list do you want to continue?';
  return (await pickItem(items, { title: 'Load More', placeHolder }))?.list;
}
