import * as vscode from 'vscode';
import type { TreeNode } from '../model/nodes.ts';
import { tooltipOf } from './tooltipText.ts';

/** A node's tooltip. Text of the service and of files is data: it is escaped. */
export function tooltip(node: TreeNode): vscode.MarkdownString {
  const [title = '', ...lines] = tooltipOf(node, Date.now());
  const markdown = new vscode.MarkdownString('**').appendText(title).appendMarkdown('**');
  for (const line of lines) markdown.appendMarkdown('\n\n').appendText(line);
  return markdown;
}
