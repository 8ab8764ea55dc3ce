import * as vscode from 'vscode';
import { toBoldMarkdown, toMarkdownText } from '../../../compliance/text/plainText.ts';
import type { TreeNode } from '../model/nodes.ts';
import { getTooltipLines } from './tooltipText.ts';

/** A node's tooltip as Markdown. All text is escaped: it comes from AWS and the settings. */
export function createTooltip(node: TreeNode): vscode.MarkdownString {
  const [title = '', ...lines] = getTooltipLines(node, Date.now());
  return new vscode.MarkdownString([toBoldMarkdown(title), ...lines.map(toMarkdownText)].join('\n\n'));
}
