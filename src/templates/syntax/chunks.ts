import { Tree, type TreeBuffer } from '@lezer/common';

/** A subtree that contains children of a node, and its offset in the document. An edit leaves most of them as they are. */
export interface Chunk {
  readonly content: Tree | TreeBuffer;
  readonly offset: number;
}

/** The subtrees that contain the children of a node. The tree balances long lists, so that they are not deep. */
export function findChunks(tree: Tree, offset: number, chunks: Chunk[] = []): readonly Chunk[] {
  for (let index = 0; index < tree.children.length; index++) {
    const content = tree.children[index];
    const start = offset + (tree.positions[index] ?? 0);
    if (content instanceof Tree && content.type.isAnonymous) findChunks(content, start, chunks);
    else if (content !== undefined) chunks.push({ content, offset: start });
  }
  return chunks;
}

/** The starts of the children with certain names in a chunk, relative to it. */
export function findStarts(content: Tree | TreeBuffer, names: ReadonlySet<string>): readonly number[] {
  if (content instanceof Tree) return names.has(content.type.name) ? [0] : [];
  const { buffer, set } = content;
  const starts: number[] = [];
  for (let at = 0; at < buffer.length; at = buffer[at + 3] ?? buffer.length) {
    if (names.has(set.types[buffer[at] ?? 0]?.name ?? '')) starts.push(buffer[at + 1] ?? 0);
  }
  return starts;
}
