import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/json';
import type { SlicedWork } from '../../timeSlicing.ts';
import {
  createEmbeddedText,
  type DocumentNode,
  type EmbeddedText,
  type MapSyntax,
  type ScalarNode,
} from '../cloudformation/tree.ts';
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
    const readRange = () => getRange(node);
    const kind = values[node.name];
    if (kind === 'map') return new LazyMap(readRange, undefined, { node, text: this.#text, toEntry: this.#toEntry });
    if (kind === 'list') return new LazyList(readRange, undefined, node, (child) => this.#toItem(child));
    return createScalar(this.#text, readRange());
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
      () => getRange(property),
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

/** Decodes the escapes of a quoted string. */
export const decodeText = (source: string): string =>
  source.includes('\\') ? source.replaceAll(escapeSequence, decodeEscape) : source;

/** Decodes the escapes of a quoted string and maps each character to its offset. */
export function decodeEscapes(source: string, base: number): EmbeddedText {
  if (!source.includes('\\')) return createEmbeddedText(source, base);
  // Where each escape and each text between them starts, in the decoded text and in the source.
  const starts: number[] = [];
  const sources: number[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const { 0: match, index } of source.matchAll(/\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|\r\n|[\s\S])|[^\\]+/g)) {
    const plain = match.startsWith('\\') ? decodeEscape(match) : match;
    starts.push(length);
    sources.push(index);
    parts.push(plain);
    length += plain.length;
  }
  const toDocument = (offset: number): number => {
    if (offset >= length) return base + source.length;
    const at = findLastIndexUpTo(starts, offset);
    const [start = 0, from = 0] = [starts[at], sources[at]];
    return base + from + (source[from] === '\\' ? 0 : offset - start);
  };
  return { text: parts.join(''), toDocument };
}

/** The index of the last of the sorted numbers that is not greater than a limit. */
function findLastIndexUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
