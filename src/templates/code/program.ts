import type { SyntaxNode } from '@lezer/common';
import { type Expression, getPath } from '../expressions/expression.ts';
import { memoize, once } from '../memoize.ts';
import type { DefinitionIndex } from '../syntax/definitions.ts';
import type { ParsedText } from '../syntax/tree.ts';
import { Bindings } from './bindings.ts';
import { Calls, type Work } from './calls.ts';
import { toChanged } from './changes.ts';
import {
  type Declaration,
  type FieldClass,
  findAround,
  findClassName,
  type ProgramFunction,
  type ProgramSyntax,
} from './declarations.ts';
import { type Imports, readImports } from './imports.ts';

/** Characters of a declaration that are searched for the source of a name. */
const maxSourceLength = 200;

/** A function that is called for each element of a collection. */
interface Callback {
  readonly called: ProgramFunction;
  readonly collection: Expression;
}

/** What a program calls its value that is data. */
export const dataName = 'json';

/** The other programs that a program may depend on. */
export interface RelatedPrograms {
  /** Whether this one is data, that is nothing but a default export. */
  readonly isData: boolean;
  /** Finds a program by what an import calls it. */
  readonly find: (source: string) => Program | undefined;
  /** The programs that may import this one. */
  readonly getAll: () => Iterable<Program>;
}

/** A program with its declarations, calls and imports. */
export class Program {
  readonly text: string;
  readonly bindings: Bindings;
  readonly calls: Calls;
  /** What has been read so far. */
  readonly work: Work = { done: 0 };
  readonly syntax: ProgramSyntax;
  readonly related: RelatedPrograms;
  readonly getImports: () => Imports;
  /** Converted values. A declaration is read for every name that refers to it, and again if it refers to itself. */
  readonly #expressions = new Map<string, Expression>();

  constructor(parsed: ParsedText, index: DefinitionIndex, syntax: ProgramSyntax, related: RelatedPrograms) {
    this.text = parsed.text;
    this.bindings = new Bindings(parsed, index, syntax);
    this.calls = new Calls(parsed.text, this.bindings, syntax, this.work);
    this.syntax = syntax;
    this.related = related;
    this.getImports = once(() => readImports(parsed.tree, parsed.text));
  }

  get language(): ProgramSyntax['language'] {
    return this.syntax.language;
  }

  toExpression(node: SyntaxNode): Expression {
    const key = `${node.name} ${node.from} ${node.to}`;
    const known = this.#expressions.get(key);
    if (known !== undefined) return known;
    this.work.done += node.to - node.from;
    const expression = this.syntax.toExpression(node, this.text);
    this.#expressions.set(key, expression);
    return expression;
  }

  /** The value of a declaration. */
  toValue({ value, isChange }: Declaration): Expression | undefined {
    if (value === undefined || !isChange) return value && this.toExpression(value);
    return this.#toChanged(value.from);
  }

  readonly #toChanged = memoize(
    (at: number) => toChanged(this.bindings.nodeAt(at), (node) => this.toExpression(node)),
    new Map(),
  );

  /** The expression a name was declared with. */
  findDeclaration(expression: Expression): Expression | undefined {
    const [declaration, ...alternatives] = this.findDeclarations(getPath(expression), expression.start);
    const isPlain = alternatives.length === 0 && declaration?.isElement === false && declaration.path.length === 0;
    return isPlain ? this.toValue(declaration) : undefined;
  }

  /** The declarations of `name` or `owner.member`. */
  findDeclarations([name = '', member, ...others]: readonly string[] = [], at: number): readonly Declaration[] {
    if (others.length > 0) return [];
    return member === undefined ? this.bindings.findVisible(name, at) : this.bindings.findMembers(name, member, at);
  }

  /** The name of the class around an offset. */
  findClassName(at: number): string | undefined {
    return findClassName(this.bindings.nodeAt(at), this.syntax.classNodes, this.text);
  }

  /** Where a name comes from: the source of its import, or what declares it, such as `require('./names')`. */
  findSource(name: string, at: number): string {
    const { names, sources } = this.getImports();
    const source = names.get(name)?.[0]?.source ?? sources[0];
    if (source !== undefined) return source;
    const { from = 0, to = 0 } = this.bindings.findVisible(name, at)[0]?.value ?? {};
    return this.text.slice(from, Math.min(to, from + maxSourceLength));
  }

  /** Identifies a condition that several expressions depend on. */
  readonly getCondition = memoize((path: string) => ({ path }));

  /** The function that starts at an offset, and the collection that it is called for: `collection.map(function)`. */
  findCallback(at: number): Callback | undefined {
    const node = findAround(this.bindings.nodeAt(at), this.syntax.functionNodes);
    const called = node?.from === at ? this.syntax.toFunction(node, this.text) : undefined;
    const collection = node?.parent?.prevSibling?.firstChild;
    return called && collection ? { called, collection: this.toExpression(collection) } : undefined;
  }

  findFunctions(declarations: readonly Declaration[]): readonly ProgramFunction[] {
    return declarations.flatMap((declaration) => this.#toFunction(declaration) ?? []);
  }

  findFieldClasses(declarations: readonly Declaration[]): readonly FieldClass[] {
    return declarations.flatMap((declaration) => this.#toFieldClass(declaration) ?? []);
  }

  /** The results are searched once, for all calls. */
  readonly #toFunction = memoize(({ value }: Declaration): ProgramFunction | undefined => {
    const called = value && this.syntax.toFunction(value, this.text);
    return called && { ...called, getResults: once(called.getResults) };
  });

  readonly #toFieldClass = memoize(
    ({ value }: Declaration): FieldClass | undefined => value && this.syntax.toFieldClass(value, this.text),
  );
}
