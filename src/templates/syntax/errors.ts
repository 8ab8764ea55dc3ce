import { Tree, type TreeBuffer } from '@lezer/common';
import { memoize } from '../memoize.ts';

/** Characters. To look into a shorter subtree takes less time than to remember what it contains. */
const minMemoizedLength = 2_000;

/** The offset of the first part of a subtree that could not be parsed, from its start. Infinite without errors. */
export const findFirstError = (tree: Tree | TreeBuffer): number => {
  if (!(tree instanceof Tree)) return findInBuffer(tree);
  return tree.length < minMemoizedLength ? findInTree(tree) : findInLongTree(tree);
};

/** An edit leaves most subtrees as they are. */
const findInLongTree: (tree: Tree) => number = memoize((tree) => findInTree(tree), new WeakMap());

function findInTree({ type, children, positions }: Tree): number {
  if (type.isError) return 0;
  for (let index = 0; index < children.length; index++) {
    const child = children[index];
    const first = child === undefined ? Number.POSITIVE_INFINITY : findFirstError(child);
    if (first !== Number.POSITIVE_INFINITY) return first + (positions[index] ?? 0);
  }
  return Number.POSITIVE_INFINITY;
}

function findInBuffer({ buffer, set }: TreeBuffer): number {
  for (let at = 0; at < buffer.length; at += 4) {
    if (set.types[buffer[at] ?? 0]?.isError) return buffer[at + 1] ?? 0;
  }
  return Number.POSITIVE_INFINITY;
}
