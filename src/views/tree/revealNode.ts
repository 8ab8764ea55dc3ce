import type * as vscode from 'vscode';
import { showInformation } from '../shared/messages.ts';
import type { TreeNode } from './model/nodes.ts';

/** Attempts to reveal a node before giving up. */
const maxAttempts = 3;
/** How long VS Code may take to report the selection of a revealed node, in milliseconds. */
const selectionTimeout = 500;

/**
 * Reveals and selects a node. VS Code resolves the path to the node from the root and loses it, without an error, if
 * the tree is redrawn meanwhile: by a load that starts now, or because the view has just been opened. So redraws are
 * suspended during an attempt, and an attempt that selects nothing is repeated.
 */
export async function revealNode(
  view: vscode.TreeView<TreeNode>,
  node: TreeNode,
  suspendRedrawsDuring: (run: () => Thenable<void>) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    await suspendRedrawsDuring(() => view.reveal(node, { select: true, focus: true }));
    if (await isSelected(view, node)) return;
  }
}

/** Whether a node is selected. VS Code reports a selection with a delay. */
function isSelected(view: vscode.TreeView<TreeNode>, { id }: TreeNode): Promise<boolean> {
  const isSelectedNow = () => view.selection.some((node) => node.id === id);
  if (isSelectedNow() || !view.visible) return Promise.resolve(isSelectedNow());
  return new Promise((resolve) => {
    const finish = () => {
      listener.dispose();
      clearTimeout(timer);
      resolve(isSelectedNow());
    };
    const timer = setTimeout(finish, selectionTimeout);
    const listener = view.onDidChangeSelection(() => isSelectedNow() && finish());
  });
}

/** Tells the user that the tree has no such pack. */
export const reportMissingPack = (name: string): void =>
  void showInformation(`The tree does not show the pack ${name}.`);
