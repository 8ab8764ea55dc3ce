import { showInvisible } from '../../compliance/text/plainText.ts';
import type { ToolOutput } from './tool.ts';

/** The maximum length of an output, in characters. */
export const maxCharacters = 60_000;

/** The maximum length of each text in an output. */
const maxTextLength = 1000;

/** The maximum number of tokens in an output, and the model's tokenizer. */
export interface TokenBudget {
  readonly tokenBudget: number;
  countTokens(text: string): PromiseLike<number>;
}

/**
 * Formats an output as JSON with as many entries as fit; `now` in epoch milliseconds. Throws if the output does not fit
 * even without entries.
 */
export async function fitToBudget(output: ToolOutput, now: number, budget: TokenBudget | undefined): Promise<string> {
  for (let entries = output.entryCount; ; entries = Math.floor(entries * 0.7)) {
    const text = showInvisible(JSON.stringify(output.toJson(entries, now), truncateText));
    if (text.length <= maxCharacters && (await isWithinBudget(text, budget))) return text;
    if (entries === 0) {
      throw new Error('The output does not fit even without entries: narrow the query or increase the token budget.');
    }
  }
}

async function isWithinBudget(text: string, budget: TokenBudget | undefined): Promise<boolean> {
  return !budget || (await budget.countTokens(text)) <= budget.tokenBudget;
}

/** A JSON replacer. Text from AWS can have any length, and truncation can split surrogate pairs. */
function truncateText(_key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return (value.length > maxTextLength ? `${value.slice(0, maxTextLength)}…` : value).toWellFormed();
}
