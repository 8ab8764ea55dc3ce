import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/json';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { DocumentNode, EmbeddedText, MapSyntax, ScalarNode } from '../cloudformation/tree.ts';
import type { Range } from '../model.ts';
import { maskComments } from './jsonMask.ts';
import { LazyEntry, LazyList, LazyMap } from './lazyNodes.ts';
import { SyntaxDocument } from './reparse.ts';
import { decodeEscape } from './strings.ts';
import { getRange } from './tree.ts';

/** Characters before the first key, such as a license. */
const maxHeadLength = 10_000;

/** Whether a text is JSON, which may start with comments, rather than YAML that starts with a brace. */
export const isJson = (text: string): boolean =>
  /^\s*\{\s*["}]/.test(runAtOnce(maskComments(text.slice(0, maxHeadLength))));

/** Runs work on a few characters to its end. */
function runAtOnce<T>(work: SlicedWork<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Parses a JSON template, tolerating errors and comments. Values are converted on first access. */
export function* parseJson(text: string, document = new SyntaxDocument()): SlicedWork<DocumentNode | undefined> {
  const { tree } = yield* document.parse(parser, yield* maskComments(text));
  const root = findValue(tree.topNode);
  return root && new JsonReader(text).convert(root);
}

class JsonReader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  convert(node: SyntaxNode): DocumentNode {
    const range = getRange(node);
    const kind = values[node.name];
    if (kind === 'map') return new LazyMap(range, undefined, { node, text: this.#text, toEntry: this.#toEntry });
    if (kind === 'list') return new LazyList(range, undefined, node, (child) => this.#toItem(child));
    return createScalar(this.#text, range);
  }

  #toItem(node: SyntaxNode): DocumentNode | undefined {
    return node.name in values ? this.convert(node) : undefined;
  }

  readonly #toEntry: MapSyntax['toEntry'] = (property) => {
    const key = property.firstChild;
    const value = findValue(property);
    if (key?.name !== 'PropertyName' || value === undefined) return undefined;
    const keyRange = trimQuotes(getRange(key));
    return new LazyEntry(
      getRange(property),
      keyRange,
      () => decodeText(this.#text.slice(keyRange.start, keyRange.end)),
      () => this.convert(value),
    );
  };
}

/** The kinds of values by the names of their nodes. */
const values: Readonly<Record<string, DocumentNode['kind']>> = {
  Object: 'map',
  Array: 'list',
  String: 'scalar',
  Number: 'scalar',
  True: 'scalar',
  False: 'scalar',
  Null: 'scalar',
};

function findValue(node: SyntaxNode): SyntaxNode | undefined {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name in values) return child;
  }
  return undefined;
}

/** A string, a number or a word. Its text is decoded on access. */
function createScalar(text: string, range: Range): ScalarNode {
  const isString = text.startsWith('"', range.start);
  const textRange = isString ? trimQuotes(range) : range;
  const source = text.slice(textRange.start, textRange.end);
  return {
    kind: 'scalar',
    intrinsic: undefined,
    range,
    textRange,
    get text() {
      if (isString) return decodeText(source);
      return /^[-\d]/.test(source) ? String(Number(source)) : source;
    },
    embedded: () => decodeEscapes(source, textRange.start),
  };
}

/** A string's range without its quotes. */
const trimQuotes = ({ start, end }: Range): Range => ({ start: start + 1, end: Math.max(start + 1, end - 1) });

const escapeSequence = /\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|\r\n|[\s\S])/g;

const decodeText = (source: string): string =>
  source.includes('\\') ? source.replaceAll(escapeSequence, decodeEscape) : source;

/** Decodes the escapes of a quoted string and maps each character to its offset. */
export function decodeEscapes(source: string, base: number): EmbeddedText {
  const offsets: number[] = [];
  let text = '';
  for (const { 0: match, index } of source.matchAll(/\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|\r\n|[\s\S])|[^\\]+/g)) {
    const plain = match.startsWith('\\') ? decodeEscape(match) : match;
    for (let i = 0; i < plain.length; i++) offsets.push(base + index + (match === plain ? i : 0));
    text += plain;
  }
  offsets.push(base + source.length);
  return { text, toDocument: (offset) => offsets[offset] ?? base + source.length };
}
