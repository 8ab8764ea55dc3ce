import assert from 'node:assert/strict';
import { SavedFilters } from '../../../src/views/tree/filterStorage.ts';
import { restoreFilter, saveFilter } from '../../../src/views/tree/lastFilter.ts';

/** A memento like VS Code's, which stores JSON. */
function createMemento(stored: Record<string, unknown> = {}) {
  const values = new Map(Object.entries(stored));
  return {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => {
      values.set(key, JSON.parse(JSON.stringify(value)));
    },
  };
}

const nonCompliant = { compliance: 'NON_COMPLIANT' } as const;

describe('SavedFilters', () => {
  it('saves, replaces and removes filters by name', async () => {
    const memento = createMemento();
    await new SavedFilters(memento).save('to fix', nonCompliant);
    await new SavedFilters(memento).save('Frankfurt', { region: 'eu-central-1' });
    await new SavedFilters(memento).save('to fix', { ...nonCompliant, scoreBelow: 50 });
    assert.deepEqual(new SavedFilters(memento).list(), [
      ['Frankfurt', { region: 'eu-central-1' }],
      ['to fix', { ...nonCompliant, scoreBelow: 50 }],
    ]);
    assert.deepEqual(new SavedFilters(memento).get('Frankfurt'), { region: 'eu-central-1' });
    await new SavedFilters(memento).remove('to fix');
    assert.throws(
      () => new SavedFilters(memento).get('to fix'),
      /No filter is saved as “to fix”\. Saved filters: “Frankfurt”\./,
    );
  });

  it('refuses to save more than 50 filters', async () => {
    const saved = new SavedFilters(createMemento());
    for (let index = 0; index < 50; index++) await saved.save(`filter ${index}`, nonCompliant);
    await saved.save('filter 7', { region: 'eu-central-1' });
    await assert.rejects(() => saved.save('one more', nonCompliant), /There are 50 saved filters/);
  });

  it('leaves out invalid entries', () => {
    const long = 'x'.repeat(100_000);
    const stored = {
      good: nonCompliant,
      wrong: { compliance: 'FINE' },
      none: 7,
      more: { ...nonCompliant, else: 1 },
      long: { nameContains: long },
      [long]: nonCompliant,
    };
    const saved = new SavedFilters(createMemento({ 'packscope.filters': stored }));
    assert.deepEqual(saved.list(), [['good', nonCompliant]]);
    for (const invalid of ['text', 7, null, [1, 2]]) {
      assert.deepEqual(new SavedFilters(createMemento({ 'packscope.filters': invalid })).list(), []);
    }
  });
});

describe('restoreFilter', () => {
  it('returns the filter that was saved last', async () => {
    const memento = createMemento();
    assert.deepEqual(await restoreFilter(memento), {});
    saveFilter(memento, nonCompliant);
    assert.deepEqual(await restoreFilter(memento), nonCompliant);
    saveFilter(memento, {});
    assert.deepEqual(await restoreFilter(memento), {});
  });

  it('ignores an invalid filter', async () => {
    const long = 'x'.repeat(1000);
    for (const invalid of ['text', { account: '12' }, { nameContains: long }, { ...nonCompliant, else: 1 }]) {
      assert.deepEqual(await restoreFilter(createMemento({ 'packscope.filter': invalid })), {});
    }
  });
});
