import { maxScanBudget } from '../expressions/tokens.ts';
import type { Work } from '../timeSlicing.ts';

/** Where a top-level statement begins, and where it ends: at its line's end, or its block's. */
export interface Statement {
  readonly start: number;
  readonly end: number;
}

/** A word at the start of a line that only a top-level block begins with, and its opening. */
const opening =
  /(?:resource|data|module|variable|locals|output|provider|terraform)(?:[ \t]+(?:"[^"\r\n]*"|[\w-]+))*[ \t]*\{/y;

/** Characters that are looked at between two pauses. */
const stretch = 20_000;

/** Cuts a file into its top-level statements, looking only at quotes, comments and brackets: most are never read. */
export function* splitStatements(text: string): Work<readonly Statement[]> {
  const vain = { left: maxScanBudget };
  const statements: Statement[] = [];
  let start = 0;
  let brackets = 0;
  const close = (end: number) => {
    if (end > start) statements.push({ start, end });
    start = end;
    brackets = 0;
  };
  let pause = stretch;
  for (let at = 0; at < text.length; ) {
    if (at >= pause) {
      pause = at + stretch;
      yield;
    }
    const code = text.charCodeAt(at);
    if (code === lineFeed) {
      at++;
      if (brackets <= 0 || opensBlock(text, at)) close(at);
      continue;
    }
    const after = skipOpaque(text, at, code, vain);
    if (after > at) {
      at = after;
      continue;
    }
    if (code === openBrace || code === openBracket || code === openParenthesis) brackets++;
    else if (code === closeBrace || code === closeBracket || code === closeParenthesis) brackets--;
    at++;
  }
  close(text.length);
  return statements;
}

const [lineFeed, doubleQuote, hash, slash, star, less, backslash, dollar] = [10, 34, 35, 47, 42, 60, 92, 36];
const [openParenthesis, closeParenthesis, openBracket, closeBracket, openBrace, closeBrace] = [
  40, 41, 91, 93, 123, 125,
];

/** A block that begins at a line's start begins anew, even where one before it was never closed. */
function opensBlock(text: string, at: number): boolean {
  opening.lastIndex = at;
  return opening.test(text);
}

/** The end of the comment, string or heredoc that begins here; `at` where none does. */
function skipOpaque(text: string, at: number, code: number, vain: Vain): number {
  if (code === doubleQuote) return skipString(text, at, 0, vain);
  if (code === hash || (code === slash && text.charCodeAt(at + 1) === slash))
    return orEnd(text, text.indexOf('\n', at));
  if (code === slash && text.charCodeAt(at + 1) === star) return orEnd(text, text.indexOf('*/', at + 2) + 2, 2);
  return code === less ? skipHeredoc(text, at) : at;
}

const orEnd = (text: string, found: number, least = 0): number => (found < least ? text.length : found);

/** Strings in interpolations in strings: deeper ones are cut off with their line. */
const deepest = 16;

/** Characters left to be read for braces that nothing closes. */
type Vain = { left: number };

function skipString(text: string, start: number, depth: number, vain: Vain): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) return at + 1;
    if (code === lineFeed) return at;
    if (code === backslash) at++;
    else if (code === dollar && text.charCodeAt(at + 1) === openBrace && text.charCodeAt(at - 1) !== dollar) {
      const end = depth < deepest && vain.left >= 0 ? skipInterpolation(text, at + 2, depth, vain) : undefined;
      if (end === undefined) return lastQuote(text, start, at);
      at = end;
    }
  }
  return text.length;
}

/** Where the brace is that closes an interpolation, if one does before its line ends. */
function skipInterpolation(text: string, from: number, depth: number, vain: Vain): number | undefined {
  let brackets = 0;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) at = skipString(text, at, depth + 1, vain) - 1;
    else if (code === openBrace || code === openParenthesis || code === openBracket) brackets++;
    else if (code === closeBrace || code === closeParenthesis || code === closeBracket) {
      if (--brackets >= 0) continue;
      if (code === closeBrace) return at;
      break;
    } else if (code === lineFeed && brackets === 0) break;
  }
  vain.left -= at - from;
  return undefined;
}

/** Where a string ends whose interpolation does not: with the last quote of its line. */
function lastQuote(text: string, start: number, from: number): number {
  const lineEnd = orEnd(text, text.indexOf('\n', from));
  const quote = text.lastIndexOf('"', lineEnd - 1);
  return quote > start ? quote + 1 : lineEnd;
}

const heredoc = /<<-?([A-Za-z_][\w-]*)[ \t]*\r?\n/y;

function skipHeredoc(text: string, at: number): number {
  heredoc.lastIndex = at;
  const word = heredoc.exec(text)?.[1];
  if (word === undefined) return at;
  const closing = new RegExp(`^[ \\t]*${word}(?=\\s|$)`, 'gm');
  closing.lastIndex = heredoc.lastIndex;
  return closing.test(text) ? closing.lastIndex : text.length;
}
