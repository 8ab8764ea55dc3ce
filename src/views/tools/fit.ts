import type { Findings } from './tool.ts';

/** No answer is longer, in characters. */
export const maxCharacters = 60_000;

/** A single text is cut at this length. */
const maxText = 1000;

/** How many tokens an answer may have, and how they are counted. */
export interface Budget {
  readonly tokenBudget: number;
  countTokens(text: string): PromiseLike<number>;
}

/** The findings as JSON, with as many entries as fit; `now` in epoch milliseconds. Throws where not even its head fits. */
export async function fitted(findings: Findings, now: number, budget: Budget | undefined): Promise<string> {
  for (let entries = findings.entries; ; entries = Math.floor(entries * 0.7)) {
    const text = JSON.stringify(findings.answer(entries, now), bounded);
    if (text.length <= maxCharacters && (await isWithin(text, budget))) return text;
    if (entries === 0) throw new Error('Not even an answer without entries fits: ask for less, or give it more room.');
  }
}

async function isWithin(text: string, budget: Budget | undefined): Promise<boolean> {
  return !budget || (await budget.countTokens(text)) <= budget.tokenBudget;
}

/** What AWS says may be of any length, and hold halves of characters. */
function bounded(_key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return (value.length > maxText ? `${value.slice(0, maxText)}…` : value).toWellFormed();
}
