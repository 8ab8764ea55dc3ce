import { maxScanBudget } from '../expressions/tokens.ts';
import type { Work } from '../timeSlicing.ts';

/** The range of a top-level statement: a line or a block. */
export interface Statement {
  readonly start: number;
  readonly end: number;
}

/** The opening of a top-level block at the start of a line. */
const opening =
  /(?:resource|data|module|variable|locals|output|provider|terraform)(?:[ \t]+(?:"[^"\r\n]*"|[\w-]+))*[ \t]*\{/y;

/** Characters to scan between two yields. */
const charactersPerStep = 20_000;

/** Splits a file into top-level statements by quotes, comments and brackets only. Most statements are never parsed. */
export function* splitStatements(text: string): Work<readonly Statement[]> {
  const scanBudget = { left: maxScanBudget };
  const statements: Statement[] = [];
  let start = 0;
  let brackets = 0;
  const close = (end: number) => {
    if (end > start) statements.push({ start, end });
    start = end;
    brackets = 0;
  };
  let pause = charactersPerStep;
  for (let at = 0; at < text.length; ) {
    if (at >= pause) {
      pause = at + charactersPerStep;
      yield;
    }
    const code = text.charCodeAt(at);
    if (code === lineFeed) {
      at++;
      if (brackets <= 0 || isBlockStart(text, at)) close(at);
      continue;
    }
    const after = skipOpaque(text, at, code, scanBudget);
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

/** A block at the start of a line ends the statement before it, even if that was never closed. */
function isBlockStart(text: string, at: number): boolean {
  opening.lastIndex = at;
  return opening.test(text);
}

/** The end of the comment, string or heredoc that starts at `at`, or `at` if there is none. */
function skipOpaque(text: string, at: number, code: number, scanBudget: ScanBudget): number {
  if (code === doubleQuote) return skipString(text, at, 0, scanBudget);
  if (code === hash || (code === slash && text.charCodeAt(at + 1) === slash))
    return toOffset(text, text.indexOf('\n', at));
  if (code === slash && text.charCodeAt(at + 1) === star) return toOffset(text, text.indexOf('*/', at + 2) + 2, 2);
  return code === less ? skipHeredoc(text, at) : at;
}

const toOffset = (text: string, index: number, minIndex = 0): number => (index < minIndex ? text.length : index);

/** Depth of strings nested in interpolations. Deeper ones end with their line. */
const maxDepth = 16;

/** Characters that may still be scanned for missing closing braces. */
type ScanBudget = { left: number };

function skipString(text: string, start: number, depth: number, scanBudget: ScanBudget): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) return at + 1;
    if (code === lineFeed) return at;
    if (code === backslash) at++;
    else if (code === dollar && text.charCodeAt(at + 1) === openBrace && text.charCodeAt(at - 1) !== dollar) {
      const end =
        depth < maxDepth && scanBudget.left >= 0 ? skipInterpolation(text, at + 2, depth, scanBudget) : undefined;
      if (end === undefined) return findLastQuote(text, start, at);
      at = end;
    }
  }
  return text.length;
}

/** The offset of an interpolation's closing brace. Undefined if it is not on the same line. */
function skipInterpolation(text: string, from: number, depth: number, scanBudget: ScanBudget): number | undefined {
  let brackets = 0;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) at = skipString(text, at, depth + 1, scanBudget) - 1;
    else if (code === openBrace || code === openParenthesis || code === openBracket) brackets++;
    else if (code === closeBrace || code === closeParenthesis || code === closeBracket) {
      if (--brackets >= 0) continue;
      if (code === closeBrace) return at;
      break;
    } else if (code === lineFeed && brackets === 0) break;
  }
  scanBudget.left -= at - from;
  return undefined;
}

/** The end of a string with an unclosed interpolation: the last quote of its line. */
function findLastQuote(text: string, start: number, from: number): number {
  const lineEnd = toOffset(text, text.indexOf('\n', from));
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
