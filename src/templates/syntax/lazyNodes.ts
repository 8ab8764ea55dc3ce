import type { SyntaxNode } from '@lezer/common';
import {
  type DocumentNode,
  type ListNode,
  type MapNode,
  type MapSyntax,
  maxEntries,
  maxItems,
  type TreeEntry,
} from '../cloudformation/tree.ts';
import { once } from '../memoize.ts';
import type { Range } from '../model.ts';
import { entryNodes } from './entryCache.ts';

/** A map that converts its entries on first access. Most maps of a template are never accessed. */
export class LazyMap implements MapNode {
  readonly kind = 'map';
  readonly range: Range;
  readonly intrinsic: string | undefined;
  readonly syntax: MapSyntax;
  readonly #getEntries = once(() => {
    const { node, toEntry } = this.syntax;
    return convertChildren(node, maxEntries, (child) => (entryNodes.has(child.name) ? toEntry(child) : undefined));
  });

  constructor(range: Range, intrinsic: string | undefined, syntax: MapSyntax) {
    this.range = range;
    this.intrinsic = intrinsic;
    this.syntax = syntax;
  }

  get entries(): readonly TreeEntry[] {
    return this.#getEntries();
  }
}

/** A list that converts its items on first access. */
export class LazyList implements ListNode {
  readonly kind = 'list';
  readonly range: Range;
  readonly intrinsic: string | undefined;
  readonly #getItems: () => readonly DocumentNode[];

  constructor(
    range: Range,
    intrinsic: string | undefined,
    node: SyntaxNode,
    toItem: (node: SyntaxNode) => DocumentNode | undefined,
  ) {
    this.range = range;
    this.intrinsic = intrinsic;
    // One more tells that there are too many.
    this.#getItems = once(() => convertChildren(node, maxItems + 1, toItem));
  }

  get items(): readonly DocumentNode[] {
    return this.#getItems();
  }
}

/** Children per value of a map or a list: the value, its comma and comments. */
const childrenPerValue = 4;

/** Converts the children of a node, without those that `convert` returns undefined for. */
function convertChildren<T>(node: SyntaxNode, limit: number, convert: (node: SyntaxNode) => T | undefined): T[] {
  const converted: T[] = [];
  let child = node.firstChild;
  for (let left = childrenPerValue * limit; child !== null && left > 0 && converted.length < limit; left--) {
    const value = convert(child);
    if (value !== undefined) converted.push(value);
    child = child.nextSibling;
  }
  return converted;
}

/** An entry that reads its key and value on first access. */
export class LazyEntry implements TreeEntry {
  readonly range: Range;
  readonly keyRange: Range;
  readonly #getKey: () => string;
  readonly #getValue: () => DocumentNode;

  constructor(range: Range, keyRange: Range, getKey: () => string, getValue: () => DocumentNode) {
    this.range = range;
    this.keyRange = keyRange;
    this.#getKey = once(getKey);
    this.#getValue = once(getValue);
  }

  get key(): string {
    return this.#getKey();
  }

  get value(): DocumentNode {
    return this.#getValue();
  }
}
