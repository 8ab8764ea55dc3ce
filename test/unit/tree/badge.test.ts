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
          // The badge of a row counts rules: its score is another number, and named as such.
          const others = node.kind === 'row' ? texts.replaceAll(/score \d+(\.\d)?%/gi, '') : texts;
          const percents = new Set(others.match(/\d+(\.\d)?%/g));
          assert.deepEqual([...percents], [formatPercent(badge?.percent ?? Number.NaN)], texts);
          assert(texts.toLowerCase().includes(describeBadge(badge?.percent ?? 0, badge?.measure ?? '')), texts);
        }
      }));
  }

  it('show the measure that the rows of an aggregator are sorted by, also where the score is known', () =>
    withOpenTree({}, async ({ shown }) => {
      shown.setQuery({ groupBy: 'none' });
      await shown.waitUntilIdle();
      for (const node of shown.nodesOfKind('aggregator')) shown.expand(node);
      await shown.waitUntilIdle();
      const rows = shown.nodesOfKind('row');
      assert(rows.some(({ score }) => score?.percent !== undefined) && rows.some(({ score }) => !score));
      for (const aggregator of shown.nodesOfKind('aggregator')) {
        const badges = rows.filter(({ id }) => id.startsWith(`${aggregator.id}/`)).map(getBadge);
        assert(badges.every((badge) => badge?.measure === 'rules'));
        const percents = badges.flatMap((badge) => badge?.percent ?? []);
        assert.deepEqual(
          percents,
          percents.toSorted((a, b) => a - b),
        );
      }
    }));
});
