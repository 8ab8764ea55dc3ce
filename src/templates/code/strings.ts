import type { Lexer, StringPart, Token } from '../expressions/tokens.ts';
import { maxParts } from '../values.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

interface Quotes {
  /** The start of the text. */
  readonly from: number;
  readonly close: string;
  /** Whether the string ends with its line, closed or not. */
  readonly oneLine: boolean;
  readonly raw: boolean;
  /** The start of an interpolation, `${` or `{`, if the string supports it. */
  readonly interpolation: string | undefined;
}

/** Parses a string of TypeScript, JavaScript or Python. */
export function readString(lexer: Lexer, start: number, quotes: Quotes): Token {
  const { text } = lexer;
  const { from, close, oneLine, raw, interpolation } = quotes;
  const parts: StringPart[] = [];
  const end = oneLine ? lexer.lineEnd(from) : text.length;
  let at = from;
  while (at < end && !text.startsWith(close, at) && parts.length <= maxParts) {
    if (text.charAt(at) === '\\') {
      parts.push(raw ? text.slice(at, at + 2) : (escapes[text.charAt(at + 1)] ?? text.charAt(at + 1)));
      at += 2;
    } else if (interpolation === '{' && /^(\{\{|\}\})/.test(text.slice(at, at + 2))) {
      parts.push(text.charAt(at));
      at += 2;
    } else if (interpolation !== undefined && text.startsWith(interpolation, at)) {
      const opening = at + interpolation.length;
      const interpolated = lexer.interpolation(opening, end, 'brace');
      // After an unclosed brace, the rest of the string is unknown.
      if (interpolated === undefined) break;
      parts.push(interpolated.tokens);
      at = interpolated.end + 1;
    } else {
      const next = findNextSpecial(text, at + 1, end, close.charCodeAt(0));
      parts.push(text.slice(at, next));
      at = next;
    }
  }
  const closing = text.startsWith(close, at) ? at : findEnd(text, close, at, end);
  const inner = { start: from, end: closing };
  if (closing > at) parts.push(text.slice(at, closing));
  return { kind: 'string', text: '', start, end: Math.min(end, closing + close.length), parts, inner };
}

function findEnd(text: string, close: string, from: number, end: number): number {
  const index = text.indexOf(close, from);
  return index < 0 || index > end ? end : index;
}

const [backslash, dollar, openBrace, closeBrace] = [92, 36, 123, 125];

/** The offset of the next special character. */
function findNextSpecial(text: string, from: number, end: number, quote: number): number {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    const isBrace = code === openBrace || code === closeBrace || code === dollar;
    if (code === quote || code === backslash || isBrace) return at;
  }
  return end;
}
