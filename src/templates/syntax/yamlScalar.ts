import type { SyntaxNode } from '@lezer/common';
import { CST } from 'yaml';
import { createEmbeddedText, type EmbeddedText, type ScalarNode } from '../cloudformation/tree.ts';
import type { Range } from '../model.ts';
import { OPEN } from '../values.ts';
import { decodeEscapes } from './json.ts';

/** Longer texts cannot be names or contribute to one. */
const maxLength = 10_000;

/** Creates the node of a text. */
export const createScalar = (
  text: string,
  node: SyntaxNode,
  range: Range,
  intrinsic: string | undefined,
): ScalarNode =>
  node.name === 'BlockLiteral'
    ? createBlockScalar(text, node, range, intrinsic)
    : new FlowScalar(text, node, range, intrinsic);

/** A plain or quoted text. It is decoded on access. A class, because templates consist of these. */
class FlowScalar implements ScalarNode {
  readonly kind = 'scalar';
  readonly range: Range;
  readonly textRange: Range;
  readonly intrinsic: string | undefined;
  readonly #document: string;
  /** The quotes, if it has any. */
  readonly #quote: string;
  readonly #isClosed: boolean;

  constructor(document: string, node: SyntaxNode, range: Range, intrinsic: string | undefined) {
    const start = Math.max(node.from, range.start);
    this.range = range;
    this.intrinsic = intrinsic;
    this.#document = document;
    this.#quote = node.name === 'QuotedLiteral' ? document.charAt(start) : '';
    this.#isClosed = isQuotedEnd(document, this.#quote, start, range.end);
    const { length } = this.#quote;
    this.textRange = { start: start + length, end: this.#isClosed ? range.end - length : range.end };
  }

  get text(): string {
    const source = this.#source;
    if (source.length > maxLength) return OPEN;
    if (!this.#isClosed || !needsDecoding.test(source)) return source;
    return this.#quote === '' ? foldLines(source) : decodeQuoted(this.#quote + source + this.#quote);
  }

  embedded(): EmbeddedText {
    const { start } = this.textRange;
    return this.#quote === '"' ? decodeEscapes(this.#source, start) : createEmbeddedText(this.#source, start);
  }

  get #source(): string {
    return this.#document.slice(this.textRange.start, this.textRange.end);
  }
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
      return range.end - node.from > maxLength ? OPEN : decodeBlock(text.slice(node.from, range.end));
    },
    embedded: () => createEmbeddedText(text.slice(start, range.end), start),
  };
}

/** Joins the lines of a plain text. An empty line is a line break. */
const foldLines = (source: string): string =>
  source
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n+/g, (breaks) => breaks.slice(1) || ' ');

/** Decodes a text in quotes. Errors are left to other tools: what is typed is often incomplete. */
function decodeQuoted(source: string): string {
  const type = source.startsWith('"') ? 'double-quoted-scalar' : 'single-quoted-scalar';
  return CST.resolveAsScalar({ type, offset: 0, indent: 0, source }, false, () => {})?.value ?? '';
}

/** Decodes a block scalar: its header, such as `|-`, and the lines below. */
function decodeBlock(written: string): string {
  const [header = '', mark = ''] = /^([|>][-+\d]*)[^\n]*\n?/.exec(written) ?? [];
  const source = written.slice(header.length);
  const props: CST.SourceToken[] = [{ type: 'block-scalar-header', offset: 0, indent: 0, source: mark }];
  return (
    CST.resolveAsScalar({ type: 'block-scalar', offset: 0, indent: 0, props, source }, false, () => {})?.value ?? ''
  );
}
