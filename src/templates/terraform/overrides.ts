import { memoize } from '../memoize.ts';
import { Block, type Configuration } from './blocks.ts';

/** Files whose blocks are merged into the blocks of the other files. */
export const isOverrideFile = (path: string): boolean => /(^|[/_])override\.(tf|tofu)(\.json)?$/.test(path);

/** Whether OpenTofu reads another file of the same name instead. */
export const isReplaced = (path: string, has: (path: string) => boolean): boolean =>
  /\.tf(\.json)?$/.test(path) && has(path.replace(/\.tf(\.json)?$/, '.tofu$1'));

/** The blocks of a folder with the attributes of its override files. */
export class FolderBlocks {
  readonly #originals: ReadonlyMap<string, readonly Block[]>;
  readonly #overriding: ReadonlyMap<string, readonly Block[]>;
  readonly #blocks: ReadonlyMap<string, readonly Block[]>;

  /** `files` are sorted by name: later override files win. */
  constructor(files: ReadonlyMap<string, Configuration>) {
    const overriding = [...files].flatMap(([path, { blocks }]) => (isOverrideFile(path) ? blocks : []));
    const originals = [...files].flatMap(([path, { blocks }]) => (isOverrideFile(path) ? [] : blocks));
    this.#overriding = Map.groupBy(overriding, getKey);
    this.#originals = overriding.length === 0 ? new Map() : Map.groupBy(originals, getKey);
    // The first block with a name is found, and the first definition of a local.
    const merged =
      overriding.length === 0
        ? originals
        : [
            ...overriding.toReversed().map((block) => this.merge(block, true)),
            ...originals.map((block) => this.merge(block, false)),
          ];
    this.#blocks = Map.groupBy(merged, ({ type }) => type);
  }

  getBlocks(type: string): readonly Block[] {
    return this.#blocks.get(type) ?? [];
  }

  /** The first block of a type with these labels. */
  find(type: string, ...labels: readonly string[]): Block | undefined {
    return this.#getBlocksByLabels(type).get(toKey(labels));
  }

  readonly #getBlocksByLabels = memoize(
    (type): ReadonlyMap<string, Block> =>
      new Map(
        this.getBlocks(type)
          .map((block) => [toKey(block.labels), block] as const)
          .toReversed(),
      ),
  );

  /** A block with the attributes of all blocks that it is merged with. */
  merge(block: Block, isOverriding: boolean): Block {
    if (this.#overriding.size === 0 || block.type === 'locals') return block;
    const key = getKey(block);
    const overriding = this.#overriding.get(key) ?? [];
    if (overriding.length === 0) return block;
    const original = isOverriding ? this.#originals.get(key)?.[0] : block;
    return new Block(
      block.type,
      block.labels,
      block,
      () => new Map([...(original?.attributes ?? []), ...overriding.flatMap((each) => [...each.attributes])]),
    );
  }
}

const toKey = (words: readonly string[]): string => words.join('\n');

const getKey = ({ type, labels }: Block): string => toKey([type, ...labels]);
