import type { InputStream } from '@lezer/lr';

// What follows in HCL, to find the end of brackets that are not closed. Every search has a limit.

const maxBlanks = 300;
const maxWordLength = 200;

export const isLineEnd = (code: number): boolean => code === 10 || code === 13;

export const isBlank = (code: number): boolean => code === 32 || code === 9;

export const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 45 ||
  code > 160;

const skipWhile = (input: InputStream, from: number, isSkipped: (code: number) => boolean, limit: number): number => {
  let at = from;
  while (at < from + limit && isSkipped(input.peek(at))) at++;
  return at;
};

const isBlankOrLineEnd = (code: number): boolean => isBlank(code) || isLineEnd(code);

/** Whether `for` follows an opening bracket. */
export function beginsLoop(input: InputStream): boolean {
  const at = skipWhile(input, 1, isBlankOrLineEnd, maxBlanks);
  return matches(input, at, 'for') && isBlank(input.peek(at + 3));
}

/** Whether the line after a line end begins an attribute or a block. */
export function beginsStatement(input: InputStream): boolean {
  const start = skipWhile(input, 0, isBlankOrLineEnd, maxBlanks);
  const end = skipWhile(input, start, isWord, maxWordLength);
  if (end === start) return input.peek(end) < 0;
  const at = skipWhile(input, end, isBlank, maxBlanks);
  const code = input.peek(at);
  if (code === equals) return input.peek(at + 1) !== equals && input.peek(at + 1) !== greater;
  return code === openBrace || code === quote;
}

/** Whether the line after a line end closes a block, as its brace is not that of an interpolation in quotes. */
export function closesBlock(input: InputStream): boolean {
  const brace = skipWhile(input, 0, isBlankOrLineEnd, maxBlanks);
  if (input.peek(brace) !== closeBrace) return false;
  const end = skipWhile(input, brace, (code) => code >= 0 && code !== quote && !isLineEnd(code), maxBlanks);
  return input.peek(end) !== quote;
}

const blockTypes = ['resource', 'data', 'module', 'variable', 'locals', 'output', 'provider', 'terraform'];

/** Whether a top-level block begins here: its type, labels and brace. */
export function beginsBlock(input: InputStream): boolean {
  const type = blockTypes.find((word) => matches(input, 0, word) && !isWord(input.peek(word.length)));
  if (type === undefined) return false;
  const isHeader = (code: number) => isWord(code) || isBlank(code) || code === quote || code === 46 || code === 47;
  return input.peek(skipWhile(input, type.length, isHeader, maxWordLength)) === openBrace;
}

function matches(input: InputStream, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) if (input.peek(at + index) !== word.charCodeAt(index)) return false;
  return true;
}

const [quote, equals, greater, openBrace, closeBrace] = [34, 61, 62, 123, 125];
