import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeyedRows } from '../../../src/compliance/paging/keyedRows.ts';

describe('KeyedRows', () => {
  it('keep each key once, at its first position with its latest row', () => {
    const rows = fc.array(fc.record({ key: fc.string({ maxLength: 2 }), value: fc.nat() }, { noNullPrototype: true }));
    fc.assert(
      fc.property(rows, (added) => {
        const keyed = new KeyedRows<{ key: string; value: number }>(({ key }) => key);
        const grouped = new KeyedRows<{ key: string; value: number }>(
          ({ key }) => key.slice(1),
          ({ key }) => key.slice(0, 1),
        );
        const expected = new Map<string, { key: string; value: number }>();
        for (const row of added) {
          assert.equal(keyed.add(row), !expected.has(row.key));
          assert.equal(grouped.add(row), !expected.has(row.key));
          expected.set(row.key, row);
        }
        assert.equal(keyed.size, expected.size);
        assert.deepEqual(keyed.toArray(), [...expected.values()]);
        assert.deepEqual(grouped.toArray(), [...expected.values()]);
      }),
    );
  });
});
