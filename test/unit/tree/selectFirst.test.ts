import assert from 'node:assert/strict';
import fc from 'fast-check';
import { selectFirst } from '../../../src/views/tree/model/selectFirst.ts';

describe('selectFirst', () => {
  it('returns the first rows of a stable sort', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.nat({ max: 20 }), id: fc.nat() })),
        fc.integer({ min: 1, max: 10 }),
        (rows, limit) => {
          const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
          assert.deepEqual(selectFirst(rows, limit, compare), rows.toSorted(compare).slice(0, limit));
        },
      ),
    ));
});
