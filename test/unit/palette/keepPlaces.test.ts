import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keepPlaces, type PickerItem } from '../../../src/views/palette/quickPickItems.ts';

const createItem = (key: string): PickerItem => ({
  key,
  label: key,
  icon: { codicon: 'x' },
  selection: key.startsWith('#')
    ? { kind: 'none' }
    : { kind: 'pack', pack: { connection: {}, scope: { account: 'a', partition: 'aws', region: 'r' }, name: key } },
});

const order = (keys: readonly string[], shown: readonly string[], active: string | undefined) =>
  keepPlaces(keys.map(createItem), shown, active).map(({ key }) => key);

describe('keepPlaces', () => {
  it('keeps the first row while it is active, and ranks what arrives below it', () => {
    assert.deepEqual(order(['best', 'b', 'a', '#more'], ['a', 'b', '#loading'], 'a'), ['a', 'best', 'b', '#more']);
  });

  it('keeps every row once another one is active', () => {
    assert.deepEqual(order(['best', 'b', 'a', '#more'], ['a', 'b', '#loading'], 'b'), ['a', 'b', 'best', '#more']);
  });

  it('keeps nothing without an active row, or with an active note', () => {
    for (const active of [undefined, '#loading', 'gone'])
      assert.deepEqual(order(['b', 'a'], ['#loading'], active), ['b', 'a']);
  });

  it('never moves the active row while nothing above it disappears, and loses no row', () => {
    const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 2, unit: fc.constantFrom(...'abcdef') }));
    fc.assert(
      fc.property(keys, keys, fc.nat(), (shown, arrived, index) => {
        const all = [...new Set([...arrived, ...shown])];
        const active = shown[index % Math.max(1, shown.length)];
        const result = order(all, shown, active);
        assert.deepEqual([...result].sort(), [...all].sort());
        if (active !== undefined) assert.equal(result.indexOf(active), shown.indexOf(active));
      }),
    );
  });
});
