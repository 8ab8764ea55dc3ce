import { type Node, parseTree } from 'jsonc-parser';
import type { Range } from '../model.ts';
import { type EmbeddedText, LazyList, LazyMap, type TreeEntry, type TreeNode } from './tree.ts';

/** The parser recurses; no template is this deep, and a hostile one would exhaust the stack. */
const deepest = 200;

/** Does a text look like JSON, rather than YAML that begins with a brace? */
export const isJson = (text: string): boolean => /^\s*\{(?:\s|\/\/[^\n]*\n)*["}]/.test(text);

/** Reads a JSON template, as far as it can be read. */
export function jsonTree(text: string): TreeNode | undefined {
  if (nesting(text) > deepest) return undefined;
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && toTree(root, text);
}

function toTree(node: Node, text: string): TreeNode {
  const range = rangeOf(node, text);
  const children = node.children ?? [];
  if (node.type === 'object') {
    return new LazyMap(range, undefined, () => children.flatMap((property) => entryOf(property, text)));
  }
  if (node.type === 'array') return new LazyList(range, undefined, () => children.map((item) => toTree(item, text)));
  const textRange = node.type === 'string' ? inside(node) : range;
  return {
    kind: 'scalar',
    intrinsic: undefined,
    range,
    text: String(node.value),
    textRange,
    embedded: () => unescaped(text.slice(textRange.start, textRange.end), textRange.start),
  };
}

function entryOf(property: Node, text: string): TreeEntry[] {
  const [key, value] = property.children ?? [];
  return key === undefined || value === undefined ? [] : [new JsonEntry(property, key, value, text)];
}

/** An entry of an object. Most are never looked into. */
class JsonEntry implements TreeEntry {
  readonly key: string;
  private readonly nodes: readonly [property: Node, key: Node, value: Node];
  private readonly text: string;
  private known: TreeNode | undefined;

  constructor(property: Node, key: Node, value: Node, text: string) {
    this.key = String(key.value);
    this.nodes = [property, key, value];
    this.text = text;
  }

  get keyRange(): Range {
    return inside(this.nodes[1]);
  }

  get range(): Range {
    return rangeOf(this.nodes[0], this.text);
  }

  get value(): TreeNode {
    this.known ??= toTree(this.nodes[2], this.text);
    return this.known;
  }
}

/** A node's range; after a comment that nothing closes the parser counts beyond the end. */
const rangeOf = ({ offset, length }: Node, text: string): Range => ({
  start: offset,
  end: Math.min(text.length, offset + length),
});

/** A string's range without its quotes; a string still being typed may lack the second. */
const inside = ({ offset, length }: Node): Range => ({
  start: offset + 1,
  end: Math.max(offset + 1, offset + length - 1),
});

/** The text a quoted string stands for, with each character's place. */
export function unescaped(source: string, base: number): EmbeddedText {
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

/** How deep brackets go, outside of quoted strings. */
export function nesting(text: string): number {
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
