import { type Node, parseTree } from 'jsonc-parser';
import type { Range } from '../model.ts';
import type { EmbeddedText, TreeNode } from './tree.ts';

/** The parser recurses; no template is this deep, and a hostile one would exhaust the stack. */
const deepest = 200;

/** Reads a JSON template, as far as it can be read. */
export function jsonTree(text: string): TreeNode | undefined {
  if (nesting(text) > deepest) return undefined;
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && toTree(root, text);
}

function toTree(node: Node, text: string): TreeNode {
  const range: Range = { start: node.offset, end: node.offset + node.length };
  const written = { range, intrinsic: undefined };
  if (node.type === 'object') {
    return {
      ...written,
      kind: 'map',
      entries: (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
        key === undefined || value === undefined
          ? []
          : [{ key: String(key.value), keyRange: inside(key), value: toTree(value, text) }],
      ),
    };
  }
  if (node.type === 'array') {
    return { ...written, kind: 'list', items: (node.children ?? []).map((item) => toTree(item, text)) };
  }
  const textRange = node.type === 'string' ? inside(node) : range;
  return {
    ...written,
    kind: 'scalar',
    text: String(node.value),
    textRange,
    embedded: () => unescaped(text.slice(textRange.start, textRange.end), textRange.start),
  };
}

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
  for (const [match] of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[[\]{}]/g)) {
    if (match === '[' || match === '{') most = Math.max(most, ++depth);
    else if (match === ']' || match === '}') depth--;
  }
  return most;
}
