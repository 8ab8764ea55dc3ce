import type { Range } from '../model.ts';
import { maxParts } from '../values.ts';

/** A template's value, whatever it is written in. Children are read when they are asked for. */
export type TreeNode = MapNode | ListNode | ScalarNode;

interface BaseNode {
  /** The value as written, with its tag and quotes. */
  readonly range: Range;
  /** The function a short form stands for: `!Sub` is `Fn::Sub`. */
  readonly intrinsic: string | undefined;
}

export interface MapNode extends BaseNode {
  readonly kind: 'map';
  readonly entries: readonly TreeEntry[];
}

export interface ListNode extends BaseNode {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
}

export interface ScalarNode extends BaseNode {
  readonly kind: 'scalar';
  readonly text: string;
  /** Where the text stands, without quotes. */
  readonly textRange: Range;
  /** The text as it lies in the document, for what is embedded in it. */
  readonly embedded: () => EmbeddedText;
}

export interface TreeEntry {
  readonly key: string;
  readonly keyRange: Range;
  /** Key and value. */
  readonly range: Range;
  readonly value: TreeNode;
  /** The value, read anew and not kept: of thousands of resources each is looked into once. */
  read(): TreeNode;
}

/** A text inside a document, and the way back from its offsets to the document's. */
export interface EmbeddedText {
  readonly text: string;
  toDocument(offset: number): number;
}

/** More merges than these only a hostile file has: a map that merges itself would never end. */
const mostMerges = 8;

/** The value under a key of a map, or of a map that is merged into it (`<<: *defaults`). */
export function getChild(node: TreeNode | undefined, key: string, merges = 0): TreeNode | undefined {
  if (node?.kind !== 'map') return undefined;
  const own = node.entries.find((entry) => entry.key === key);
  if (own !== undefined || merges === mostMerges) return own?.value;
  const merged = node.entries.find((entry) => entry.key === '<<')?.value;
  for (const map of merged?.kind === 'list' ? merged.items.slice(0, mostMerges) : [merged]) {
    const value = getChild(map, key, merges + 1);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The text of a plain scalar: one that no function is applied to. */
export function getPlainText(node: TreeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.intrinsic === undefined ? node.text : undefined;
}

/** The function applied by a node, in its short form (`!Ref x`) or its long one (`Ref: x`), and what it is applied to. */
export function parseIntrinsicCall(node: TreeNode): { name: string; argument: TreeNode } | undefined {
  if (node.intrinsic !== undefined) return { name: node.intrinsic, argument: node };
  if (node.kind !== 'map' || node.entries.length !== 1) return undefined;
  const [entry] = node.entries;
  if (entry === undefined || !/^(Ref|Fn::\w+)$/.test(entry.key)) return undefined;
  return { name: entry.key, argument: entry.value };
}

/** `!Sub` is `Fn::Sub`; `!!str` and the like say nothing of functions. */
export function parseIntrinsicTag(tag: string | undefined): string | undefined {
  const name = /^!(\w+)$/.exec(tag ?? '')?.[1];
  return name === undefined || name === 'Ref' ? name : `Fn::${name}`;
}

/** A map that is read when somebody asks for its entries: most of a template's are never looked into. */
export class LazyMap implements MapNode {
  readonly kind = 'map';
  readonly range: Range;
  readonly intrinsic: string | undefined;
  readonly #read: () => readonly TreeEntry[];
  #known: readonly TreeEntry[] | undefined;

  constructor(range: Range, intrinsic: string | undefined, read: () => readonly TreeEntry[]) {
    this.range = range;
    this.intrinsic = intrinsic;
    this.#read = read;
  }

  get entries(): readonly TreeEntry[] {
    this.#known ??= this.#read();
    return this.#known;
  }
}

/** Items of a list that are read: beyond the parts that a name may have, there is nothing to look for. */
export const maxItems = maxParts;

/** Entries of a map that are read: a template of a megabyte has a fifth of them. */
export const maxEntries = 50_000;

/** A list that is read when somebody asks for its items. */
export class LazyList implements ListNode {
  readonly kind = 'list';
  readonly range: Range;
  readonly intrinsic: string | undefined;
  readonly #read: () => readonly TreeNode[];
  #known: readonly TreeNode[] | undefined;

  constructor(range: Range, intrinsic: string | undefined, read: () => readonly TreeNode[]) {
    this.range = range;
    this.intrinsic = intrinsic;
    this.#read = read;
  }

  get items(): readonly TreeNode[] {
    this.#known ??= this.#read();
    return this.#known;
  }
}

/** A text that lies in the document just as it reads. */
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
