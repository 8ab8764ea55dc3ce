import type { Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';

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
export interface Attributes extends Iterable<readonly [string, Attribute]> {
  get(name: string): Attribute | undefined;
  has(name: string): boolean;
}

/** An attribute. Its expression is read on first access. */
export interface Attribute {
  /** The offset that the ranges of the expression are relative to, so that edits elsewhere do not change it. */
  readonly base: number;
  readonly getExpression: () => Expression;
}

/** A file's blocks and its top-level attributes, as in `.tfvars`. */
export interface Configuration {
  readonly blocks: readonly Block[];
  /** The blocks of a type. */
  readonly getBlocks: (type: string) => readonly Block[];
  readonly attributes: Attributes;
}

/** What a file contains. */
export type Contents = Pick<Configuration, 'blocks' | 'attributes'>;
