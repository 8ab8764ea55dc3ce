import { NodeType, type SyntaxNode, Tree, type TreeBuffer } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { ParsedText } from './tree.ts';

/** How to find the definitions of a language. */
export interface DefinitionSyntax {
  /** Types of nodes that define names. */
  readonly definingNodes: ReadonlySet<string>;
  /** The nodes of the names that such a node defines. A name may be a path such as `self.name`. */
  readonly getDefinedNames: (node: SyntaxNode) => readonly SyntaxNode[];
}

/** Characters of a chunk. An edit reads one chunk again. */
const maxChunkLength = 4_096;

/** Chunks to look at between two yields. */
const chunksPerStep = 10;

/** Definitions of one name. A program with more is data. */
const maxDefinitions = 1_000;

/** The offsets of the definitions in a chunk, from its start, by name. */
type Definitions = ReadonlyMap<string, readonly number[]>;

/** The names that a program defines, with their offsets. Cached by subtree, so that an edit reads only its surroundings. */
export class DefinitionIndex {
  readonly #chunks: readonly { readonly offset: number; readonly definitions: Definitions }[];

  constructor(chunks: readonly { readonly offset: number; readonly definitions: Definitions }[]) {
    this.#chunks = chunks;
  }

  /** The offsets of a name's definitions, in order. Empty if there are too many. */
  find(name: string): readonly number[] {
    const offsets: number[] = [];
    for (const { offset, definitions } of this.#chunks) {
      for (const start of definitions.get(name) ?? []) offsets.push(offset + start);
      if (offsets.length > maxDefinitions) return [];
    }
    return offsets.sort((a, b) => a - b);
  }
}

const caches = new WeakMap<DefinitionSyntax, WeakMap<Tree | TreeBuffer, Definitions>>();

/** Indexes the definitions of a program. */
export function* indexDefinitions({ tree, text }: ParsedText, syntax: DefinitionSyntax): SlicedWork<DefinitionIndex> {
  const cache = caches.get(syntax) ?? new WeakMap<Tree | TreeBuffer, Definitions>();
  caches.set(syntax, cache);
  const chunks: { offset: number; definitions: Definitions }[] = [];
  let count = 0;
  for (const { chunk, offset } of findChunks(tree)) {
    let definitions = cache.get(chunk);
    if (definitions === undefined) {
      definitions = readDefinitions(chunk, text, offset, syntax);
      cache.set(chunk, definitions);
      if (++count % chunksPerStep === 0) yield;
    }
    if (definitions.size > 0) chunks.push({ offset, definitions });
  }
  return new DefinitionIndex(chunks);
}

/** The small subtrees of a tree, and its large nodes. */
function* findChunks(root: Tree): Iterable<{ chunk: Tree | TreeBuffer; offset: number }> {
  const open: { tree: Tree | TreeBuffer; offset: number }[] = [{ tree: root, offset: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { tree, offset } = next;
    if (!(tree instanceof Tree && tree.type.isAnonymous && isLarge(tree))) yield { chunk: tree, offset };
    if (!(tree instanceof Tree && isLarge(tree))) continue;
    for (let index = tree.children.length - 1; index >= 0; index--) {
      const child = tree.children[index];
      if (child !== undefined) open.push({ tree: child, offset: offset + (tree.positions[index] ?? 0) });
    }
  }
}

const isLarge = (tree: Tree | TreeBuffer): boolean => tree instanceof Tree && tree.length > maxChunkLength;

/** The definitions of a chunk: of the node alone if it is large. */
function readDefinitions(
  chunk: Tree | TreeBuffer,
  text: string,
  offset: number,
  { definingNodes, getDefinedNames }: DefinitionSyntax,
): Definitions {
  const definitions = new Map<string, number[]>();
  const add = (node: SyntaxNode) => {
    for (const { from, to } of getDefinedNames(node)) {
      // Joined and cut, because a part of a text would keep the whole text alive.
      const name = ` ${text.slice(offset + from, offset + to)}`.slice(1);
      const offsets = definitions.get(name);
      if (offsets === undefined) definitions.set(name, [from]);
      else offsets.push(from);
    }
  };
  const tree = chunk instanceof Tree ? chunk : new Tree(NodeType.none, [chunk], [0], chunk.length);
  if (isLarge(tree)) {
    if (definingNodes.has(tree.type.name)) add(tree.topNode);
    return definitions;
  }
  tree.iterate({
    enter: (node) => {
      if (definingNodes.has(node.name)) add(node.node);
    },
  });
  return definitions;
}
