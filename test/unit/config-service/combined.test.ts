import assert from 'node:assert/strict';
import { combineEstates, demoEstate, generatedEstate } from '../../config-service/index.ts';

describe('two estates in one service', () => {
  const demo = demoEstate();
  const other = generatedEstate({ accounts: 2, regions: 2, packs: 5 });
  const both = combineEstates(demo, other);

  it('tell each of its own accounts alone', () => {
    for (const [estate, stranger] of [
      [demo, other],
      [other, demo],
    ] as const) {
      const { home } = estate;
      assert(estate.packNames(home).length > 0 && stranger.packNames(home).length === 0);
      assert.deepEqual(both.packNames(home), estate.packNames(home));
      assert.deepEqual(both.aggregators(home), estate.aggregators(home));
      for (const name of estate.packNames(home)) {
        const pack = estate.pack(home, name);
        assert(pack);
        assert.deepEqual(both.pack(home, name), pack);
        assert.deepEqual([both.rules(pack), both.ruleCounts(pack)], [estate.rules(pack), estate.ruleCounts(pack)]);
      }
    }
  });

  it('are at home where the first is', () => {
    assert.deepEqual(both.home, demo.home);
    assert.deepEqual(both.accounts, [...new Set([...demo.accounts, ...other.accounts])].sort());
  });
});
