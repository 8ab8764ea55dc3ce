import assert from 'node:assert/strict';
import fc from 'fast-check';
import { computeGain, computeScore } from '../../../src/compliance/estimatedGain.ts';

const counts = fc.record({ compliant: fc.nat(100_000), fixed: fc.nat(50_000), others: fc.nat(50_000) });

describe('computeGain', () => {
  it('is the fixed share of the points missing to 100', () => {
    assert.equal(computeGain(60, 10, 40), 10);
    assert.equal(computeGain(60, 40, 40), 40);
    assert.equal(computeGain(100, 0, 0), 0);
    assert.equal(computeGain(0, 1, 1), 100);
  });

  it('is the difference between the scores before and after the fix', () => {
    fc.assert(
      fc.property(counts, ({ compliant, fixed, others }) => {
        const before = computeScore(compliant, fixed + others);
        const after = computeScore(compliant + fixed, others);
        fc.pre(before !== undefined && after !== undefined);
        assert(Math.abs(before + computeGain(before, fixed, fixed + others) - after) < 1e-9);
      }),
    );
  });

  it('of two fixes is the sum of their gains', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.nat(), fc.nat(), fc.nat(), (score, a, b, others) => {
        const gain = (fixed: number) => computeGain(score, fixed, a + b + others);
        assert(Math.abs(gain(a + b) - gain(a) - gain(b)) < 1e-9);
      }),
    );
  });
});

describe('computeScore', () => {
  it('is the compliant share of the results in percent', () => {
    assert.equal(computeScore(3, 0), 100);
    assert.equal(computeScore(0, 3), 0);
    assert.equal(computeScore(40, 25)?.toFixed(2), '61.54');
  });

  it('is undefined without results', () => assert.equal(computeScore(0, 0), undefined));
});
