import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupings } from '../../../src/compliance/grouping.ts';
import { formatPercent } from '../../../src/compliance/text/score.ts';
import { describeBadge, formatBadge, getBadge } from '../../../src/views/tree/item/badge.ts';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { getTooltipLines } from '../../../src/views/tree/item/tooltipText.ts';
import { noon, withOpenTree } from '../../support/tree/openTree.ts';

describe('badges', () => {
  it('show the whole part of the formatted number in two characters', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, maxExcluded: true, noNaN: true }), (percent) => {
        const badge = formatBadge(percent);
        assert.equal(badge, /^\d+/.exec(formatPercent(percent))?.[0]);
        assert(badge.length <= 2);
      }),
    );
    assert.deepEqual([formatBadge(96.97), formatPercent(96.97)], ['97', '97%']);
  });

  for (const groupBy of groupings) {
    it(`show a number that the row or its tooltip shows, by ${groupBy}`, () =>
      withOpenTree({}, async ({ shown }) => {
        shown.setQuery({ groupBy });
        await shown.waitUntilIdle();
        for (const kind of ['aggregator', 'group'] as const) {
          for (const node of shown.nodesOfKind(kind)) shown.expand(node);
          await shown.waitUntilIdle();
        }
        const nodes = shown.nodes.filter((node) => getBadge(node)?.percent !== undefined);
        assert(nodes.length > 20);
        for (const node of nodes) {
          const badge = getBadge(node);
          const texts = [getLabel(node).description, ...getTooltipLines(node, noon.getTime())].join('\n');
          const percents = new Set(texts.match(/\d+(\.\d)?%/g));
          assert.deepEqual([...percents], [formatPercent(badge?.percent ?? Number.NaN)], texts);
          assert(texts.toLowerCase().includes(describeBadge(badge?.percent ?? 0, badge?.measure ?? '')), texts);
        }
      }));
  }
});
