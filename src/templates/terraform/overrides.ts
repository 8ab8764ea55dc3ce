import type { Block, Configuration } from './config.ts';

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
    const merged = [
      ...overriding.toReversed().map((block) => this.merge(block, true)),
      ...originals.map((block) => this.merge(block, false)),
    ];
    this.#blocks = Map.groupBy(merged, ({ type }) => type);
  }

  getBlocks(type: string): readonly Block[] {
    return this.#blocks.get(type) ?? [];
  }

  find(type: string, ...labels: readonly string[]): Block | undefined {
    return this.getBlocks(type).find((block) => labels.every((label, index) => block.labels[index] === label));
  }

  /** A block with the attributes of all blocks that it is merged with. */
  merge(block: Block, isOverriding: boolean): Block {
    const key = getKey(block);
    const overriding = this.#overriding.get(key) ?? [];
    if (overriding.length === 0 || block.type === 'locals') return block;
    const original = isOverriding ? this.#originals.get(key)?.[0] : block;
    const { type, labels, start, end } = block;
    return {
      type,
      labels,
      start,
      end,
      get attributes() {
        return new Map([...(original?.attributes ?? []), ...overriding.flatMap((each) => [...each.attributes])]);
      },
    };
  }
}

const getKey = ({ type, labels }: Block): string => [type, ...labels].join('\n');
