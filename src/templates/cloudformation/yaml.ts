import { once } from '../memoize.ts';
import type { Range } from '../model.ts';
import type { Work } from '../timeSlicing.ts';
import { isJson, parseJson } from './json.ts';
import {
  createTextNode,
  LazyList,
  LazyMap,
  type ListNode,
  type MapNode,
  maxEntries,
  maxItems,
  parseIntrinsicTag,
  type TreeEntry,
  type TreeNode,
} from './tree.ts';
import { type Leaf, parseBlockScalar, parseLeaf } from './yamlLeaf.ts';
import { isSpace, linesPerStep, splitLines, type YamlLines } from './yamlLines.ts';

/**
 * Parses the documents of a YAML text by indentation. Values are parsed on first access. Names are usually a few keys
 * deep in block style. The `yaml` library parses everything else, leaf by leaf.
 */
export function* parseYaml(text: string): Work<readonly TreeNode[]> {
  return yield* new YamlReader(text, yield* splitLines(text)).readDocuments();
}

/** A key at the start of a block mapping's line, quoted or plain, up to its colon. */
const keyPattern =
  /(?:"((?:[^"\\\r\n]|\\.)*)"[ \t]*|'((?:[^'\r\n]|'')*)'[ \t]*|((?:[^\s"'#[\]{},&*!|>%@`?:-]|[?:-](?=\S))[^:\r\n]*(?::(?![ \t\r\n]|$)[^:\r\n]*)*)):(?=[ \t\r\n]|$)/y;

const [dash, dot] = [45, 46];

class YamlReader {
  readonly lines: YamlLines;
  readonly #text: string;
  /** Values of anchors by offset. */
  readonly #anchors = new Map<number, TreeNode>();
  /** Names of anchors that are being resolved, to detect circular aliases. */
  readonly #resolving = new Set<string>();

  constructor(text: string, lines: YamlLines) {
    this.#text = text;
    this.lines = lines;
  }

  *readDocuments(): Work<readonly TreeNode[]> {
    const nodes: TreeNode[] = [];
    let from = 0;
    for (let line = 0; line <= this.lines.count; line++) {
      if (line % linesPerStep === 0) yield;
      const start = this.lines.start(line);
      const ends = start === this.#text.length || this.#isMarker(start);
      if (ends) {
        if (start > from) nodes.push(yield* this.#readDocument(from, start));
        from = start + 3;
      } else if (this.#text.startsWith('%', start)) from = this.lines.start(line + 1);
    }
    return nodes;
  }

  /** Whether a line that starts here separates two documents. */
  #isMarker(start: number): boolean {
    const character = this.#text.charCodeAt(start);
    return (character === dash || character === dot) && /^(---|\.\.\.)(\s|$)/.test(this.#text.slice(start, start + 4));
  }

  *#readDocument(from: number, to: number): Work<TreeNode> {
    const start = this.lines.skipSpace(from, to);
    const isWhole = start === 0 && to === this.#text.length;
    const json = isWhole && isJson(this.#text) ? yield* parseJson(this.#text) : undefined;
    return json ?? this.readValue(from, to, true);
  }

  /** The value between two offsets. `ownLine` permits a mapping on the first line. */
  readValue(from: number, to: number, ownLine: boolean): TreeNode {
    let at = this.lines.skipSpace(from, to);
    let tag: string | undefined;
    let tagAt: number | undefined;
    for (let property = this.#readProperty(at, to); property !== undefined; property = this.#readProperty(at, to)) {
      if (property.startsWith('!')) [tag, tagAt] = [property, at];
      at = this.lines.skipSpace(at + property.length, to);
    }
    if (at === to) return createTextNode('', { start: at, end: at });
    const line = this.lines.lineAt(at);
    const leaf: Leaf = {
      start: tagAt ?? at,
      content: at,
      end: this.lines.endOfContent(at, to),
      intrinsic: parseIntrinsicTag(tag),
    };
    if (this.#text.startsWith('*', at)) return this.#readAlias(leaf);
    if (ownLine || line > this.lines.lineAt(from)) {
      const column = at - this.lines.start(line);
      if (this.#isKey(at)) return this.#createMap(leaf, column);
      if (this.#isDash(at)) return this.#createList(leaf, column);
    }
    if (/[|>]/.test(this.#text.charAt(at))) return parseBlockScalar(this.#text, leaf);
    return parseLeaf(this.#text, leaf, (name, offset) => this.#resolveAnchor(name, offset));
  }

  #readProperty(at: number, to: number): string | undefined {
    const character = this.#text.charAt(at);
    if (at >= to || (character !== '!' && character !== '&')) return undefined;
    let end = at;
    while (end < to && !isSpace(this.#text.charCodeAt(end))) end++;
    return this.#text.slice(at, end);
  }

  #createMap(leaf: Leaf, column: number): MapNode {
    const range = { start: leaf.start, end: leaf.end };
    return new LazyMap(range, leaf.intrinsic, () => this.#readEntries(leaf, column));
  }

  #readEntries({ content, end }: Leaf, column: number): TreeEntry[] {
    const entries = this.#readRows(content, end, column, (at) => this.#readKey(at));
    entries.forEach((entry, row) => {
      entry.end = entries[row + 1]?.start ?? end;
    });
    return entries;
  }

  #createList(leaf: Leaf, column: number): ListNode {
    return new LazyList({ start: leaf.start, end: leaf.end }, leaf.intrinsic, () => {
      const dashes = this.#readRows(leaf.content, leaf.end, column, (at) => (this.#isDash(at) ? at : undefined));
      return dashes.slice(0, maxItems + 1).map((at, row) => this.readValue(at + 1, dashes[row + 1] ?? leaf.end, true));
    });
  }

  /** Reads the rows of a block: the first one and each line at the same column that `read` accepts. */
  #readRows<Row>(first: number, end: number, column: number, read: (at: number) => Row | undefined): Row[] {
    const rows: Row[] = [];
    const add = (at: number) => {
      const row = read(at);
      if (row !== undefined) rows.push(row);
    };
    add(first);
    for (let line = this.lines.lineAt(first) + 1; this.lines.start(line) < end && rows.length < maxEntries; line++) {
      if (this.lines.indent(line) === column) add(this.lines.start(line) + column);
    }
    return rows;
  }

  #isKey(at: number): boolean {
    keyPattern.lastIndex = at;
    return keyPattern.test(this.#text);
  }

  #readKey(at: number): BlockEntry | undefined {
    keyPattern.lastIndex = at;
    const match = keyPattern.exec(this.#text);
    if (match === null) return undefined;
    const [whole, doubleQuoted, singleQuoted, untrimmed] = match;
    const plain = untrimmed?.trimEnd();
    const key = plain ?? singleQuoted?.replaceAll("''", "'") ?? doubleQuoted ?? '';
    const quote = plain === undefined ? 1 : 0;
    const length = (plain ?? singleQuoted ?? doubleQuoted ?? '').length;
    return new BlockEntry(this, key, at, quote, length, at + whole.length);
  }

  #isDash(at: number): boolean {
    const next = this.#text.charCodeAt(at + 1);
    return this.#text.startsWith('-', at) && (Number.isNaN(next) || isSpace(next));
  }

  /** The value of an alias, with the range of the alias. */
  #readAlias({ start, content, end }: Leaf): TreeNode {
    const name = /^\*[^\s,[\]{}]*/.exec(this.#text.slice(content, end))?.[0] ?? '*';
    const range = { start, end: content + name.length };
    const node = this.#resolveAnchor(name.slice(1), content);
    if (node === undefined) return createTextNode('', range);
    return node.kind === 'scalar' ? { ...node, range, textRange: range } : node;
  }

  /** The value of the last anchor with a name before an offset. */
  #resolveAnchor(name: string, before: number): TreeNode | undefined {
    if (this.#resolving.has(name)) return undefined;
    const anchor = findLastUpTo(this.#findAnchors().get(name) ?? [], before);
    if (anchor === undefined) return undefined;
    const cached = this.#anchors.get(anchor);
    if (cached !== undefined) return cached;
    this.#resolving.add(name);
    const node = this.readValue(anchor, this.#findEndOfBlock(anchor), true);
    this.#resolving.delete(name);
    this.#anchors.set(anchor, node);
    return node;
  }

  /** Offsets of anchors by name, in ascending order. Computed for the first alias. */
  readonly #findAnchors = once(() => {
    const anchors = new Map<string, number[]>();
    for (const { 1: name = '', index } of this.#text.matchAll(/&([^\s&]+)(?=[ \t\r\n])/g)) {
      const cached = anchors.get(name);
      if (cached === undefined) anchors.set(name, [index]);
      else cached.push(index);
    }
    return anchors;
  });

  /** The end of the block of the key or dash before an offset: the next line that is not indented further. */
  #findEndOfBlock(offset: number): number {
    const line = this.lines.lineAt(offset);
    const start = this.lines.start(line);
    const lead = /^ *(?:- +(?=[^&]))*/.exec(this.#text.slice(start, offset + 1))?.[0].length ?? 0;
    for (let next = line + 1; next < this.lines.count; next++) {
      const at = this.lines.content(next);
      if (at === undefined) continue;
      const column = at - this.lines.start(next);
      if (column < lead || (column === lead && !this.#isDash(at))) return this.lines.start(next);
    }
    return this.#text.length;
  }
}

/** The last of the ascending offsets that is not greater than `before`. */
function findLastUpTo(offsets: readonly number[], before: number): number | undefined {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) <= before) low = middle + 1;
    else high = middle;
  }
  return offsets[low - 1];
}

/** An entry of a block mapping. Most entries are never accessed, so that the value is parsed on first access. */
class BlockEntry implements TreeEntry {
  readonly key: string;
  readonly start: number;
  /** The start of the next entry. */
  end: number;
  readonly #reader: YamlReader;
  readonly #quote: number;
  readonly #length: number;
  readonly #colon: number;
  #cached: TreeNode | undefined;

  constructor(reader: YamlReader, key: string, start: number, quote: number, length: number, colon: number) {
    this.#reader = reader;
    this.key = key;
    this.start = start;
    this.#quote = quote;
    this.#length = length;
    this.#colon = colon;
    this.end = colon;
  }

  get keyRange(): Range {
    const start = this.start + this.#quote;
    return { start, end: start + this.#length };
  }

  get range(): Range {
    return { start: this.start, end: this.#reader.lines.endOfContent(this.#colon, this.end) };
  }

  get value(): TreeNode {
    this.#cached ??= this.read();
    return this.#cached;
  }

  read(): TreeNode {
    return this.#reader.readValue(this.#colon, this.end, false);
  }
}
