import { memoize } from '../memoize.ts';
import type { Range } from '../model.ts';
import { type Attribute, getBlockGroup } from '../syntax/hclStatements.ts';

/** A block of a configuration: `resource "type" "name" { … }`. Its attributes are read on first access. */
export class Block implements Range {
  readonly type: string;
  readonly labels: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly #read: () => Attributes;
  #attributes: Attributes | undefined;

  constructor(type: string, labels: readonly string[], { start, end }: Range, read: () => Attributes) {
    this.type = type;
    this.labels = labels;
    this.start = start;
    this.end = end;
    this.#read = read;
  }

  get attributes(): Attributes {
    this.#attributes ??= this.#read();
    return this.#attributes;
  }
}

/** The attributes of a block or file by name. */
export type Attributes = ReadonlyMap<string, Attribute>;

/** Blocks by group. They are created on access, because an edit moves thousands of them. */
export type BlockGroups = ReadonlyMap<string, () => readonly Block[]>;

export const groupBlocks = (blocks: readonly Block[]): BlockGroups => {
  const groups = Map.groupBy(blocks, ({ type, labels }) => getBlockGroup(type, labels));
  return new Map([...groups].map(([name, group]) => [name, () => group]));
};

/** What a file contains. */
export interface Contents {
  readonly groups: BlockGroups;
  readonly attributes: Attributes;
}

/** A file's blocks and its top-level attributes, as in `.tfvars`. */
export class Configuration {
  readonly attributes: Attributes;
  readonly #groups: BlockGroups;

  constructor({ groups, attributes }: Contents) {
    this.#groups = groups;
    this.attributes = attributes;
  }

  /** All blocks in their order. */
  get blocks(): readonly Block[] {
    const blocks = [...this.#groups.values()].flatMap((getBlocks) => getBlocks());
    return blocks.sort((a, b) => a.start - b.start);
  }

  /** The blocks of a type, and of a resource type if it is `resource`. */
  getBlocks(type: string, ...labels: readonly string[]): readonly Block[] {
    return this.#groups.get(getBlockGroup(type, labels))?.() ?? [];
  }

  /** Whether this is the owner of an attribute, or one of its blocks is. */
  contains(owner: Block | Configuration): boolean {
    if (!(owner instanceof Block)) return owner === this;
    return this.#getBlockSet(getBlockGroup(owner.type, owner.labels)).has(owner);
  }

  readonly #getBlockSet = memoize((group): ReadonlySet<Block> => new Set(this.#groups.get(group)?.()));
}
