import type { Score } from '../compliance/model.ts';

/** Parses a published score: a decimal number with or without `%`, `INSUFFICIENT_DATA`, or unknown text. */
export function parseScore(published: string | undefined): Pick<Score, 'percent' | 'text'> {
  const text = published?.trim() ?? '';
  if (text === '' || text === 'INSUFFICIENT_DATA') return { percent: undefined, text: undefined };
  if (!/^\d+(\.\d+)?\s*%?$/.test(text)) return { percent: undefined, text };
  return { percent: Number.parseFloat(text), text: undefined };
}
