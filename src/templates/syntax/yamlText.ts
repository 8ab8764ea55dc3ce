import type { InputStream } from '@lezer/lr';
import { colon, dash, dot, hash, isBreak, isFlowMark, isSeparator, space } from './yamlCharacters.ts';

/** Keys and columns beyond are not recognized, so that a long line is not read again for each of its tokens. */
export const maxKeyLength = 1024;
const maxColumn = 256;

/** Characters of a token, more than the longest template body has. The rest of a longer text is a token of its own. */
export const maxTokenLength = 100_000;

/** Characters of a text without quotes, and of the space in it. */
export const maxPlainLength = 10_000;
export const maxGap = 10_000;

/** Whether an offset is at a column and only spaces precede it on its line. */
export function startsLine(input: InputStream, offset: number, column: number): boolean {
  const before = input.peek(offset - column - 1);
  return (
    column <= maxColumn && (before < 0 || isBreak(before)) && countSpaces(input, offset - column, column) === column
  );
}

/** The column of an offset. Counts to a limit. */
export function findColumn(input: InputStream, offset = 0): number {
  let column = 0;
  while (column < maxColumn && !isSeparatedLine(input.peek(offset - column - 1))) column++;
  return column;
}

const isSeparatedLine = (code: number): boolean => code < 0 || isBreak(code);

/** The number of spaces at an offset, up to a limit. */
function countSpaces(input: InputStream, offset: number, limit: number): number {
  let count = 0;
  while (count < limit && input.peek(offset + count) === space) count++;
  return count;
}

/** Whether `---` or `...` starts at an offset. */
export const isMarker = (input: InputStream, offset: number): boolean =>
  (input.peek(offset) === dash || input.peek(offset) === dot) &&
  input.peek(offset + 1) === input.peek(offset) &&
  input.peek(offset + 2) === input.peek(offset) &&
  isSeparator(input.peek(offset + 3));

/**
 * Whether the line that starts at an offset belongs to a block around the current flow collection or quoted text: it
 * separates documents, or it starts a key or an item at the column or before it. Then a bracket or quote is missing.
 */
export function startsOuterLine(input: InputStream, offset: number, column: number): boolean {
  if (isMarker(input, offset)) return true;
  const indent = countSpaces(input, offset, column + 1);
  return indent <= column && startsEntry(input, offset + indent);
}

/** Whether a key or an item of a list starts at an offset. */
export function startsEntry(input: InputStream, offset: number): boolean {
  const first = input.peek(offset);
  if (first === dash && isSeparator(input.peek(offset + 1))) return true;
  if (first === hash || isFlowMark(first)) return false;
  for (let at = offset; at < offset + maxKeyLength; at++) {
    const code = input.peek(at);
    if (code < 0 || isBreak(code)) return false;
    if (code === colon && at > offset && isSeparator(input.peek(at + 1))) return true;
  }
  return false;
}
