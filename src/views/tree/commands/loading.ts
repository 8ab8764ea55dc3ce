import * as vscode from 'vscode';
import { isSignedOut } from '../../../compliance/errors.ts';
import type { List } from '../../../compliance/paging/list.ts';
import { connectionKey } from '../../../compliance/source.ts';
import type { Estate } from '../../../compliance/store/estate.ts';
import { labelOf } from '../item/labels.ts';
import type { PacksTree } from '../packsTree.ts';
import { resolveNode } from './resolveNode.ts';

/** How far a list is, as a command returns it. */
interface Loaded {
  readonly loaded: number;
  readonly complete: boolean;
}

/** Reads again what stands at and below a node, or everything. */
export async function refresh(tree: PacksTree, estate: Estate, args?: unknown): Promise<void> {
  estate.promptGeneration += 1;
  tree.refresh(await resolveNode(tree, args));
}

/** Loads the next page of a list: of the node that is given, or of one that the person picks. */
export async function loadMore(tree: PacksTree, args: unknown): Promise<Loaded | undefined> {
  const list = await listToLoad(tree, args);
  await list?.loadMore();
  return list && loadedOf(list);
}

/** Loads a list to its end, telling how far it is; what came until a cancel stays. */
export async function loadAll(tree: PacksTree, args: unknown): Promise<Loaded | undefined> {
  const list = await listToLoad(tree, args);
  if (!list) return undefined;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Loading all', cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      await list.loadAll(controller.signal, (loaded) => progress.report({ message: `${loaded} loaded` }));
    },
  );
  return loadedOf(list);
}

/** Loads again what an error kept away; with credentials, which may be somebody else's by now, everything of theirs. */
export async function retry(tree: PacksTree, estate: Estate, args: unknown): Promise<void> {
  const node = await resolveNode(tree, args);
  if (node?.kind === 'error') {
    estate.promptGeneration += 1;
    const key = connectionKey(node.connection);
    if (isSignedOut(node.error)) estate.reset(({ connection }) => connectionKey(connection) === key);
    else for (const list of node.lists) void list.retry();
  } else if (node) {
    await tree.model.listBelow(node)?.retry();
  }
}

const loadedOf = ({ rows, isComplete }: List<unknown>): Loaded => ({ loaded: rows.length, complete: isComplete });

async function listToLoad(tree: PacksTree, args: unknown): Promise<List<unknown> | undefined> {
  const asked = await resolveNode(tree, args);
  if (asked?.kind === 'more') return asked.list;
  if (asked) return tree.model.listBelow(asked);
  const open = [...tree.model.known()].flatMap(({ node, parent }) =>
    node.kind === 'more'
      ? [
          {
            label: parent ? labelOf(parent).label : 'Aggregators',
            description: `${node.loaded} loaded`,
            list: node.list,
          },
        ]
      : [],
  );
  if (open.length === 0)
    void vscode.window.showInformationMessage('Every list that is open has been loaded to its end.');
  if (open.length <= 1) return open[0]?.list;
  return (await vscode.window.showQuickPick(open, { title: 'Load More', placeHolder: 'Which list goes on?' }))?.list;
}
