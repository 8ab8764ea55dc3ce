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

/** What the nodes have in common. Where a value ends takes some search, and only few of the ranges are asked for. */
class LazyNode {
  readonly intrinsic: string | undefined;
  readonly #getRange: () => Range;

  constructor(readRange: () => Range, intrinsic: string | undefined) {
    this.intrinsic = intrinsic;
    this.#getRange = once(readRange);
  }

  get range(): Range {
    return this.#getRange();
  }
}

/** A map that converts its entries on first access. Most maps of a template are never accessed. */
export class LazyMap extends LazyNode implements MapNode {
  readonly kind = 'map';
  readonly syntax: MapSyntax;
  readonly #getEntries = once(() => {
    const { node, toEntry } = this.syntax;
    return convertChildren(node, maxEntries, (child) => (entryNodes.has(child.name) ? toEntry(child) : undefined));
  });

  constructor(readRange: () => Range, intrinsic: string | undefined, syntax: MapSyntax) {
    super(readRange, intrinsic);
    this.syntax = syntax;
  }

  get entries(): readonly TreeEntry[] {
    return this.#getEntries();
  }
}

/** A list that converts its items on first access. */
export class LazyList extends LazyNode implements ListNode {
  readonly kind = 'list';
  readonly #getItems: () => readonly DocumentNode[];

  constructor(
    readRange: () => Range,
    intrinsic: string | undefined,
    node: SyntaxNode,
    toItem: (node: SyntaxNode) => DocumentNode | undefined,
  ) {
    super(readRange, intrinsic);
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

/** An entry that reads its range, its key and its value on first access. */
export class LazyEntry implements TreeEntry {
  readonly keyRange: Range;
  readonly #getRange: () => Range;
  readonly #getKey: () => string;
  readonly #getValue: () => DocumentNode;

  constructor(readRange: () => Range, keyRange: Range, readKey: () => string, readValue: () => DocumentNode) {
    this.keyRange = keyRange;
    this.#getRange = once(readRange);
    this.#getKey = once(readKey);
    this.#getValue = once(readValue);
  }

  get range(): Range {
    return this.#getRange();
  }

  get key(): string {
    return this.#getKey();
  }

  get value(): DocumentNode {
    return this.#getValue();
  }
}
