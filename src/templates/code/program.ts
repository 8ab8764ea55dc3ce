import { type Environment, evaluate, getElements, type Resolved } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import type { DeploymentScope, Range, ResolvedName } from '../model.ts';
import { isMap, lookUp, OPEN, toResolvedNames, toUniqueValues, type Value, type Values } from '../values.ts';
import { evaluateCall } from './calls.ts';
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
  readonly #declarationCache = new Map<string, readonly Declaration[]>();

  constructor(source: Source, language: ProgramLanguage) {
    this.source = source;
    this.#language = language;
    this.#bindings = language === 'python' ? new PythonBindings(source) : new JavaScriptBindings(source);
  }

  /** The names that an expression may resolve to in a deployment scope. */
  resolveNames(expression: Expression, deploymentScope: DeploymentScope): readonly ResolvedName[] {
    const budget = { left: maxSteps, depth: 0 };
    const values = evaluate(expression, {
      variables: new Map(),
      budget,
      treatsUnknownAsMissing: true,
      resolve: (path, environment, at) => this.#resolve(path, environment, at, deploymentScope),
      call: (call, environment) => evaluateCall(call, environment, deploymentScope, this.#language),
    });
    return toResolvedNames(values, budget);
  }

  /** The expression a name was declared with. */
  findDeclaration(expression: Expression): Expression | undefined {
    const path = getPath(expression);
    if (path === undefined) return undefined;
    const [declaration, ...others] = this.#findDeclarations(path, expression.start);
    const isPlain = others.length === 0 && declaration?.isElement === false && declaration.path.length === 0;
    return isPlain ? declaration.source : undefined;
  }

  /** The range of a string's text, for a string or the name of one. */
  findTextRange(expression: Expression): Range | undefined {
    const written = expression.kind === 'name' ? this.findDeclaration(expression) : expression;
    return written?.kind === 'literal' || written?.kind === 'template' ? written.inner : undefined;
  }

  #findDeclarations(path: readonly string[], at: number): readonly Declaration[] {
    const [name = '', member] = path;
    if (path.length === 1) return findVisible(this.#getDeclarations(name), at);
    return member === undefined || path.length > 2 ? [] : this.#findMembers(name, member, at).map(toDeclaration);
  }

  #getDeclarations(name: string): readonly Declaration[] {
    const known = this.#declarationCache.get(name) ?? this.#bindings.declarations(name);
    this.#declarationCache.set(name, known);
    return known;
  }

  #findMembers(owner: string, member: string, at: number): readonly Expression[] {
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
    const members = path.length > 1 ? this.#findMembers(name, member, at) : [];
    if (members.length > 0) {
      return { values: toUniqueValues(members.flatMap((value) => evaluate(value, environment))), length: 2 };
    }
    if (
      (name === 'this' || name === 'self') &&
      (member === 'account' || member === 'region' || member === 'partition')
    ) {
      return { values: [deploymentScope[member] ?? OPEN], length: 2 };
    }
    const declared = findVisible(this.#getDeclarations(name), at);
    if (declared.length > 0) return { values: this.#evaluateDeclarations(declared, environment), length: 1 };
    return { values: unknown, length: path.length };
  }

  #evaluateDeclarations(declarations: readonly Declaration[], environment: Environment): Values {
    const known = declarations.flatMap((declaration) => {
      const { parameter, path } = declaration;
      const passed = parameter === undefined ? [] : followPath(this.#evaluateArguments(parameter, environment), path);
      return passed.length > 0 ? passed : this.#evaluateDeclaration(declaration, environment);
    });
    const knownValues = known.filter((value) => value !== OPEN && value !== null);
    return knownValues.length > 0 ? toUniqueValues(knownValues) : unknown;
  }

  #evaluateDeclaration({ source, isElement, path }: Declaration, environment: Environment): Values {
    const values = source === undefined ? unknown : evaluate(source, environment);
    return followPath(isElement ? values.flatMap((value) => this.#getElements(value)) : values, path);
  }

  #getElements(collection: Value): Values {
    const keys = this.#language === 'python' && isMap(collection);
    return getElements(collection)?.map(([key, value]) => (keys ? key : value)) ?? unknown;
  }

  /** The values that calls in this file pass for a parameter. */
  #evaluateArguments({ callable, index, name }: Parameter, environment: Environment): Values {
    const occurrences = this.source.findOccurrences(callable);
    if (occurrences.length > maxCalls) return unknown;
    return occurrences.flatMap((at) => {
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

const unknown: Values = [OPEN];

const toDeclaration = (source: Expression): Declaration => ({
  scope: source,
  source,
  isElement: false,
  path: [],
  parameter: undefined,
});

const followPath = (values: Values, path: readonly (string | number)[]): Values =>
  path.reduce<Values>((found, key) => found.flatMap((value) => lookUp(value, key)), values);
