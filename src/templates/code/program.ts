import type { SyntaxNode } from '@lezer/common';
import { type Environment, evaluate, getElements, type Resolved } from '../expressions/evaluate.ts';
import { type Argument, type Expression, getPath } from '../expressions/expression.ts';
import { once } from '../memoize.ts';
import type { DeploymentScope, ResolvedName } from '../model.ts';
import type { DefinitionIndex } from '../syntax/definitions.ts';
import type { ParsedText } from '../syntax/tree.ts';
import { isMap, lookUp, OPEN, toResolvedNames, toUniqueValues, unknown, type Value, type Values } from '../values.ts';
import { Bindings } from './bindings.ts';
import { Calls } from './calls.ts';
import {
  type Declaration,
  findAround,
  type Parameter,
  type ProgramFunction,
  type ProgramSyntax,
} from './declarations.ts';
import { evaluateCall } from './evaluateCall.ts';
import { type Import, readImports } from './imports.ts';

/** Evaluation steps for one name, far more than any real program needs. */
const maxSteps = 1_000;

/** Depth of calls of the program's own functions. */
const maxCallDepth = 8;

/** The CDK's pseudo parameters. */
const pseudoParameters: ReadonlyMap<string, keyof DeploymentScope> = new Map([
  ['ACCOUNT_ID', 'account'],
  ['REGION', 'region'],
  ['PARTITION', 'partition'],
]);

/** A call of one of the program's functions that is being evaluated. */
interface Frame {
  /** The start of the function. */
  readonly owner: number;
  readonly arguments: readonly { readonly name: string | undefined; readonly values: Values }[];
  /** The call around this one. */
  readonly caller: Frame | undefined;
  readonly depth: number;
}

/** Finds the program of another file by what an import calls it. */
export type FindProgram = (source: string) => Program | undefined;

/** Resolves names of a program without running it. */
export class Program {
  readonly text: string;
  readonly bindings: Bindings;
  readonly calls: Calls;
  readonly #syntax: ProgramSyntax;
  readonly #findProgram: FindProgram;
  readonly #getImports: () => ReadonlyMap<string, Import>;
  /** Converted values. A declaration is read for every name that refers to it, and again if it refers to itself. */
  readonly #expressions = new Map<string, Expression>();

  constructor(parsed: ParsedText, index: DefinitionIndex, syntax: ProgramSyntax, findProgram: FindProgram) {
    this.text = parsed.text;
    this.bindings = new Bindings(parsed, index, syntax);
    this.calls = new Calls(parsed.text, this.bindings, syntax);
    this.#syntax = syntax;
    this.#findProgram = findProgram;
    this.#getImports = once(() => readImports(parsed.tree, parsed.text));
  }

  get language(): ProgramSyntax['language'] {
    return this.#syntax.language;
  }

  toExpression(node: SyntaxNode): Expression {
    const key = `${node.name} ${node.from} ${node.to}`;
    const expression = this.#expressions.get(key) ?? this.#syntax.toExpression(node, this.text);
    this.#expressions.set(key, expression);
    return expression;
  }

  /** The names that an expression may resolve to in a deployment scope. */
  resolveNames(expression: Expression, deploymentScope: DeploymentScope): readonly ResolvedName[] {
    const budget = { left: maxSteps, depth: 0 };
    const values = evaluate(expression, this.#createEnvironment(budget, deploymentScope, undefined));
    return toResolvedNames(values, budget);
  }

  /** The expression a name was declared with. */
  findDeclaration(expression: Expression): Expression | undefined {
    const [name = '', member, ...others] = getPath(expression) ?? [];
    if (name === '' || others.length > 0) return undefined;
    const [declaration, ...alternatives] =
      member === undefined
        ? this.bindings.findVisible(name, expression.start)
        : this.bindings.findMembers(name, member, expression.start);
    const isPlain = alternatives.length === 0 && declaration?.isElement === false && declaration.path.length === 0;
    return isPlain && declaration.value ? this.toExpression(declaration.value) : undefined;
  }

  /** The name of the class around an offset. */
  findClassName(at: number): string | undefined {
    const around = findAround(this.bindings.nodeAt(at), this.#syntax.classNodes);
    const name = around?.getChild('VariableDefinition') ?? around?.getChild('VariableName');
    return name ? this.text.slice(name.from, name.to) : undefined;
  }

  /** Where a name that the program imports comes from. */
  findImport(name: string): Import | undefined {
    return this.#getImports().get(name) ?? this.#getImports().get('*');
  }

  /** The text of an expression if it is known for certain. */
  findExactText(expression: Expression | undefined): string | undefined {
    const [name, ...others] = expression === undefined ? [] : this.resolveNames(expression, {});
    return name?.kind === 'exact' && others.length === 0 ? name.text : undefined;
  }

  #createEnvironment(
    budget: Environment['budget'],
    deploymentScope: DeploymentScope,
    frame: Frame | undefined,
  ): Environment {
    const { language } = this.#syntax;
    return {
      variables: new Map(),
      budget,
      language,
      resolve: (path, environment, at) => this.#resolve(path, environment, at, deploymentScope, frame),
      call: (call, environment) =>
        this.#callFunction(call, environment, deploymentScope, frame) ??
        evaluateCall(call, environment, deploymentScope),
    };
  }

  #resolve(
    path: readonly string[],
    environment: Environment,
    at: number,
    deploymentScope: DeploymentScope,
    frame: Frame | undefined,
  ): Resolved {
    const pseudo = path.indexOf('Aws');
    const parameter = pseudo < 0 ? undefined : pseudoParameters.get(path[pseudo + 1] ?? '');
    if (parameter !== undefined) return { values: [deploymentScope[parameter] ?? OPEN], length: pseudo + 2 };
    const [name = '', member = ''] = path;
    const evaluateAll = (declarations: readonly Declaration[]) =>
      this.#evaluateDeclarations(declarations, environment, deploymentScope, frame);
    const members = path.length > 1 ? this.bindings.findMembers(name, member, at) : [];
    if (members.length > 0) return { values: evaluateAll(members), length: 2 };
    const isOwn = this.#syntax.ownNames.has(name);
    if (isOwn && (member === 'account' || member === 'region' || member === 'partition')) {
      return { values: [deploymentScope[member] ?? OPEN], length: 2 };
    }
    const declared = this.bindings.findVisible(name, at);
    if (declared.length > 0) return { values: evaluateAll(declared), length: 1 };
    return this.#resolveImport(path, environment.budget, deploymentScope) ?? { values: unknown, length: path.length };
  }

  #resolveImport(
    [name = '', member]: readonly string[],
    budget: Environment['budget'],
    deploymentScope: DeploymentScope,
  ): Resolved | undefined {
    const imported = this.#getImports().get(name);
    const exported = imported?.name ?? member;
    const program = imported && this.#findProgram(imported.source);
    if (program === undefined || exported === undefined) return undefined;
    const values = program.#evaluateExport(exported, budget, deploymentScope);
    return { values, length: imported?.name === undefined ? 2 : 1 };
  }

  /** The values of a name at the top of the file. */
  #evaluateExport(name: string, budget: Environment['budget'], deploymentScope: DeploymentScope): Values {
    const environment = this.#createEnvironment(budget, deploymentScope, undefined);
    return this.#evaluateDeclarations(this.bindings.findVisible(name, 0), environment, deploymentScope, undefined);
  }

  #evaluateDeclarations(
    declarations: readonly Declaration[],
    environment: Environment,
    deploymentScope: DeploymentScope,
    frame: Frame | undefined,
  ): Values {
    const known = declarations.flatMap((declaration) => {
      // Hundreds of declarations at each level of circular ones would take long.
      if (environment.budget.left <= 0) return unknown;
      const { parameter, path } = declaration;
      const passed = parameter === undefined ? [] : this.#evaluateParameter(parameter, environment, frame);
      if (passed.length > 0) return followPath(passed, path);
      const getter = declaration.value && this.#syntax.toFunction(declaration.value, this.text);
      if (getter?.isGetter) {
        const call: Frame = { owner: getter.start, arguments: [], caller: frame, depth: (frame?.depth ?? 0) + 1 };
        return this.#evaluateResults(getter.getResults(), call, environment.budget, deploymentScope);
      }
      return this.#evaluateDeclaration(declaration, environment);
    });
    const knownValues = known.filter((value) => value !== OPEN && value !== null);
    return knownValues.length > 0 ? toUniqueValues(knownValues) : unknown;
  }

  #evaluateDeclaration({ value, isElement, path }: Declaration, environment: Environment): Values {
    const values = value === undefined ? unknown : evaluate(this.toExpression(value), environment);
    return followPath(isElement ? values.flatMap((each) => this.#getElements(each)) : values, path);
  }

  #getElements(collection: Value): Values {
    const keys = this.#syntax.language === 'python' && isMap(collection);
    return getElements(collection)?.map(([key, value]) => (keys ? key : value)) ?? unknown;
  }

  /** The values of a parameter: in the call that is evaluated, or else in all calls of the file. */
  #evaluateParameter(parameter: Parameter, environment: Environment, frame: Frame | undefined): Values {
    const { owner, callable, index, name } = parameter;
    let call = frame;
    while (call !== undefined && call.owner !== owner) call = call.caller;
    if (call !== undefined) return selectArgument(call.arguments, name, index)?.values ?? [];
    if (callable === undefined) return [];
    return this.calls.findAll(callable).flatMap(({ getArguments }) => {
      const argument = selectArgument(getArguments(), name, index);
      return argument === undefined ? [] : evaluate(argument.value, environment);
    });
  }

  /** The results of a function of the program or of a file that it imports. Undefined if it is not declared there. */
  #callFunction(
    { callee, arguments: args }: Expression & { kind: 'call' },
    environment: Environment,
    deploymentScope: DeploymentScope,
    frame: Frame | undefined,
  ): Values | undefined {
    const [name = '', member, ...others] = getPath(callee) ?? [];
    if (name === '' || others.length > 0) return undefined;
    const declarations =
      member === undefined
        ? this.bindings.findVisible(name, callee.start)
        : this.bindings.findMembers(name, member, callee.start);
    const imported = declarations.length === 0 ? this.#getImports().get(name) : undefined;
    const program = imported === undefined ? this : this.#findProgram(imported.source);
    if (program === undefined) return undefined;
    const functions = program.#findFunctions(
      imported === undefined ? declarations : program.bindings.findVisible(imported.name ?? member ?? '', 0),
    );
    if (functions.length === 0) return undefined;
    const depth = (frame?.depth ?? 0) + 1;
    if (depth > maxCallDepth) return unknown;
    const passed = args.map((argument) => ({ name: argument.name, values: evaluateArgument(argument, environment) }));
    return toUniqueValues(
      functions.flatMap(({ start, getResults }) => {
        const caller = program === this ? frame : undefined;
        const call: Frame = { owner: start, arguments: passed, caller, depth };
        return program.#evaluateResults(getResults(), call, environment.budget, deploymentScope);
      }),
    );
  }

  #findFunctions(declarations: readonly Declaration[]): readonly ProgramFunction[] {
    return declarations.flatMap(({ value }) => (value && this.#syntax.toFunction(value, this.text)) ?? []);
  }

  #evaluateResults(
    results: readonly SyntaxNode[],
    frame: Frame,
    budget: Environment['budget'],
    deploymentScope: DeploymentScope,
  ): Values {
    if (results.length === 0 || frame.depth > maxCallDepth) return unknown;
    const environment = this.#createEnvironment(budget, deploymentScope, frame);
    return toUniqueValues(results.flatMap((result) => evaluate(this.toExpression(result), environment)));
  }
}

/** A spread argument may be any number of arguments. */
const evaluateArgument = ({ value }: Argument, environment: Environment): Values =>
  value.kind === 'spread' ? unknown : evaluate(value, environment);

function selectArgument<T extends { readonly name: string | undefined }>(
  args: readonly T[],
  name: string,
  index: number,
): T | undefined {
  const positional = args[index];
  return args.find((argument) => argument.name === name) ?? (positional?.name === undefined ? positional : undefined);
}

const followPath = (values: Values, path: readonly (string | number)[]): Values =>
  path.reduce<Values>((found, key) => found.flatMap((value) => lookUp(value, key)), values);
