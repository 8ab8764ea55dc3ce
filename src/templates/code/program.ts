import { type Environment, evaluate, getElements, type Resolved } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import type { DeploymentScope, Range, ResolvedName } from '../model.ts';
import { isMap, lookUp, OPEN, toResolvedNames, toUniqueValues, type Value, type Values } from '../values.ts';
import { callMethod } from './calls.ts';
import { type Bindings, contains, type Declaration, findVisible, type Parameter } from './declarations.ts';
import { JavaScriptBindings } from './javascriptBindings.ts';
import { PythonBindings } from './pythonBindings.ts';
import type { Source } from './source.ts';

/** Evaluation steps for one name, far more than any real program needs. */
const maxSteps = 1_000;

/** A function with more calls has too many possible arguments to be useful. */
const maxCalls = 200;

/** The CDK's pseudo parameters. */
const pseudoParameters: ReadonlyMap<string, keyof DeploymentScope> = new Map([
  ['ACCOUNT_ID', 'account'],
  ['REGION', 'region'],
  ['PARTITION', 'partition'],
]);

export type ProgramLanguage = 'javascript' | 'python';

/** Resolves names of a program without running it. */
export class Program {
  readonly source: Source;
  readonly #bindings: Bindings;
  readonly #language: ProgramLanguage;
  readonly #cached = new Map<string, readonly Declaration[]>();

  constructor(source: Source, language: ProgramLanguage) {
    this.source = source;
    this.#language = language;
    this.#bindings = language === 'python' ? new PythonBindings(source) : new JavaScriptBindings(source);
  }

  /** The names that an expression may resolve to in a deployment scope. */
  namesOf(expression: Expression, deploymentScope: DeploymentScope): readonly ResolvedName[] {
    const budget = { left: maxSteps, depth: 0 };
    const values = evaluate(expression, {
      variables: new Map(),
      budget,
      fallsBack: true,
      resolve: (path, environment, at) => this.#resolve(path, environment, at, deploymentScope),
      call: (call, environment) => callMethod(call, environment, deploymentScope, this.#language),
    });
    return toResolvedNames(values, budget);
  }

  /** The expression a name was declared with. */
  writtenAs(expression: Expression): Expression | undefined {
    const path = getPath(expression);
    if (path === undefined) return undefined;
    const [declaration, ...others] = this.#declarations(path, expression.start);
    const isPlain = others.length === 0 && declaration?.each === false && declaration.path.length === 0;
    return isPlain ? declaration.source : undefined;
  }

  /** The range of a string's text, for a string or the name of one. */
  literalOf(expression: Expression): Range | undefined {
    const written = expression.kind === 'name' ? this.writtenAs(expression) : expression;
    return written?.kind === 'literal' || written?.kind === 'template' ? written.inner : undefined;
  }

  #declarations(path: readonly string[], at: number): readonly Declaration[] {
    const [name = '', member] = path;
    if (path.length === 1) return findVisible(this.#declarationsOf(name), at);
    return member === undefined || path.length > 2 ? [] : this.#members(name, member, at).map(plain);
  }

  #declarationsOf(name: string): readonly Declaration[] {
    const known = this.#cached.get(name) ?? this.#bindings.declarations(name);
    this.#cached.set(name, known);
    return known;
  }

  #members(owner: string, member: string, at: number): readonly Expression[] {
    const isOwn = owner === 'this' || owner === 'self' || owner === 'cls';
    const block = this.#bindings.classes.findLast((candidate) =>
      isOwn ? contains(candidate, at) : candidate.name === owner,
    );
    return block === undefined ? [] : this.#bindings.members(member, block);
  }

  #resolve(path: readonly string[], environment: Environment, at: number, deploymentScope: DeploymentScope): Resolved {
    const pseudo = path.indexOf('Aws');
    const parameter = pseudo < 0 ? undefined : pseudoParameters.get(path[pseudo + 1] ?? '');
    if (parameter !== undefined) return { values: [deploymentScope[parameter] ?? OPEN], length: pseudo + 2 };
    const [name = '', member = ''] = path;
    const members = path.length > 1 ? this.#members(name, member, at) : [];
    if (members.length > 0) {
      return { values: toUniqueValues(members.flatMap((value) => evaluate(value, environment))), length: 2 };
    }
    if (
      (name === 'this' || name === 'self') &&
      (member === 'account' || member === 'region' || member === 'partition')
    ) {
      return { values: [deploymentScope[member] ?? OPEN], length: 2 };
    }
    const declared = findVisible(this.#declarationsOf(name), at);
    if (declared.length > 0) return { values: this.#valuesOfAll(declared, environment), length: 1 };
    return { values: open, length: path.length };
  }

  #valuesOfAll(declarations: readonly Declaration[], environment: Environment): Values {
    const known = declarations.flatMap((declaration) => {
      const { parameter, path } = declaration;
      const passed = parameter === undefined ? [] : follow(this.#passed(parameter, environment), path);
      return passed.length > 0 ? passed : this.#given(declaration, environment);
    });
    const settled = known.filter((value) => value !== OPEN && value !== null);
    return settled.length > 0 ? toUniqueValues(settled) : open;
  }

  #given({ source, each, path }: Declaration, environment: Environment): Values {
    const values = source === undefined ? open : evaluate(source, environment);
    return follow(each ? values.flatMap((value) => this.#elements(value)) : values, path);
  }

  #elements(collection: Value): Values {
    const keys = this.#language === 'python' && isMap(collection);
    return getElements(collection)?.map(([key, value]) => (keys ? key : value)) ?? open;
  }

  /** The values that calls in this file pass for a parameter. */
  #passed({ callable, index, name }: Parameter, environment: Environment): Values {
    const mentions = this.source.occurrences(callable);
    if (mentions.length > maxCalls) return open;
    return mentions.flatMap((at) => {
      const isDeclared = /^(function|def|class)$/.test(this.source.word(at - 1));
      const close = this.source.partner(at + 1);
      if (this.source.word(at + 1) !== '(' || isDeclared || close === undefined) return [];
      if (/^(\{|:)$/.test(this.source.word(close + 1)) || this.source.word(close + 1) === '=>') return [];
      const list = this.source.argumentsAt(at + 1);
      const argument = list.find((candidate) => candidate.name === name) ?? list[index];
      return argument === undefined ? [] : evaluate(argument.value, environment);
    });
  }
}

const open: Values = [OPEN];

const plain = (source: Expression): Declaration => ({
  scope: source,
  source,
  each: false,
  path: [],
  parameter: undefined,
});

const follow = (values: Values, path: readonly (string | number)[]): Values =>
  path.reduce<Values>((found, key) => found.flatMap((value) => lookUp(value, key)), values);
