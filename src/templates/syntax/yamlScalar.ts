import type { SyntaxNode } from '@lezer/common';
import { isScalar, parseDocument } from 'yaml';
import { createEmbeddedText, type ScalarNode } from '../cloudformation/tree.ts';
import type { Range } from '../model.ts';
import { OPEN } from '../values.ts';
import { decodeEscapes } from './json.ts';

/** Longer texts cannot be names or contribute to one. */
const maxLength = 10_000;

/** Creates the node of a text. It is decoded on access. */
export function createScalar(text: string, node: SyntaxNode, range: Range, intrinsic: string | undefined): ScalarNode {
  if (node.name === 'BlockLiteral') return createBlockScalar(text, node, range, intrinsic);
  const start = Math.max(node.from, range.start);
  const quote = node.name === 'QuotedLiteral' ? text.charAt(start) : '';
  const isClosed = isQuotedEnd(text, quote, start, range.end);
  const textRange = { start: start + quote.length, end: isClosed ? range.end - quote.length : range.end };
  const source = text.slice(textRange.start, textRange.end);
  return {
    kind: 'scalar',
    intrinsic,
    range,
    textRange,
    get text() {
      if (!isClosed || !needsDecoding.test(source)) return source;
      return quote === '' ? foldLines(source) : decode(text.slice(start, range.end));
    },
    embedded: () =>
      quote === '"' ? decodeEscapes(source, textRange.start) : createEmbeddedText(source, textRange.start),
  };
}

const needsDecoding = /[\r\n\\']/;

/** Whether a quoted text ends in its quote, which is missing while the user types. */
function isQuotedEnd(text: string, quote: string, start: number, end: number): boolean {
  if (quote === '') return true;
  const [mark, isOdd] = quote === '"' ? ['\\', false] : ["'", true];
  const last = quote === '"' ? end - 1 : end;
  let at = last;
  while (at > start + 1 && text.charAt(at - 1) === mark) at--;
  return end - start > 1 && text.charAt(end - 1) === quote && ((last - at) % 2 === 1) === isOdd;
}

/** A literal (`|`) or folded (`>`) block scalar. */
function createBlockScalar(text: string, node: SyntaxNode, range: Range, intrinsic: string | undefined): ScalarNode {
  const content = node.getChild('BlockLiteralContent');
  // The parser reads a line end of two characters as two.
  const skipped = content !== null && text.startsWith('\r\n', content.from - 1) ? 1 : 0;
  const start = Math.min(range.end, content === null ? range.end : content.from + skipped);
  const lead = /^\s*/.exec(text.slice(start, range.end))?.[0].length ?? 0;
  return {
    kind: 'scalar',
    intrinsic,
    range,
    textRange: { start: start + lead, end: range.end },
    get text() {
      return decode(text.slice(node.from, range.end));
    },
    embedded: () => createEmbeddedText(text.slice(start, range.end), start),
  };
}

/** Joins the lines of a plain text. An empty line is a line break. */
const foldLines = (source: string): string =>
  source
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .reduce((joined, line, index) => {
      if (index === 0) return line;
      if (line === '') return `${joined}\n`;
      return joined.endsWith('\n') ? joined + line : `${joined} ${line}`;
    }, '');

function decode(source: string): string {
  if (source.length > maxLength) return OPEN;
  const { contents } = parseDocument(source, { logLevel: 'silent', strict: false, prettyErrors: false });
  return isScalar(contents) ? String(contents.value) : '';
}
