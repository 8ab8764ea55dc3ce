import type { Tree, TreeBuffer } from '@lezer/common';
import type { MapNode, MapSyntax, TreeEntry } from '../cloudformation/tree.ts';
import { findChunks, findStarts } from './chunks.ts';

/** An entry of a map and what was derived from it. */
export interface LocatedEntry<T> {
  readonly start: number;
  readonly value: T;
  readonly readEntry: () => TreeEntry | undefined;
}

/**
 * Caches what is derived from the entries of maps by the subtrees that contain them. An edit leaves most subtrees as they
 * are, so that thousands of entries are not read again.
 */
export class EntryCache<T> {
  readonly #derive: (entry: TreeEntry, text: string) => T;
  readonly #chunks = new WeakMap<Tree | TreeBuffer, readonly CachedEntry<T>[]>();

  /**
   * `derive` takes an entry and its text and depends on nothing else. Its result contains no offsets but from the entry's
   * start, and does not keep the document's text alive.
   */
  constructor(derive: (entry: TreeEntry, text: string) => T) {
    this.#derive = derive;
  }

  /** The entries of a map, in parts that are each read in a short time. */
  *read({ syntax }: MapNode): Iterable<readonly LocatedEntry<T>[]> {
    if (syntax === undefined) return;
    for (const { content, offset } of findChunks(syntax.node.toTree(), syntax.node.from)) {
      const cached = this.#chunks.get(content) ?? this.#deriveChunk(content, offset, syntax);
      yield cached.map(({ start, value }) => ({
        start: offset + start,
        value,
        readEntry: () => readEntry(syntax, offset + start),
      }));
    }
  }

  #deriveChunk(content: Tree | TreeBuffer, offset: number, syntax: MapSyntax): readonly CachedEntry<T>[] {
    const entries = findStarts(content, entryNodes).flatMap((start) => {
      const entry = readEntry(syntax, offset + start);
      return entry === undefined
        ? []
        : [{ start, value: this.#derive(entry, syntax.text.slice(entry.range.start, entry.range.end)) }];
    });
    this.#chunks.set(content, entries);
    return entries;
  }
}

/** An entry with its start in its chunk. */
interface CachedEntry<T> {
  readonly start: number;
  readonly value: T;
}

function readEntry({ node, toEntry }: MapSyntax, start: number): TreeEntry | undefined {
  const child = node.childAfter(start);
  return child === null ? undefined : toEntry(child);
}

/** The names of nodes that are entries of maps in YAML and JSON. */
export const entryNodes: ReadonlySet<string> = new Set(['Pair', 'Property']);
