import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseScore } from '../../../src/aws/parseScore.ts';
import { getScoreCompliance, type Score } from '../../../src/compliance/model.ts';
import { formatPercent, formatScore } from '../../../src/compliance/text/score.ts';

const scoreOf = (published: unknown): Score => ({
  pack: 'p',
  updatedAt: undefined,
  ...parseScore(published),
});

/** Published score, formatted score and compliance state. */
const published: readonly (readonly [unknown, string, string])[] = [
  ['84', '84%', 'NON_COMPLIANT'],
  ['61.54', '61.5%', 'NON_COMPLIANT'],
  ['61.55', '61.6%', 'NON_COMPLIANT'],
  ['100', '100%', 'COMPLIANT'],
  ['100.0', '100%', 'COMPLIANT'],
  ['99.99', '99.9%', 'NON_COMPLIANT'],
  ['99.95', '99.9%', 'NON_COMPLIANT'],
  ['0', '0%', 'NON_COMPLIANT'],
  ['0.00', '0%', 'NON_COMPLIANT'],
  ['0.01', '0.1%', 'NON_COMPLIANT'],
  ['84%', '84%', 'NON_COMPLIANT'],
  [' 84.5 % ', '84.5%', 'NON_COMPLIANT'],
  ['INSUFFICIENT_DATA', 'no score', 'INSUFFICIENT_DATA'],
  ['', 'no score', 'INSUFFICIENT_DATA'],
  [undefined, 'no score', 'INSUFFICIENT_DATA'],
  [61.5, '61.5%', 'NON_COMPLIANT'],
  ['NOT_APPLICABLE', 'NOT_APPLICABLE (unknown)', 'INSUFFICIENT_DATA'],
  ['-5', '-5 (unknown)', 'INSUFFICIENT_DATA'],
  ['84,5', '84,5 (unknown)', 'INSUFFICIENT_DATA'],
  ['NaN', 'NaN (unknown)', 'INSUFFICIENT_DATA'],
  ['110', '110 (unknown)', 'INSUFFICIENT_DATA'],
  ['100.01%', '100.01% (unknown)', 'INSUFFICIENT_DATA'],
  ['9'.repeat(400), `${'9'.repeat(400)} (unknown)`, 'INSUFFICIENT_DATA'],
  [{ Value: 84 }, '{…} (unknown)', 'INSUFFICIENT_DATA'],
];

describe('formatScore', () => {
  for (const [text, formatted, compliance] of published) {
    it(`formats ${JSON.stringify(text)} as ${formatted}, which is ${compliance}`, () => {
      assert.equal(formatScore(scoreOf(text)), formatted);
      assert.equal(getScoreCompliance(scoreOf(text)), compliance);
    });
  }

  it('formats a missing score as no score', () => {
    assert.equal(formatScore(undefined), 'no score');
    assert.equal(getScoreCompliance(undefined), 'INSUFFICIENT_DATA');
  });

  const percent = fc.double({ min: 0, max: 100, noNaN: true });

  it('never rounds to 100% or 0%', () => {
    fc.assert(
      fc.property(fc.oneof(percent, fc.double({ min: 99.5, max: 100, noNaN: true })), (value) => {
        assert.equal(formatPercent(value) === '100%', value === 100);
        assert.equal(formatPercent(value) === '0%', value === 0);
      }),
    );
  });

  it('has at most one decimal and differs by at most 0.1', () => {
    fc.assert(
      fc.property(percent, (value) => {
        const formatted = formatPercent(value);
        assert.match(formatted, /^\d{1,3}(\.\d)?%$/);
        assert(Math.abs(Number.parseFloat(formatted) - value) <= 0.1);
      }),
    );
  });

  it('preserves the order of scores', () => {
    fc.assert(
      fc.property(percent, percent, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        assert(Number.parseFloat(formatPercent(less)) <= Number.parseFloat(formatPercent(more)));
      }),
    );
  });

  it('parses a score as a number or as text, never as both', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { percent, text: words } = parseScore(text);
        assert(percent === undefined || words === undefined);
        assert(percent === undefined || percent >= 0);
      }),
    );
  });
});
