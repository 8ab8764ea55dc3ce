import { memoize, once } from '../memoize.ts';
import type { Attribute } from '../syntax/hclStatements.ts';
import { Block, Configuration, groupBlocks } from './blocks.ts';
import { findPacks } from './resourceTypes.ts';

/** Files with blocks that are merged into those of the other files. */
export const isOverrideFile = (path: string): boolean => /(^|[/_])override\.(tf|tofu)(\.json)?$/.test(path);

/** Whether OpenTofu reads another file of the same name instead. */
export const isReplaced = (path: string, has: (path: string) => boolean): boolean =>
  /\.tf(\.json)?$/.test(path) && has(path.replace(/\.tf(\.json)?$/, '.tofu$1'));

/** A definition in a `locals` block. */
interface Local {
  readonly block: Block;
  readonly attribute: Attribute;
}

/** The blocks of a folder with the attributes of its override files. */
export class FolderBlocks {
  readonly #originals: ReadonlyMap<string, readonly Block[]>;
  readonly #overriding: ReadonlyMap<string, readonly Block[]>;
  readonly #files: readonly Configuration[];

  /** `files` are sorted by name: later override files win. */
  constructor(files: ReadonlyMap<string, Configuration>) {
    const [overriding = [], originals = []] = [true, false].map((isOverriding) =>
      [...files].flatMap(([path, file]) => (isOverrideFile(path) === isOverriding ? file : [])),
    );
    this.#overriding = Map.groupBy(overriding.flatMap(getAllBlocks), getKey);
    this.#originals = overriding.length === 0 ? new Map() : Map.groupBy(originals.flatMap(getAllBlocks), getKey);
    // The first block with a name is found, and the first definition of a local.
    this.#files = [
      ...overriding.toReversed().map((file) => this.#mergeFile(file, true)),
      ...(overriding.length === 0 ? originals : originals.map((file) => this.#mergeFile(file, false))),
    ];
  }

  #mergeFile({ blocks, attributes }: Configuration, isOverriding: boolean): Configuration {
    const inOrder = isOverriding ? blocks.toReversed() : blocks;
    return new Configuration({
      groups: groupBlocks(inOrder.map((block) => this.merge(block, isOverriding))),
      attributes,
    });
  }

  /** The blocks of a type, and of a resource type if it is `resource`. */
  getBlocks(type: string, ...labels: readonly string[]): readonly Block[] {
    return this.#files.flatMap((file) => file.getBlocks(type, ...labels));
  }

  getPacks(): readonly Block[] {
    return this.#files.flatMap(findPacks);
  }

  /** The first block of a type with these labels. */
  find(type: string, ...labels: readonly string[]): Block | undefined {
    return this.#getBlocksByKey(type === 'resource' ? toKey([type, ...labels.slice(0, 1)]) : type).get(
      toKey([type, ...labels]),
    );
  }

  /** The blocks of a type, or of a resource type, by type and labels. */
  readonly #getBlocksByKey = memoize((key): ReadonlyMap<string, Block> => {
    const [type = '', ...labels] = key.split('\n');
    return new Map(
      this.getBlocks(type, ...labels)
        .map((block) => [getKey(block), block] as const)
        .toReversed(),
    );
  });

  findLocal(name: string): Local | undefined {
    return this.#getLocals().get(name);
  }

  /** The first definition of each local. */
  readonly #getLocals = once((): ReadonlyMap<string, Local> => {
    const locals = this.getBlocks('locals').flatMap((block) =>
      [...block.attributes].map(([name, attribute]) => [name, { block, attribute }] as const),
    );
    return new Map(locals.toReversed());
  });

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

const getAllBlocks = ({ blocks }: Configuration): readonly Block[] => blocks;

const toKey = (words: readonly string[]): string => words.join('\n');

const getKey = ({ type, labels }: Block): string => toKey([type, ...labels]);
