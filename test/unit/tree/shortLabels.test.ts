import assert from 'node:assert/strict';
import { groupings } from '../../../src/compliance/grouping.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import { noon, withOpenTree } from '../../support/tree/openTree.ts';

describe('labels of packs', () => {
  it('are shortened once three siblings are loaded, and keep their ids', () =>
    withOpenTree({ pageSize: 1 }, async ({ shown, estate }) => {
      const before = shown.nodesOfKind('pack');
      assert.deepEqual(
        before.map((node) => getLabel(node).label),
        ['operational-best-practices-for-hipaa-security', 'operational-best-practices-for-encryption-and-keys'],
      );
      await estate.getStore({}).getPackLists()[0]?.loadAll();
      await shown.waitUntilIdle();
      const after = new Map(shown.nodesOfKind('pack').map((node) => [node.id, getLabel(node).label]));
      assert.deepEqual(
        before.map(({ id }) => after.get(id)),
        ['…hipaa-security', '…encryption-and-keys'],
      );
    }));

  for (const groupBy of groupings) {
    it(`keep the exact name for tooltips and screen readers, by ${groupBy}`, () =>
      withOpenTree({}, async ({ shown }) => {
        shown.setQuery({ groupBy });
        await shown.waitUntilIdle();
        for (const kind of ['aggregator', 'group'] as const) {
          for (const node of shown.nodesOfKind(kind)) shown.expand(node);
          await shown.waitUntilIdle();
        }
        const shortened = shown.nodes.filter((node) => getLabel(node).label.startsWith('…'));
        assert(shortened.length > 5);
        for (const node of shortened) {
          const { label, exactName = '' } = getLabel(node);
          assert(exactName.endsWith(label.slice(1)) && exactName.length > label.length, label);
          assert.equal(getTooltipLines(node, noon.getTime())[0], exactName);
          assert(node.id.includes(exactName));
        }
      }));
  }
});
