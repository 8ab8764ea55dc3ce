import assert from 'node:assert/strict';
import { combineEstates, demoEstate, generatedEstate } from '../../config-service/index.ts';

describe('combineEstates', () => {
  const demo = demoEstate();
  const generated = generatedEstate({ accounts: 2, regions: 2, packs: 5 });
  const both = combineEstates(demo, generated);

  it('serves each account from its own estate', () => {
    for (const [estate, otherEstate] of [
      [demo, generated],
      [generated, demo],
    ] as const) {
      const { home } = estate;
      assert(estate.packNames(home).length > 0 && otherEstate.packNames(home).length === 0);
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

  it('has the home scope of the first estate', () => {
    assert.deepEqual(both.home, demo.home);
    assert.deepEqual(both.accounts, [...new Set([...demo.accounts, ...generated.accounts])].sort());
  });
});
