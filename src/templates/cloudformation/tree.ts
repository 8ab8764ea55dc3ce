import type { SyntaxNode } from '@lezer/common';
import type { Range } from '../model.ts';
import { maxParts } from '../values.ts';

/** A value of a YAML or JSON template. Children are converted on first access. */
export type DocumentNode = MapNode | ListNode | ScalarNode;

interface BaseNode {
  /** The value with its tag and quotes. */
  readonly range: Range;
  /** The function of a short form: `Fn::Sub` for `!Sub`. */
  readonly intrinsic: string | undefined;
}

export interface MapNode extends BaseNode {
  readonly kind: 'map';
  readonly entries: readonly TreeEntry[];
  /** Undefined for a copy. */
  readonly syntax: MapSyntax | undefined;
}

/** The syntax node of a map, the document's text, and how to convert the node's children. */
export interface MapSyntax {
  readonly node: SyntaxNode;
  readonly text: string;
  /** Undefined if the key or the value is missing. */
  readonly toEntry: (node: SyntaxNode) => TreeEntry | undefined;
}

export interface ListNode extends BaseNode {
  readonly kind: 'list';
  readonly items: readonly DocumentNode[];
}

export interface ScalarNode extends BaseNode {
  readonly kind: 'scalar';
  readonly text: string;
  /** The range of the text without quotes. */
  readonly textRange: Range;
  /** The text with a mapping to the document, for embedded templates. */
  embedded(): EmbeddedText;
}

export interface TreeEntry {
  readonly key: string;
  readonly keyRange: Range;
  /** Key and value. */
  readonly range: Range;
  readonly value: DocumentNode;
}

/** A text inside a document, with a mapping from its offsets to the document's. */
export interface EmbeddedText {
  readonly text: string;
  toDocument(offset: number): number;
}

/** Maps that are merged into one, directly or not. */
const maxMerges = 100;

/** The value of a key in a map or in the maps merged into it (`<<: *defaults`). The first one wins. */
export function getChild(node: DocumentNode | undefined, key: string): DocumentNode | undefined {
  const own = getOwnChild(node, key);
  if (own !== undefined || getOwnChild(node, '<<') === undefined) return own;
  for (const map of findMerged(node)) {
    const merged = getOwnChild(map, key);
    if (merged !== undefined) return merged;
  }
  return undefined;
}

const getOwnChild = (node: DocumentNode | undefined, key: string): DocumentNode | undefined =>
  node?.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;

/** The values of a map and of the maps merged into it, by key. */
export function getChildren(node: DocumentNode): ReadonlyMap<string, DocumentNode> {
  const children = new Map<string, DocumentNode>();
  for (const { entries } of findMerged(node))
    for (const { key, value } of entries) if (!children.has(key)) children.set(key, value);
  return children;
}

/** A map and the maps merged into it, in the order in which their entries count. */
function* findMerged(node: DocumentNode | undefined): Iterable<MapNode> {
  const visited = new Set<DocumentNode>();
  const next = [node];
  while (next.length > 0 && visited.size <= maxMerges) {
    const map = next.pop();
    if (map?.kind !== 'map' || visited.has(map)) continue;
    visited.add(map);
    yield map;
    const merged = getOwnChild(map, '<<');
    next.push(...(merged?.kind === 'list' ? merged.items.toReversed() : [merged]));
  }
}

/** The text of a scalar without a function. */
export function getPlainText(node: DocumentNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.intrinsic === undefined ? node.text : undefined;
}

/** The function call of a node in short form (`!Ref x`) or long form (`Ref: x`). */
export function parseIntrinsicCall(node: DocumentNode): { name: string; argument: DocumentNode } | undefined {
  if (node.intrinsic !== undefined) return { name: node.intrinsic, argument: node };
  if (node.kind !== 'map' || node.entries.length !== 1) return undefined;
  const [entry] = node.entries;
  if (entry === undefined || !/^(Ref|[Ff]n::\w+)$/.test(entry.key)) return undefined;
  return {
    name: entry.key.replace(/^fn::\w/, (start) => `Fn::${start.slice(-1).toUpperCase()}`),
    argument: entry.value,
  };
}

/** Parses a tag: `Fn::Sub` for `!Sub`. Undefined for `!!str` and the like. */
export function parseIntrinsicTag(tag: string | undefined): string | undefined {
  const name = /^!(\w+)$/.exec(tag ?? '')?.[1];
  return name === undefined || name === 'Ref' ? name : `Fn::${name}`;
}

/** Items of a list that are converted, as many as a name may have parts. */
export const maxItems = maxParts;

/**
 * Entries of a map that are converted at once. CloudFormation allows 500 resources and fewer of anything else. Resources
 * are read one by one, without this limit.
 */
export const maxEntries = 4_000;

/** A text that appears unchanged in the document. */
export const createEmbeddedText = (text: string, base: number): EmbeddedText => ({
  text,
  toDocument: (offset) => base + offset,
});

/** A scalar without quotes or tag. */
export const createTextNode = (text: string, range: Range): ScalarNode => ({
  kind: 'scalar',
  intrinsic: undefined,
  text,
  range,
  textRange: range,
  embedded: () => createEmbeddedText(text, range.start),
});

/** Characters. Longer values are not copied. */
const maxCopyLength = 10_000;

/** Copies a value with everything in it, so that it does not keep its document alive. Undefined if it is too large. */
export function copyNode(node: DocumentNode, budget = { left: 200 }): DocumentNode | undefined {
  const { range, intrinsic } = node;
  if (budget.left-- <= 0 || range.end - range.start > maxCopyLength) return undefined;
  if (node.kind === 'scalar') {
    const text = detachText(node.text);
    return { ...createTextNode(text, range), intrinsic };
  }
  if (node.kind === 'list') {
    const items = node.items.map((item) => copyNode(item, budget));
    return items.every((item) => item !== undefined) ? { kind: 'list', range, intrinsic, items } : undefined;
  }
  const entries = node.entries.map((entry) => copyEntry(entry, budget));
  return entries.every((entry) => entry !== undefined)
    ? { kind: 'map', range, intrinsic, entries, syntax: undefined }
    : undefined;
}

function copyEntry({ key, keyRange, range, value }: TreeEntry, budget: { left: number }): TreeEntry | undefined {
  const copy = copyNode(value, budget);
  return copy && { key: detachText(key), keyRange, range, value: copy };
}

/** Copies a text. A part of a text keeps the whole text alive, which joining and cutting prevents. */
export const detachText = (text: string): string => ` ${text}`.slice(1);
