import assert from 'node:assert/strict';
import { toOneLine } from '../../../src/compliance/text/plainText.ts';
import { getAccessibleLabel } from '../../../src/views/tree/item/accessibleLabel.ts';
import type { TreeNode } from '../../../src/views/tree/model/nodes.ts';
import { assertGolden } from '../../support/golden.ts';
import { withOpenTree, withTree } from '../../support/tree/openTree.ts';
import type { ShownTree } from '../../support/tree/shownTree.ts';

const render = ({ lines }: ShownTree, isShown: (node: TreeNode) => boolean = () => true): string =>
  lines
    .filter(({ node }) => isShown(node))
    .map(({ node, depth }) => `${'  '.repeat(depth)}${getAccessibleLabel(node)}\n`)
    .join('');

async function expandAll(shown: ShownTree, kinds: readonly TreeNode['kind'][]): Promise<void> {
  for (const kind of kinds) {
    const [first, second] = shown.nodesOfKind(kind);
    if (first) shown.expand(first);
    if (second && kind === 'aggregator') shown.expand(second);
    await shown.waitUntilIdle();
  }
}

describe('getAccessibleLabel', () => {
  it('says the kind, the exact name and the state of every row', () =>
    withOpenTree({ pageSize: 7 }, async ({ shown }) => {
      await expandAll(shown, ['pack', 'rule', 'aggregator', 'group']);
      const texts = [render(shown)];
      for (const groupBy of ['region', 'pack', 'status', 'none'] as const) {
        shown.setQuery({ groupBy });
        await shown.waitUntilIdle();
        texts.push(`(grouped by ${groupBy})\n${render(shown, ({ kind }) => kind === 'group' || kind === 'row')}`);
      }
      for (const { node } of shown.lines) assert.equal(toOneLine(getAccessibleLabel(node)), getAccessibleLabel(node));
      assertGolden(import.meta.url, 'accessible-labels.txt', texts.join('\n'));
    }));

  it('says errors, notes and loading', () =>
    withTree({ attempts: 1 }, async ({ shown, service }) => {
      const refused = { name: 'AccessDeniedException' };
      service.faults = {
        refuse: {
          ListConformancePackComplianceScores: refused,
          DescribeConfigurationAggregators: { name: 'InternalServerException' },
        },
      };
      shown.open();
      const loading = render(shown);
      await shown.waitUntilIdle();
      shown.setQuery({ filter: { nameContains: 'no-such-pack' } });
      await shown.waitUntilIdle();
      assertGolden(import.meta.url, 'accessible-states.txt', `${loading}\n${render(shown)}`);
    }));
});
