import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chartSize, getTrendRows, layOutTrend, maxGap } from '../../../src/webview/pack/trendChart.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 1);

const trend = fc
  .array(
    fc.record({ wait: fc.integer({ min: 1, max: 10 * day }), percent: fc.double({ min: 0, max: 100, noNaN: true }) }),
    {
      minLength: 1,
    },
  )
  .map((steps) => {
    let at = start;
    return steps.map(({ wait, percent }) => {
      at += wait;
      return { at, percent };
    });
  });

describe('layOutTrend', () => {
  it('keeps everything within its area, and connects no scores across a gap', () => {
    fc.assert(
      fc.property(trend, fc.integer({ min: 0, max: 100 }), (points, target) => {
        const { lines, percentTicks, timeTicks, targetY } = layOutTrend(points, target);
        const { width, height, left, right, top, bottom } = chartSize;
        const isInside = ({ x, y }: { x: number; y: number }) =>
          x >= left - 1e-6 && x <= width - right + 1e-6 && y >= top - 1e-6 && y <= height - bottom + 1e-6;
        assert(lines.flat().every(isInside));
        assert.equal(lines.flat().length, points.length);
        const gaps = points.filter(({ at }, index) => index > 0 && at - (points[index - 1]?.at ?? 0) > maxGap).length;
        assert.equal(lines.length, gaps + 1);
        assert(targetY !== undefined && isInside({ x: left, y: targetY }));
        assert(percentTicks.length >= 3 && percentTicks.length <= 6);
        for (const { value, position } of percentTicks) {
          assert(value >= 0 && value <= 100);
          assert(isInside({ x: left, y: position }));
        }
        assert(timeTicks.every(({ position }) => isInside({ x: position, y: top })));
      }),
    );
  });
});

describe('getTrendRows', () => {
  it('has every score, newest first, with changes and gaps', () => {
    const rows = getTrendRows([
      { at: start, percent: 64.7 },
      { at: start + day, percent: 61.5 },
      { at: start + 13 * day, percent: 61.5 },
    ]);
    assert.deepEqual(rows, [
      { kind: 'score', at: start + 13 * day, percent: 61.5, change: 0 },
      { kind: 'gap', days: 12 },
      { kind: 'score', at: start + day, percent: 61.5, change: 61.5 - 64.7 },
      { kind: 'score', at: start, percent: 64.7, change: undefined },
    ]);
  });
});
