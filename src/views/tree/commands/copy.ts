import * as vscode from 'vscode';
import type { TreeNode } from '../nodes.ts';
import type { PacksTree } from '../packsTree.ts';

/** Copies the name of what was clicked, or of a pack that the person picks. */
export async function copyName(tree: PacksTree, node?: TreeNode): Promise<void> {
  await copy(tree, 'Copy Name', nameOf, node);
}

/** Copies a deployed pack's ARN, likewise. */
export async function copyArn(tree: PacksTree, node?: TreeNode): Promise<void> {
  await copy(tree, 'Copy Pack ARN', (each) => (each.kind === 'pack' ? each.pack.deployment?.arn : undefined), node);
}

function nameOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'pack':
      return node.pack.name;
    case 'row':
      return node.row.pack;
    case 'rule':
      return node.rule.name;
    case 'evaluation':
      return node.evaluation.resourceId;
    default:
      return undefined;
  }
}

async function copy(
  tree: PacksTree,
  title: string,
  textOf: (node: TreeNode) => string | undefined,
  node: TreeNode | undefined,
): Promise<void> {
  const text = (node && textOf(node)) ?? (await askText(tree, title, textOf));
  if (text !== undefined) await vscode.env.clipboard.writeText(text);
}

async function askText(tree: PacksTree, title: string, textOf: (node: TreeNode) => string | undefined) {
  const known = new Set([...tree.model.known()].flatMap(({ node }) => textOf(node) ?? []));
  if (known.size === 0)
    void vscode.window.showInformationMessage('No pack is loaded yet: open the Conformance Packs view.');
  return known.size === 0 ? undefined : vscode.window.showQuickPick([...known], { title });
}
