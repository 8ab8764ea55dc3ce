import { getIcon } from '../../../src/views/tree/item/icons.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import { hasChildren } from '../../../src/views/tree/model/nodes.ts';
import { noon } from '../../support/tree/openTree.ts';
import type { ShownTree } from '../../support/tree/shownTree.ts';

/** Renders the tree as text: a line `label | description | codicon` per node, optionally followed by its tooltip. */
export function render(shown: ShownTree, { tooltips = false } = {}): string {
  const welcome = shown.model.getWelcome();
  const lines = shown.lines.flatMap(({ node, depth }) => {
    const { label, description } = getLabel(node);
    const twistie = hasChildren(node) ? (shown.isExpanded(node) ? '▾ ' : '▸ ') : '';
    const line = `${twistie}${[label, description, getIcon(node).codicon].join(' | ')}`;
    const below = tooltips ? getTooltipLines(node, noon.getTime()).map((each) => `      ${maskVaryingText(each)}`) : [];
    return [maskVaryingText(line), ...below].map((each) => `${'  '.repeat(depth)}${each}`);
  });
  return `${[...(welcome ? [`(welcome: ${welcome})`] : []), ...lines].join('\n')}\n`;
}

/** Request ids and times differ in each run. */
const maskVaryingText = (line: string): string =>
  line.replace(/\b(request) [\da-f-]{36}/i, '$1 …').replace(/\b(read at) \d\d:\d\d:\d\d/, '$1 …');
