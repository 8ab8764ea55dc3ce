import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Range } from '../model.ts';
import { OPEN } from '../values.ts';
import { decodeEscapes, measureNesting } from './json.ts';
import {
  createEmbeddedText,
  createTextNode,
  LazyList,
  LazyMap,
  parseIntrinsicTag,
  type ScalarNode,
  type TreeNode,
} from './tree.ts';

/** A value's offsets and tag. `start` includes the tag, `content` does not. */
export interface Leaf {
  readonly start: number;
  readonly content: number;
  readonly end: number;
  readonly intrinsic: string | undefined;
}

type ResolveAnchor = (name: string, before: number) => TreeNode | undefined;

/** Larger values cannot be names or contribute to one. */
const maxLength = 4_000;
const maxDepth = 50;

/** An unambiguous plain scalar on one line, optionally followed by a comment. */
const simplePlain = /^([A-Za-z0-9_][\w./-]*(?:::?\w[\w./-]*)*)(?:[ \t]+#[^\r\n]*)?$/;
const simpleQuoted = /^(?:"([^"\\\r\n]*)"|'([^'\r\n]*)')(?:[ \t]+#[^\r\n]*)?$/;

/** Parses a scalar or a flow collection. */
export function parseLeaf(text: string, leaf: Leaf, resolveAnchor: ResolveAnchor): TreeNode {
  const source = text.slice(leaf.content, Math.min(leaf.end, leaf.content + maxLength + 1));
  const plain = simplePlain.exec(source)?.[1];
  if (plain !== undefined) return createScalar(leaf, plain, 0, plain.length);
  const quoted = simpleQuoted.exec(source);
  if (quoted !== null) {
    const inner = quoted[1] ?? quoted[2] ?? '';
    return createScalar(leaf, inner, 1, inner.length);
  }
  // Not YAML: a template engine generates the value.
  const engine = /^\{[{%][^\r\n]*/.exec(source)?.[0];
  if (engine !== undefined) return createScalar(leaf, engine, 0, engine.length);
  if (source.length > maxLength || measureNesting(source) > maxDepth)
    return createScalar(leaf, OPEN, 0, leaf.end - leaf.content);
  const { contents } = parseDocument(source, {
    logLevel: 'silent',
    strict: false,
    uniqueKeys: false,
    prettyErrors: false,
  });
  if (contents === null) return createScalar(leaf, '', 0, 0);
  return convertNode(contents, text, leaf.content, resolveAnchor, leaf);
}

function createScalar({ start, content, intrinsic }: Leaf, text: string, quote: number, length: number): ScalarNode {
  const textRange = { start: content + quote, end: content + quote + length };
  const range = { start, end: textRange.end + quote };
  return {
    kind: 'scalar',
    intrinsic,
    text,
    range,
    textRange,
    embedded: () => createEmbeddedText(text, textRange.start),
  };
}

/** Parses a literal (`|`) or folded (`>`) block scalar. The text is dedented on access. */
export function parseBlockScalar(text: string, leaf: Leaf): ScalarNode {
  const source = text.slice(leaf.content, leaf.end);
  const header = /^[^\r\n]*(\r\n|\r|\n|$)/.exec(source)?.[0].length ?? 0;
  const lead = /^\s*/.exec(source.slice(header))?.[0].length ?? 0;
  return {
    kind: 'scalar',
    intrinsic: leaf.intrinsic,
    range: { start: leaf.start, end: leaf.end },
    textRange: { start: leaf.content + header + lead, end: leaf.end },
    get text() {
      const { contents } = parseDocument(source.slice(0, maxLength), { logLevel: 'silent', strict: false });
      return isScalar(contents) ? String(contents.value) : '';
    },
    embedded: () => createEmbeddedText(source.slice(header), leaf.content + header),
  };
}

/** Converts a node of the `yaml` library. The tag of the outermost node is not in its source but in `leaf`. */
function convertNode(node: Node, text: string, base: number, resolveAnchor: ResolveAnchor, leaf?: Leaf): TreeNode {
  const inner = getRange(node, base);
  const range: Range = { start: leaf?.start ?? findTagStart(node, text, inner.start), end: inner.end };
  const common = { range, intrinsic: leaf?.intrinsic ?? parseIntrinsicTag(node.tag) };
  const next = (child: Node) => convertNode(child, text, base, resolveAnchor);
  if (isAlias(node)) {
    const target = resolveAnchor(node.source, range.start);
    if (target === undefined) return createTextNode('', range);
    return target.kind === 'scalar' ? { ...target, range, textRange: range } : target;
  }
  if (isMap<Node, Node | null>(node)) {
    return new LazyMap(range, common.intrinsic, () =>
      node.items.flatMap(({ key, value }) => {
        if (!isScalar(key) || value === null) return [];
        const [keyRange, valueRange] = [getRange(key, base), getRange(value, base)];
        const node = next(value);
        return [
          {
            key: String(key.value),
            keyRange,
            range: { start: keyRange.start, end: valueRange.end },
            value: node,
            read: () => node,
          },
        ];
      }),
    );
  }
  // Parsed on access: nested lists of aliases grow exponentially.
  if (isSeq<Node>(node)) return new LazyList(range, common.intrinsic, () => node.items.map(next));
  if (!isScalar(node)) return createTextNode('', range);
  const quote = node.type === 'QUOTE_DOUBLE' ? '"' : node.type === 'QUOTE_SINGLE' ? "'" : '';
  const from = inner.start + quote.length;
  // The closing quote is missing while the user types.
  const isClosed = inner.end > from && text.startsWith(quote, inner.end - quote.length);
  const textRange = { start: from, end: isClosed ? inner.end - quote.length : inner.end };
  const source = text.slice(textRange.start, textRange.end);
  return {
    ...common,
    kind: 'scalar',
    text: isClosed ? (node.source ?? String(node.value)) : source,
    textRange,
    embedded: () =>
      node.type === 'QUOTE_DOUBLE'
        ? decodeEscapes(source, textRange.start)
        : createEmbeddedText(source, textRange.start),
  };
}

function getRange(node: Node, base: number): Range {
  const [start, end] = node.range ?? [0, 0];
  return { start: base + start, end: base + end };
}

/** The start of a node's tag, which the library does not include in the node's range. */
function findTagStart({ tag }: Node, text: string, start: number): number {
  if (tag === undefined || !tag.startsWith('!')) return start;
  const at = text.lastIndexOf(tag, start);
  return at >= 0 && text.slice(at + tag.length, start).trim() === '' ? at : start;
}
