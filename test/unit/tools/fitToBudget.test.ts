import assert from 'node:assert/strict';
import { fitToBudget, maxCharacters } from '../../../src/views/tools/fitToBudget.ts';
import type { ToolOutput } from '../../../src/views/tools/tool.ts';

/** An output with entries of a fixed length. */
const createOutput = (entryCount: number, length: number): ToolOutput => ({
  entryCount,
  toJson: (count) => ({ cut: entryCount - count, entries: Array(count).fill('x'.repeat(length)) }),
});

const countEntries = (text: string): number => JSON.parse(text).entries.length;

describe('fitToBudget', () => {
  it('includes every entry that fits', async () => {
    assert.equal(countEntries(await fitToBudget(createOutput(100, 10), 0, undefined)), 100);
  });

  it('uses at least half of the maximum length', async () => {
    const text = await fitToBudget(createOutput(5000, 100), 0, undefined);
    assert(text.length <= maxCharacters && text.length > maxCharacters / 2, String(text.length));
    assert.equal(JSON.parse(text).cut, 5000 - countEntries(text));
  });

  it('stays within the token budget', async () => {
    const countTokens = async (text: string) => Math.ceil(text.length / 4);
    const text = await fitToBudget(createOutput(100, 100), 0, { tokenBudget: 500, countTokens });
    assert((await countTokens(text)) <= 500 && countEntries(text) > 0);
  });

  it('rejects an output that does not fit even without entries', async () => {
    const budget = { tokenBudget: 1, countTokens: async (text: string) => text.length };
    await assert.rejects(fitToBudget(createOutput(10, 10), 0, budget), /does not fit even without entries/);
  });
});
