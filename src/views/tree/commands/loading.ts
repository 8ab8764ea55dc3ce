import * as vscode from 'vscode';
import { isSignedOut } from '../../../compliance/errors.ts';
import type { Estate } from '../../../compliance/estate.ts';
import type { List } from '../../../compliance/pagedList.ts';
import { connectionKey } from '../../../compliance/source.ts';
import { labelOf } from '../labels.ts';
import type { TreeNode } from '../nodes.ts';
import type { PacksTree } from '../packsTree.ts';

/** Loads the next page of a list: of the node that was clicked, or of one that the person picks. */
export async function loadMore(tree: PacksTree, node?: TreeNode): Promise<void> {
  await (await listToLoad(tree, node))?.more();
}

/** Loads a list to its end, telling how far it is; what came until a cancel stays. */
export async function loadAll(tree: PacksTree, node?: TreeNode): Promise<void> {
  const list = await listToLoad(tree, node);
  if (!list) return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Loading all', cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      await list.all(controller.signal, (loaded) => progress.report({ message: `${loaded} loaded` }));
    },
  );
}

/** Loads again what an error kept away; with credentials, which may be somebody else's by now, everything of theirs. */
export function retry(estate: Estate, node: TreeNode | undefined): void {
  if (node?.kind !== 'error') return;
  estate.round += 1;
  const key = connectionKey(node.connection);
  if (isSignedOut(node.error)) estate.reset(({ connection }) => connectionKey(connection) === key);
  else for (const list of node.lists) void list.retry();
}

async function listToLoad(tree: PacksTree, node: TreeNode | undefined): Promise<List<unknown> | undefined> {
  if (node?.kind === 'more') return node.list;
  if (node) return tree.model.listBelow(node);
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
