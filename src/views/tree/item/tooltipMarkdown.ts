import * as vscode from 'vscode';
import type { TreeNode } from '../model/nodes.ts';
import { getTooltipLines } from './tooltipText.ts';

/** A node's tooltip as Markdown. All text is escaped: it comes from AWS and the settings. */
export function createTooltip(node: TreeNode): vscode.MarkdownString {
  const [title = '', ...lines] = getTooltipLines(node, Date.now());
  const markdown = new vscode.MarkdownString('**').appendText(title).appendMarkdown('**');
  for (const line of lines) markdown.appendMarkdown('\n\n').appendText(line);
  return markdown;
}
