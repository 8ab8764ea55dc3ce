import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskLongLines } from '../../../src/templates/syntax/longLines.ts';

const maxLength = 70_000;

describe('maskLongLines', () => {
  it('keeps the lines up to their limit and all offsets', () => {
    const line = fc.tuple(
      fc.constantFrom('a', ' ', '\r', '\u00e9'),
      fc.constantFrom(0, 1, 500, maxLength - 1, maxLength, 250_000),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const text = lines.map(([character, length]) => character.repeat(length)).join('\n');
        const masked = maskLongLines(text);
        assert.equal(masked.length, text.length);
        let start = 0;
        for (const [character, length] of lines) {
          const kept = Math.min(length, maxLength);
          assert.equal(masked.slice(start, start + kept), character.repeat(kept));
          assert.equal(masked.slice(start + kept, start + length).trim(), '');
          start += length + 1;
        }
        const longest = Math.max(...masked.split('\n').map(({ length }) => length));
        assert.ok(longest <= maxLength, `A line has ${longest} characters`);
      }),
      { numRuns: 100, seed: 12 },
    );
  });
});
