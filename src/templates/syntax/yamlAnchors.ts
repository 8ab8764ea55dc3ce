import type { SyntaxNode, Tree } from '@lezer/common';
import { once } from '../memoize.ts';

/** The anchors of a YAML text. */
export class YamlAnchors {
  readonly #text: string;
  readonly #tree: Tree;

  constructor(text: string, tree: Tree) {
    this.#text = text;
    this.#tree = tree;
  }

  /** The last anchor with a name before an offset. */
  find(name: string, before: number): SyntaxNode | undefined {
    const offsets = this.#findOffsets().get(name) ?? [];
    let index = countUpTo(offsets, before);
    for (let tries = 0; tries < maxTries && index > 0; tries++) {
      const node = this.#tree.resolveInner(offsets[--index] ?? 0, 1);
      if (node.name === 'Anchor' && node.from === offsets[index]) return node;
    }
    return undefined;
  }

  /** Offsets of what may be anchors by name, in ascending order. Computed for the first alias. */
  readonly #findOffsets = once(() => {
    const offsets = new Map<string, number[]>();
    for (const { 1: name = '', index } of this.#text.matchAll(/&([^\s,[\]{}]+)/g)) {
      const others = offsets.get(name);
      if (others === undefined) offsets.set(name, [index]);
      else others.push(index);
    }
    return offsets;
  });
}

/** Texts that look like an anchor but are not. */
const maxTries = 20;

/** How many of the ascending offsets are less than `before`. */
function countUpTo(offsets: readonly number[], before: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < before) low = middle + 1;
    else high = middle;
  }
  return low;
}
