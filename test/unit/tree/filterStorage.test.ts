import assert from 'node:assert/strict';
import { restoreFilter, SavedFilters, saveFilter } from '../../../src/views/tree/filterStorage.ts';

/** A storage as VS Code has it: what is kept comes back as JSON. */
function storage(kept: Record<string, unknown> = {}) {
  const values = new Map(Object.entries(kept));
  return {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => {
      values.set(key, JSON.parse(JSON.stringify(value)));
    },
  };
}

const bad = { compliance: 'NON_COMPLIANT' } as const;

describe('filters that are kept', () => {
  it('come back by name, and go', async () => {
    const kept = storage();
    await new SavedFilters(kept).save('to fix', bad);
    await new SavedFilters(kept).save('Frankfurt', { region: 'eu-central-1' });
    await new SavedFilters(kept).save('to fix', { ...bad, scoreBelow: 50 });
    assert.deepEqual(new SavedFilters(kept).all, [
      ['Frankfurt', { region: 'eu-central-1' }],
      ['to fix', { ...bad, scoreBelow: 50 }],
    ]);
    assert.deepEqual(new SavedFilters(kept).get('Frankfurt'), { region: 'eu-central-1' });
    await new SavedFilters(kept).remove('to fix');
    assert.throws(() => new SavedFilters(kept).get('to fix'), /No filter is saved as “to fix”. There is “Frankfurt”./);
  });

  it('are at most fifty', async () => {
    const saved = new SavedFilters(storage());
    for (let index = 0; index < 50; index++) await saved.save(`filter ${index}`, bad);
    await saved.save('filter 7', { region: 'eu-central-1' });
    await assert.rejects(() => saved.save('one more', bad), /There are 50 saved filters/);
  });

  it('are only those that are filters', () => {
    const long = 'x'.repeat(100_000);
    const kept = {
      good: bad,
      wrong: { compliance: 'FINE' },
      none: 7,
      more: { ...bad, else: 1 },
      long: { nameContains: long },
    };
    assert.deepEqual(new SavedFilters(storage({ 'packscope.filters': { ...kept, [long]: bad } })).all, [['good', bad]]);
    for (const strange of ['text', 7, null, [1, 2]]) {
      assert.deepEqual(new SavedFilters(storage({ 'packscope.filters': strange })).all, []);
    }
  });

  it('come back as a view’s last one', () => {
    const kept = storage();
    assert.deepEqual(restoreFilter(kept), {});
    saveFilter(kept, bad);
    assert.deepEqual(restoreFilter(kept), bad);
    saveFilter(kept, {});
    assert.deepEqual(restoreFilter(kept), {});
    for (const strange of ['text', { account: '12' }, { nameContains: 'x'.repeat(1000) }, { ...bad, else: 1 }]) {
      assert.deepEqual(restoreFilter(storage({ 'packscope.filter': strange })), {});
    }
  });
});
