import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expectedGain, recomputedScore, splitRuleName } from '../../../src/compliance/impact.ts';

const counts = fc.record({ compliant: fc.nat(100_000), fixed: fc.nat(50_000), others: fc.nat(50_000) });

describe('what a fix is worth', () => {
  it('is its share of what the score lacks', () => {
    assert.equal(expectedGain(60, 10, 40), 10);
    assert.equal(expectedGain(60, 40, 40), 40);
    assert.equal(expectedGain(100, 0, 0), 0);
    assert.equal(expectedGain(0, 1, 1), 100);
  });

  it('leads from the score of the results to that of the fixed results', () => {
    fc.assert(
      fc.property(counts, ({ compliant, fixed, others }) => {
        const before = recomputedScore(compliant, fixed + others);
        const after = recomputedScore(compliant + fixed, others);
        fc.pre(before !== undefined && after !== undefined);
        assert(Math.abs(before + expectedGain(before, fixed, fixed + others) - after) < 1e-9);
      }),
    );
  });

  it('adds up: two fixes together bring what each brings', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.nat(), fc.nat(), fc.nat(), (score, a, b, others) => {
        const gain = (fixed: number) => expectedGain(score, fixed, a + b + others);
        assert(Math.abs(gain(a + b) - gain(a) - gain(b)) < 1e-9);
      }),
    );
  });

  it('rests on no score where nothing was evaluated', () => {
    assert.equal(recomputedScore(0, 0), undefined);
    assert.equal(recomputedScore(3, 0), 100);
    assert.equal(recomputedScore(0, 3), 0);
    assert.equal(recomputedScore(40, 25)?.toFixed(2), '61.54');
  });
});

describe("a rule's name", () => {
  for (const [name, own, suffix] of [
    ['encrypted-volumes-conformance-pack-172lcbx9s', 'encrypted-volumes', '-conformance-pack-172lcbx9s'],
    ['encrypted-volumes', 'encrypted-volumes', ''],
    ['a-conformance-pack-172lcbx9', 'a-conformance-pack-172lcbx9', ''],
    ['a-conformance-pack-172LCBX9S', 'a-conformance-pack-172LCBX9S', ''],
    ['a-conformance-pack-172lcbx9s-b', 'a-conformance-pack-172lcbx9s-b', ''],
    ['', '', ''],
  ] as const) {
    it(`${name || 'nothing'} is “${own}” and “${suffix}”`, () =>
      assert.deepEqual(splitRuleName(name), { own, suffix }));
  }
});
