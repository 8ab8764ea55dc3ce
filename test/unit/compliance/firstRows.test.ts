import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FirstRows } from '../../../src/compliance/queries/firstRows.ts';

describe('FirstRows', () => {
  it('returns the first rows of a stable sort and counts all', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.nat({ max: 20 }), id: fc.nat() })),
        fc.integer({ min: 1, max: 10 }),
        (rows, limit) => {
          const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
          const first = new FirstRows(limit, compare);
          for (const row of rows) first.add(row);
          assert.deepEqual(first.toSorted(), rows.toSorted(compare).slice(0, limit));
          assert.equal(first.count, rows.length);
        },
      ),
    ));
});
