import type { Grammar } from '../expressions/grammar.ts';
import type { Dialect, Lexer, StringPart, Token } from '../expressions/tokens.ts';
import { maxParts, OPEN } from '../values.ts';

/** Expression syntax of HCL. */
export const hclGrammar: Grammar = {
  pythonConditional: false,
  namedArguments: false,
  wordOperators: {},
  ignoredPrefixes: new Set(),
  typeWords: new Set(),
};

/** Lexical rules of HCL. */
export const hcl: Dialect = {
  lineComments: ['#', '//'],
  blockComments: true,
  newlines: true,
  word: /[A-Za-z_](?:[\w]|-(?=\w))*/y,
  createString(lexer, at) {
    if (lexer.text.charCodeAt(at) === 34) return readQuoted(lexer, at);
    return lexer.text.startsWith('<<', at) ? readHeredoc(lexer, at) : undefined;
  },
};

/** A piece of a template: plain text, an escape, or the start of an interpolation or directive. */
const piece = /[^"\\$%\r\n]+|\\u[\da-fA-F]{4}|\\[^\r\n]|\$\$\{|%%\{|[$%]\{|[$%]/y;

/** A string without escapes or interpolations. */
const plain = /"[^"\\$%\r\n]*"/y;

function readQuoted(lexer: Lexer, start: number): Token {
  plain.lastIndex = start;
  if (plain.test(lexer.text)) {
    const inner = { start: start + 1, end: plain.lastIndex - 1 };
    return createString(start, plain.lastIndex, [lexer.text.slice(inner.start, inner.end)], inner);
  }
  const lineEnd = lexer.lineEnd(start);
  const parts: StringPart[] = [];
  let at = start + 1;
  while (at < lexer.text.length && lexer.text.charAt(at) !== '"') {
    piece.lastIndex = at;
    const text = piece.exec(lexer.text)?.[0];
    if (text === undefined || parts.length > maxParts) return readUnclosed(lexer, start, lexer.lineEnd(at));
    at += text.length;
    if (text !== '${' && text !== '%{') {
      parts.push(decodeEscape(text));
      continue;
    }
    const interpolated = lexer.interpolation(at, lexer.text.length, 'brace or line');
    if (interpolated === undefined) return readUnclosed(lexer, start, lineEnd);
    parts.push(text === '%{' ? OPEN : interpolated.tokens);
    at = interpolated.end + 1;
  }
  return createString(start, Math.min(at + 1, lexer.text.length), parts, { start: start + 1, end: at });
}

/** A string with a missing quote or closing brace: it ends with the last quote of its line. */
function readUnclosed(lexer: Lexer, start: number, lineEnd: number): Token {
  const quote = lexer.text.lastIndexOf('"', lineEnd - 1);
  const inner = { start: start + 1, end: quote > start ? quote : lineEnd };
  const text = lexer.text.slice(inner.start, inner.end).replaceAll(/\$\{.*$/g, OPEN);
  return createString(start, quote > start ? quote + 1 : lineEnd, [text], inner);
}

function readHeredoc(lexer: Lexer, start: number): Token | undefined {
  const opening = /^<<-?([A-Za-z_][\w-]*)[ \t]*\r?\n/.exec(lexer.text.slice(start, start + 200));
  if (opening === null) return undefined;
  const from = start + opening[0].length;
  const closing = new RegExp(`^[ \\t]*${opening[1]}(?=\\s|$)`, 'gm');
  closing.lastIndex = from;
  const close = closing.exec(lexer.text);
  const inner = { start: from, end: close?.index ?? lexer.text.length };
  return createString(start, close === null ? inner.end : closing.lastIndex, parseTemplateParts(lexer, inner), inner);
}

/** Parses the parts of a text with interpolations: a heredoc or a string of `.tf.json`. */
export function parseTemplateParts(lexer: Lexer, { start, end }: { start: number; end: number }): StringPart[] {
  const parts: StringPart[] = [];
  let at = start;
  for (;;) {
    const next = lexer.text.indexOf('${', at);
    if (next < 0 || next >= end || parts.length > maxParts) break;
    parts.push(lexer.text.slice(at, next));
    const isEscaped = lexer.text.charAt(next - 1) === '$';
    const interpolated = isEscaped ? undefined : lexer.interpolation(next + 2, end, 'brace');
    at = next;
    // After an unclosed brace, the rest is text.
    if (interpolated === undefined && !isEscaped) break;
    parts.push(interpolated?.tokens ?? '${');
    at = interpolated === undefined ? next + 2 : interpolated.end + 1;
  }
  parts.push(lexer.text.slice(at, end));
  return parts;
}

const createString = (
  start: number,
  end: number,
  parts: StringPart[],
  inner: { start: number; end: number },
): Token => ({
  kind: 'string',
  text: '',
  start,
  end,
  parts,
  inner,
});

const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\r': '\r', '$${': '${', '%%{': '%{' };

function decodeEscape(text: string): string {
  if (text.startsWith('\\u')) return String.fromCharCode(Number.parseInt(text.slice(2), 16));
  return escapes[text] ?? (text.startsWith('\\') ? text.slice(1) : text);
}
