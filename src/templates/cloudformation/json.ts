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
    const sign = this.text.charAt(start);
    if (sign === '{') return new LazyMap(range, undefined, () => this.#entries(range));
    if (sign === '[') return new LazyList(range, undefined, () => this.#items(range));
    return sign === '"' || constant.test(this.text.slice(start, range.end)) ? scalar(this.text, range) : undefined;
  }

  end(start: number): number {
    return this.#brackets.endOfValue(start);
  }

  #entries(range: Range): TreeEntry[] {
    const entries: TreeEntry[] = [];
    this.#walk(range, (at, end) => {
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

  #items(range: Range): TreeNode[] {
    const items: TreeNode[] = [];
    this.#walk(range, (at, end) => {
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
  #walk({ start, end }: Range, read: (at: number, end: number) => number): void {
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
    this.keyRange = inside(key);
    this.key = meaningOf(reader.text.slice(this.keyRange.start, this.keyRange.end));
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
function scalar(text: string, range: Range): ScalarNode {
  const isString = text.startsWith('"', range.start);
  const textRange = isString ? inside(range) : range;
  const source = text.slice(textRange.start, textRange.end);
  return {
    kind: 'scalar',
    intrinsic: undefined,
    range,
    textRange,
    get text() {
      if (isString) return meaningOf(source);
      return /^[-\d]/.test(source) ? String(Number(source)) : source;
    },
    embedded: () => decodeEscapes(source, textRange.start),
  };
}

/** A string's range without its quotes. The closing quote may be missing while the user types. */
const inside = ({ start, end }: Range): Range => ({ start: start + 1, end: Math.max(start + 1, end - 1) });

const escapeSequence = /\\u[\da-fA-F]{4}|\\[\s\S]/g;

const meaningOf = (source: string): string =>
  source.includes('\\') ? source.replaceAll(escapeSequence, escapeMeaning) : source;

/** Decodes the escapes of a quoted string and maps each character to its offset. */
export function decodeEscapes(source: string, base: number): EmbeddedText {
  const places: number[] = [];
  let text = '';
  for (const { 0: match, index } of source.matchAll(/\\u[\da-fA-F]{4}|\\[\s\S]|[^\\]+/g)) {
    const plain = match.startsWith('\\') ? escapeMeaning(match) : match;
    for (let i = 0; i < plain.length; i++) places.push(base + index + (match === plain ? i : 0));
    text += plain;
  }
  places.push(base + source.length);
  return { text, toDocument: (offset) => places[offset] ?? base + source.length };
}

function escapeMeaning(sequence: string): string {
  const letter = sequence.charAt(1);
  if (letter === 'u') return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
  const controls: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
  return controls[letter] ?? letter;
}

/** The maximum depth of brackets outside of quoted strings. */
export function measureNesting(text: string): number {
  let depth = 0;
  let most = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) quoted = !quoted;
    else if (code === backslash && quoted) i++;
    else if (code === lineFeed) quoted = false;
    else if (quoted) continue;
    else if (code === openBracket || code === openBrace) most = Math.max(most, ++depth);
    else if (code === closeBracket || code === closeBrace) depth--;
  }
  return most;
}

const [quote, backslash, lineFeed, openBracket, closeBracket, openBrace, closeBrace] = [34, 92, 10, 91, 93, 123, 125];
