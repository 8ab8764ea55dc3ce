import { getIcon } from '../../../src/views/tree/item/icons.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import { hasChildren } from '../../../src/views/tree/model/nodes.ts';
import { noon } from '../../support/tree/openTree.ts';
import type { ShownTree } from '../../support/tree/shownTree.ts';

/** The tree as text: one line a node, `label | description | codicon`, tooltips below it where they are wanted. */
export function render(shown: ShownTree, { tooltips = false } = {}): string {
  const welcome = shown.model.getWelcome();
  const lines = shown.lines.flatMap(({ node, depth }) => {
    const { label, description } = getLabel(node);
    const fold = hasChildren(node) ? (shown.isExpanded(node) ? '▾ ' : '▸ ') : '';
    const line = `${fold}${[label, description, getIcon(node).codicon].join(' | ')}`;
    const below = tooltips ? getTooltipLines(node, noon.getTime()).map((each) => `      ${masked(each)}`) : [];
    return [masked(line), ...below].map((each) => `${'  '.repeat(depth)}${each}`);
  });
  return `${[...(welcome ? [`(welcome: ${welcome})`] : []), ...lines].join('\n')}\n`;
}

const masked = (line: string): string => line.replace(/\b(request) [\da-f-]{36}/i, '$1 …');
