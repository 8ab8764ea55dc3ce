import type { Score } from '../compliance/model.ts';
import { parseText } from './parseValue.ts';

/** Parses a published score: a decimal number from 0 to 100 with or without `%`, `INSUFFICIENT_DATA`, or unknown text. */
export function parseScore(published: unknown): Pick<Score, 'percent' | 'text'> {
  const text = parseText(published)?.trim() ?? '';
  if (text === '' || text === 'INSUFFICIENT_DATA') return { percent: undefined, text: undefined };
  const percent = /^\d+(\.\d+)?\s*%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  return percent <= 100 ? { percent, text: undefined } : { percent: undefined, text };
}
