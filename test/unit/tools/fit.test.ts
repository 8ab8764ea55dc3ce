import assert from 'node:assert/strict';
import { fitted, maxCharacters } from '../../../src/views/tools/fit.ts';
import type { Findings } from '../../../src/views/tools/tool.ts';

/** So many entries of so many characters. */
const findings = (entries: number, length: number): Findings => ({
  entries,
  answer: (count) => ({ cut: entries - count, entries: Array(count).fill('x'.repeat(length)) }),
});

const entriesOf = (text: string): number => JSON.parse(text).entries.length;

describe('an answer', () => {
  it('has every entry where it fits', async () => {
    assert.equal(entriesOf(await fitted(findings(100, 10), 0, undefined)), 100);
  });

  it('is never longer than allowed, and uses at least half of that', async () => {
    const text = await fitted(findings(5000, 100), 0, undefined);
    assert(text.length <= maxCharacters && text.length > maxCharacters / 2, String(text.length));
    assert.equal(JSON.parse(text).cut, 5000 - entriesOf(text), 'and says what it lacks');
  });

  it('keeps to a budget of tokens, as they are counted for the model', async () => {
    const countTokens = async (text: string) => Math.ceil(text.length / 4);
    const text = await fitted(findings(100, 100), 0, { tokenBudget: 500, countTokens });
    assert((await countTokens(text)) <= 500 && entriesOf(text) > 0);
  });

  it('is refused where not even its head fits', async () => {
    const budget = { tokenBudget: 1, countTokens: async (text: string) => text.length };
    await assert.rejects(fitted(findings(10, 10), 0, budget), /Not even an answer without entries fits/);
  });
});
