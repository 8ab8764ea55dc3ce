import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { iconOf } from '../../../src/views/tree/icons.ts';
import { labelOf } from '../../../src/views/tree/labels.ts';
import { hasChildren } from '../../../src/views/tree/nodes.ts';
import { tooltipOf } from '../../../src/views/tree/tooltips.ts';
import { noon } from './openTree.ts';
import type { ShownTree } from './shownTree.ts';

/** Compares with `golden/<name>.txt`; with UPDATE_GOLDEN in the environment the file is written instead. */
export function assertGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}.txt`, import.meta.url);
  if (process.env.UPDATE_GOLDEN !== undefined) {
    assert.equal(process.env.CI, undefined, 'golden files are never written where CI is set');
    writeFileSync(file, text);
  }
  assert.equal(text, readFileSync(file, 'utf8'));
}

/** The tree as text: one line a node, `label | description | codicon`, tooltips below it where they are wanted. */
export function render(shown: ShownTree, { tooltips = false } = {}): string {
  const welcome = shown.model.welcome();
  const lines = shown.lines.flatMap(({ node, depth }) => {
    const { label, description } = labelOf(node);
    const fold = hasChildren(node) ? (shown.isExpanded(node) ? '▾ ' : '▸ ') : '';
    const line = `${fold}${[label, description, iconOf(node).codicon].join(' | ')}`;
    const below = tooltips ? tooltipOf(node, noon.getTime()).map((each) => `      ${masked(each)}`) : [];
    return [line, ...below].map((each) => `${'  '.repeat(depth)}${each}`);
  });
  return `${[...(welcome ? [`(welcome: ${welcome})`] : []), ...lines].join('\n')}\n`;
}

const masked = (line: string): string => line.replace(/^Request [\da-f-]{36}$/, 'Request …');
