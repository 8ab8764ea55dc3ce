import { getIcon } from '../../../src/views/tree/item/icons.ts';
import { labelOf } from '../../../src/views/tree/item/labels.ts';
import { tooltipOf } from '../../../src/views/tree/item/tooltipText.ts';
import { hasChildren } from '../../../src/views/tree/model/nodes.ts';
import { noon } from './openTree.ts';
import type { ShownTree } from './shownTree.ts';

/** The tree as text: one line a node, `label | description | codicon`, tooltips below it where they are wanted. */
export function render(shown: ShownTree, { tooltips = false } = {}): string {
  const welcome = shown.model.welcome();
  const lines = shown.lines.flatMap(({ node, depth }) => {
    const { label, description } = labelOf(node);
    const fold = hasChildren(node) ? (shown.isExpanded(node) ? '▾ ' : '▸ ') : '';
    const line = `${fold}${[label, description, getIcon(node).codicon].join(' | ')}`;
    const below = tooltips ? tooltipOf(node, noon.getTime()).map((each) => `      ${masked(each)}`) : [];
    return [masked(line), ...below].map((each) => `${'  '.repeat(depth)}${each}`);
  });
  return `${[...(welcome ? [`(welcome: ${welcome})`] : []), ...lines].join('\n')}\n`;
}

const masked = (line: string): string => line.replace(/\b(request) [\da-f-]{36}/i, '$1 …');
