import { type Expression, getEntry, getPath } from '../expressions/expression.ts';
import type { Attribute } from '../syntax/hclStatements.ts';
import type { Block, Configuration } from './blocks.ts';
import type { Files } from './files.ts';

/** An expression and where it is. */
export interface LocatedExpression {
  readonly expression: Expression;
  /** The offset that the expression's ranges are relative to. */
  readonly base: number;
  /** The block, or the file with variables, that contains it. */
  readonly owner: Block | Configuration;
  readonly folder: string;
  /** What the variables of the loops around it may be. */
  readonly loopVariables: ReadonlyMap<string, readonly LocatedExpression[]>;
}

/** Depth of references and expressions that are followed. Deeper ones are circular. */
const maxDepth = 60;

/** Steps for the names of one document. Each result takes one as well, because loops multiply them. */
const maxSteps = 50_000;

/** Functions that return their arguments, or collections with the items of their arguments. */
const passingFunctions: ReadonlySet<string> = new Set([
  'toset',
  'tolist',
  'tomap',
  'tostring',
  'sensitive',
  'nonsensitive',
  'distinct',
  'compact',
  'sort',
  'reverse',
  'concat',
  'merge',
  'setunion',
  'coalesce',
  'try',
]);

/**
 * Finds where an expression may get its value from without changes: by way of variables, locals, outputs, conditions and
 * loops. Loops may have fewer items, so that not all that is found is really a value.
 */
export class NameSources {
  readonly #files: Files;
  #depth = 0;
  #left = maxSteps;

  constructor(files: Files) {
    this.#files = files;
  }

  /** The texts, collections and loops that an expression may be. */
  readonly find = (located: LocatedExpression): readonly LocatedExpression[] =>
    this.#runStep(() => this.#findNext(located));

  /** Runs one step of a search. It finds nothing once the limits are reached. */
  #runStep(step: () => readonly LocatedExpression[]): readonly LocatedExpression[] {
    if (this.#depth >= maxDepth || this.#left-- <= 0) return [];
    this.#depth++;
    const found = step();
    this.#depth--;
    this.#left -= found.length;
    return found;
  }

  #findNext(located: LocatedExpression): readonly LocatedExpression[] {
    const { expression } = located;
    const findAll = (parts: readonly Expression[]) =>
      parts.flatMap((part) => this.find({ ...located, expression: part }));
    switch (expression.kind) {
      case 'literal':
      case 'list':
      case 'object':
      case 'for':
        return [located];
      case 'template':
        return expression.parts.length === 1
          ? findAll(expression.parts.filter((part) => typeof part === 'object'))
          : [];
      case 'conditional':
        return findAll([expression.whenTrue, expression.whenFalse]);
      case 'splat':
        return findAll([expression.of]);
      case 'call': {
        const [name = ''] = getPath(expression.callee) ?? [];
        return passingFunctions.has(name) ? findAll(expression.arguments.map(({ value }) => value)) : [];
      }
      case 'name':
        return located.loopVariables.get(expression.name) ?? [];
      case 'member': {
        const declarations = this.#findDeclarations(located);
        return declarations === undefined
          ? findAll([expression.of]).flatMap((container) => this.#select(container, expression.key))
          : declarations.flatMap(this.find);
      }
      default:
        return [];
    }
  }

  /** What `var.name`, `local.name`, `each.key`, `each.value` or `module.name.output` refers to. Undefined for others. */
  #findDeclarations(located: LocatedExpression): readonly LocatedExpression[] | undefined {
    const [root, name = '', output = '', ...rest] = getPath(located.expression) ?? [];
    if (root === 'module' && output !== '' && rest.length === 0) return this.#findOutput(located.folder, name, output);
    if (output !== '') return undefined;
    if (root === 'var') return this.#findVariable(located.folder, name);
    if (root === 'local') {
      const local = this.#files.getFolderBlocks(located.folder).findLocal(name);
      return local === undefined ? [] : locate(local.attribute, local.block, located.folder);
    }
    return root === 'each' ? this.#findInstances(located, name === 'key') : undefined;
  }

  /** The values of a variable: its default, and what callers and variable files assign to it. */
  #findVariable(folder: string, name: string): readonly LocatedExpression[] {
    const block = this.#files.getFolderBlocks(folder).find('variable', name);
    return [
      ...(block === undefined ? [] : locate(block.attributes.get('default'), block, folder)),
      ...this.#files.findCalls(folder).flatMap(({ caller, call }) => locate(call.attributes.get(name), call, caller)),
      ...this.#files.getVariableFiles(folder).flatMap((file) => locate(file.attributes.get(name), file, folder)),
    ];
  }

  #findOutput(folder: string, name: string, output: string): readonly LocatedExpression[] {
    const call = this.#files.getFolderBlocks(folder).find('module', name);
    const called = call && this.#files.findCalledFolder(folder, call);
    const block = called === undefined ? undefined : this.#files.getFolderBlocks(called).find('output', output);
    return called === undefined || block === undefined ? [] : locate(block.attributes.get('value'), block, called);
  }

  #findInstances({ owner, folder }: LocatedExpression, isKey: boolean): readonly LocatedExpression[] {
    if (!('type' in owner)) return [];
    const collections = locate(owner.attributes.get('for_each'), owner, folder).flatMap(this.find);
    return collections.flatMap((collection) => this.#findItems(collection, isKey));
  }

  /** The keys or values of a collection. The items of a set are both. */
  #findItems(collection: LocatedExpression, isKey: boolean): readonly LocatedExpression[] {
    return this.#runStep(() => this.#findNextItems(collection, isKey));
  }

  #findNextItems(collection: LocatedExpression, isKey: boolean): readonly LocatedExpression[] {
    const { expression } = collection;
    const findAll = (parts: readonly (Expression | undefined)[]) =>
      parts.flatMap((part) => (part === undefined ? [] : this.find({ ...collection, expression: part })));
    if (expression.kind === 'list') return findAll(expression.items);
    if (expression.kind === 'object') return findAll(expression.entries.map(({ key, value }) => (isKey ? key : value)));
    if (expression.kind !== 'for') return [];
    const part = isKey ? (expression.key ?? expression.value) : expression.value;
    return this.find({ ...collection, expression: part, loopVariables: this.#bind(collection, expression) });
  }

  #bind(located: LocatedExpression, { variables, collection }: Expression & { kind: 'for' }) {
    const collections = this.find({ ...located, expression: collection });
    const values = variables.map((name, index) => {
      const isKey = index === 0 && variables.length > 1;
      return [name, collections.flatMap((each) => this.#findItems(each, isKey))] as const;
    });
    return new Map([...located.loopVariables, ...values]);
  }

  /** The items that a key may select. A name selects from each item of a list, as after a splat. */
  #select(container: LocatedExpression, key: Expression): readonly LocatedExpression[] {
    return this.#runStep(() => this.#selectNext(container, key));
  }

  #selectNext(container: LocatedExpression, key: Expression): readonly LocatedExpression[] {
    const { expression } = container;
    const name = key.kind === 'literal' ? String(key.value) : undefined;
    const entry = name === undefined ? undefined : getEntry(expression, name);
    if (entry !== undefined) return this.find({ ...container, expression: entry });
    const items = this.#findItems(container, false);
    const isName = name !== undefined && !/^\d+$/.test(name);
    if (!isName) return items;
    return expression.kind === 'object' ? [] : items.flatMap((item) => this.#select(item, key));
  }
}

const locate = (
  attribute: Attribute | undefined,
  owner: Block | Configuration,
  folder: string,
): readonly LocatedExpression[] =>
  attribute === undefined
    ? []
    : [{ expression: attribute.getExpression(), base: attribute.base, owner, folder, loopVariables: new Map() }];
