import type { Range } from '../model.ts';
import type { Work } from '../timeSlicing.ts';
import { JsonBrackets, skipBlank } from './jsonBrackets.ts';
import {
  createTextNode,
  type EmbeddedText,
  LazyList,
  LazyMap,
  maxEntries,
  maxItems,
  type ScalarNode,
  type TreeEntry,
  type TreeNode,
} from './tree.ts';

/** Depth of nested values. Parsing is recursive, and a hostile document would exhaust the stack. */
const maxDepth = 200;

/** Whether a text is JSON rather than YAML that starts with a brace. */
export const isJson = (text: string): boolean => /^\s*\{(?:\s|\/\/[^\n]*\n)*["}]/.test(text);

/** Parses a JSON template, tolerating errors. Values are parsed on first access. */
export function* parseJson(text: string): Work<TreeNode | undefined> {
  const start = skipBlank(text, 0);
  const brackets = new JsonBrackets(text);
  yield* brackets.read(start, maxDepth);
  return brackets.depth > maxDepth ? undefined : new JsonReader(text, brackets).value(start);
}

class JsonReader {
  readonly text: string;
  readonly #brackets: JsonBrackets;

  constructor(text: string, brackets: JsonBrackets) {
    this.text = text;
    this.#brackets = brackets;
  }

  /** The value that starts at `start`, if any. */
  value(start: number): TreeNode | undefined {
    const range = { start, end: this.end(start) };
    const character = this.text.charAt(start);
    if (character === '{') return new LazyMap(range, undefined, () => this.#readEntries(range));
    if (character === '[') return new LazyList(range, undefined, () => this.#readItems(range));
    return character === '"' || constant.test(this.text.slice(start, range.end))
      ? createScalar(this.text, range)
      : undefined;
  }

  end(start: number): number {
    return this.#brackets.findEndOfValue(start);
  }

  #readEntries(range: Range): TreeEntry[] {
    const entries: TreeEntry[] = [];
    this.#forEachValue(range, (at, end) => {
      const colon = this.text.startsWith('"', at) ? skipBlank(this.text, end) : end;
      if (!this.text.startsWith(':', colon)) return end;
      const start = skipBlank(this.text, colon + 1);
      const key = { start: at, end };
      if (/[,}\]]/.test(this.text.charAt(start))) return start;
      entries.push(new JsonEntry(this, key, start));
      return entries.length === maxEntries ? range.end : this.end(start);
    });
    return entries;
  }

  #readItems(range: Range): TreeNode[] {
    const items: TreeNode[] = [];
    this.#forEachValue(range, (at, end) => {
      const item = this.value(at);
      if (item !== undefined) items.push(item);
      return items.length > maxItems ? range.end : end;
    });
    return items;
  }

  /**
   * Iterates over the content of brackets. `read` takes the start and end of a value and returns the offset to
   * continue at.
   */
  #forEachValue({ start, end }: Range, read: (at: number, end: number) => number): void {
    for (let at = skipBlank(this.text, start + 1); at < end; at = skipBlank(this.text, at)) {
      if (/[,:}\]]/.test(this.text.charAt(at))) at++;
      else at = read(at, this.end(at));
    }
  }
}

/** Matches a value without quotes. */
const constant = /^(?:true|false|null|-?\d[\d.eE+-]*)$/;

/** An entry of an object. Its value is parsed on first access. */
class JsonEntry implements TreeEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly #reader: JsonReader;
  readonly #start: number;
  #cached: TreeNode | undefined;

  constructor(reader: JsonReader, key: Range, start: number) {
    this.#reader = reader;
    this.keyRange = trimQuotes(key);
    this.key = decodeText(reader.text.slice(this.keyRange.start, this.keyRange.end));
    this.#start = start;
  }

  get range(): Range {
    return { start: this.keyRange.start - 1, end: this.#reader.end(this.#start) };
  }

  get value(): TreeNode {
    this.#cached ??= this.read();
    return this.#cached;
  }

  read(): TreeNode {
    return this.#reader.value(this.#start) ?? createTextNode('', { start: this.#start, end: this.#start });
  }
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

/** A string's range without its quotes. The closing quote may be missing while the user types. */
const trimQuotes = ({ start, end }: Range): Range => ({ start: start + 1, end: Math.max(start + 1, end - 1) });

const escapeSequence = /\\u[\da-fA-F]{4}|\\[\s\S]/g;

const decodeText = (source: string): string =>
  source.includes('\\') ? source.replaceAll(escapeSequence, decodeEscape) : source;

/** Decodes the escapes of a quoted string and maps each character to its offset. */
export function decodeEscapes(source: string, base: number): EmbeddedText {
  const offsets: number[] = [];
  let text = '';
  for (const { 0: match, index } of source.matchAll(/\\u[\da-fA-F]{4}|\\[\s\S]|[^\\]+/g)) {
    const plain = match.startsWith('\\') ? decodeEscape(match) : match;
    for (let i = 0; i < plain.length; i++) offsets.push(base + index + (match === plain ? i : 0));
    text += plain;
  }
  offsets.push(base + source.length);
  return { text, toDocument: (offset) => offsets[offset] ?? base + source.length };
}

function decodeEscape(sequence: string): string {
  const letter = sequence.charAt(1);
  if (letter === 'u') return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
  const controls: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
  return controls[letter] ?? letter;
}

/** The maximum depth of brackets outside of quoted strings. */
export function measureNesting(text: string): number {
  let depth = 0;
  let maxDepthFound = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) quoted = !quoted;
    else if (code === backslash && quoted) i++;
    else if (code === lineFeed) quoted = false;
    else if (quoted) continue;
    else if (code === openBracket || code === openBrace) maxDepthFound = Math.max(maxDepthFound, ++depth);
    else if (code === closeBracket || code === closeBrace) depth--;
  }
  return maxDepthFound;
}

const [quote, backslash, lineFeed, openBracket, closeBracket, openBrace, closeBrace] = [34, 92, 10, 91, 93, 123, 125];
