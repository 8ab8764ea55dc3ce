import type { Expression } from '../expressions/expression.ts';
import { once } from '../memoize.ts';
import type { Range } from '../model.ts';

/** A block of a configuration: `resource "type" "name" { … }`. */
export interface Block extends Range {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An attribute. Its expression is read on first access. */
export interface Attribute {
  readonly getExpression: () => Expression;
}

/** A file's blocks and its top-level attributes, as in `.tfvars`. */
export interface Configuration {
  readonly blocks: readonly Block[];
  /** The blocks of a type. */
  readonly getBlocks: (type: string) => readonly Block[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** What a file contains. */
export type Contents = Pick<Configuration, 'blocks' | 'attributes'>;

/** An attribute as a language reads it. */
interface NamedAttribute extends Attribute {
  readonly name: string;
}

export const createAttributes = (attributes: readonly NamedAttribute[]): ReadonlyMap<string, Attribute> =>
  new Map(attributes.map(({ name, getExpression }) => [name, { getExpression: once(getExpression) }]));

/** Creates a block that reads its attributes on first access. */
export function createBlock(header: Omit<Block, 'attributes'>, read: () => readonly NamedAttribute[]): Block {
  const getAttributes = once(() => createAttributes(read()));
  return {
    ...header,
    get attributes() {
      return getAttributes();
    },
  };
}
