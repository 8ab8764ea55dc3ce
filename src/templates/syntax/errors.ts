import { Tree, type TreeBuffer } from '@lezer/common';

/** The first error of each subtree, from its start. An edit leaves most of them as they are. */
const found = new WeakMap<Tree | TreeBuffer, number>();

/** The offset of the first part of a text that could not be parsed. Infinite without errors. */
export function findFirstError(tree: Tree | TreeBuffer): number {
  let first = found.get(tree);
  if (first === undefined) {
    first = tree instanceof Tree ? findInTree(tree) : findInBuffer(tree);
    found.set(tree, first);
  }
  return first;
}

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
