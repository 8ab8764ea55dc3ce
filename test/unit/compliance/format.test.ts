import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseScore, type Score, scoreCompliance } from '../../../src/compliance/model.ts';
import { formatPercent, formatScore } from '../../../src/compliance/text/format.ts';

const scoreOf = (published: string | undefined): Score => ({
  pack: 'p',
  updatedAt: undefined,
  ...parseScore(published),
});

/** As the service writes it → as people read it, and the state it stands for. */
const published: readonly (readonly [string | undefined, string, string])[] = [
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
  ['NOT_APPLICABLE', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA'],
  ['-5', '-5', 'INSUFFICIENT_DATA'],
  ['84,5', '84,5', 'INSUFFICIENT_DATA'],
  ['NaN', 'NaN', 'INSUFFICIENT_DATA'],
];

describe('a published score', () => {
  for (const [text, shown, compliance] of published) {
    it(`${JSON.stringify(text)} reads ${shown} and stands for ${compliance}`, () => {
      assert.equal(formatScore(scoreOf(text)), shown);
      assert.equal(scoreCompliance(scoreOf(text)), compliance);
    });
  }

  it('that is missing reads no score', () => {
    assert.equal(formatScore(undefined), 'no score');
    assert.equal(scoreCompliance(undefined), 'INSUFFICIENT_DATA');
  });

  const percent = fc.double({ min: 0, max: 100, noNaN: true });

  it('never reads 100% unless it is 100, never 0% unless it is 0', () => {
    fc.assert(
      fc.property(fc.oneof(percent, fc.double({ min: 99.5, max: 100, noNaN: true })), (value) => {
        assert.equal(formatPercent(value) === '100%', value === 100);
        assert.equal(formatPercent(value) === '0%', value === 0);
      }),
    );
  });

  it('reads with at most one decimal, within a tenth of what it is', () => {
    fc.assert(
      fc.property(percent, (value) => {
        const shown = formatPercent(value);
        assert.match(shown, /^\d{1,3}(\.\d)?%$/);
        assert(Math.abs(Number.parseFloat(shown) - value) <= 0.1);
      }),
    );
  });

  it('keeps its order when it is shown', () => {
    fc.assert(
      fc.property(percent, percent, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        assert(Number.parseFloat(formatPercent(less)) <= Number.parseFloat(formatPercent(more)));
      }),
    );
  });

  it('is a number, the service’s own words, or nothing: never two of these', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { percent, text: words } = parseScore(text);
        assert(percent === undefined || words === undefined);
        assert(percent === undefined || percent >= 0);
      }),
    );
  });
});
