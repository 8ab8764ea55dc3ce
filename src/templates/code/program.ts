import type { SyntaxNode } from '@lezer/common';
import { type Environment, evaluate, followPath, getElements, type Resolved } from '../expressions/evaluate.ts';
import { type Argument, type Expression, getPath } from '../expressions/expression.ts';
import { once } from '../memoize.ts';
import type { DeploymentScope, ResolvedName } from '../model.ts';
import type { DefinitionIndex } from '../syntax/definitions.ts';
import type { ParsedText } from '../syntax/tree.ts';
import { isMap, OPEN, toResolvedNames, toUniqueValues, unknown, type Value, type Values } from '../values.ts';
import { Bindings } from './bindings.ts';
import { Calls } from './calls.ts';
import {
  type Declaration,
  findClassName,
  type Parameter,
  type ProgramFunction,
  type ProgramSyntax,
} from './declarations.ts';
import { evaluateCall } from './evaluateCall.ts';
import { type Import, readImports } from './imports.ts';

/** Evaluation steps for one name, far more than any real program needs. */
const maxSteps = 1_000;

/** Characters of a declaration that are searched for the source of a name. */
const maxSourceLength = 200;

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
  readonly program: Program;
  /** The start of the function. */
  readonly owner: number;
  readonly arguments: readonly { readonly name: string | undefined; readonly values: Values }[];
  /** The call around this one. */
  readonly caller: Frame | undefined;
  readonly depth: number;
}

/** What the steps of an evaluation share. */
interface Evaluation {
  readonly budget: Environment['budget'];
  readonly deploymentScope: DeploymentScope;
  /** The innermost call. */
  readonly frame: Frame | undefined;
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
    const values = evaluate(expression, this.#createEnvironment({ budget, deploymentScope, frame: undefined }));
    return toResolvedNames(values, budget);
  }

  /** The expression a name was declared with. */
  findDeclaration(expression: Expression): Expression | undefined {
    const [declaration, ...alternatives] = this.#findDeclarations(getPath(expression), expression.start);
    const isPlain = alternatives.length === 0 && declaration?.isElement === false && declaration.path.length === 0;
    return isPlain && declaration.value ? this.toExpression(declaration.value) : undefined;
  }

  /** The declarations of `name` or `owner.member`. */
  #findDeclarations([name = '', member, ...others]: readonly string[] = [], at: number): readonly Declaration[] {
    if (others.length > 0) return [];
    return member === undefined ? this.bindings.findVisible(name, at) : this.bindings.findMembers(name, member, at);
  }

  /** The name of the class around an offset. */
  findClassName(at: number): string | undefined {
    return findClassName(this.bindings.nodeAt(at), this.#syntax.classNodes, this.text);
  }

  /** Where a name comes from: the source of its import, or what declares it, such as `require('./names')`. */
  findSource(name: string, at: number): string {
    const imports = this.#getImports();
    const imported = imports.get(name) ?? imports.get('*');
    if (imported !== undefined) return imported.source;
    const { from = 0, to = 0 } = this.bindings.findVisible(name, at)[0]?.value ?? {};
    return this.text.slice(from, Math.min(to, from + maxSourceLength));
  }

  /** The text of an expression if it is known for certain. */
  findExactText(expression: Expression | undefined): string | undefined {
    const [name, ...others] = expression === undefined ? [] : this.resolveNames(expression, {});
    return name?.kind === 'exact' && others.length === 0 ? name.text : undefined;
  }

  #createEnvironment(evaluation: Evaluation): Environment {
    const { budget, deploymentScope } = evaluation;
    return {
      variables: new Map(),
      budget,
      language: this.#syntax.language,
      resolve: (path, environment, at) => this.#resolve(path, environment, at, evaluation),
      call: (call, environment) =>
        this.#callFunction(call, environment, evaluation) ?? evaluateCall(call, environment, deploymentScope),
    };
  }

  #resolve(path: readonly string[], environment: Environment, at: number, evaluation: Evaluation): Resolved {
    const { deploymentScope } = evaluation;
    const pseudo = path.indexOf('Aws');
    const parameter = pseudo < 0 ? undefined : pseudoParameters.get(path[pseudo + 1] ?? '');
    if (parameter !== undefined) return { values: [deploymentScope[parameter] ?? OPEN], length: pseudo + 2 };
    const [name = '', member = ''] = path;
    const evaluateAll = (declarations: readonly Declaration[]) =>
      this.#evaluateDeclarations(declarations, environment, evaluation);
    const members = path.length > 1 ? this.bindings.findMembers(name, member, at) : [];
    if (members.length > 0) return { values: evaluateAll(members), length: 2 };
    const isOwn = this.#syntax.ownNames.has(name);
    if (isOwn && (member === 'account' || member === 'region' || member === 'partition')) {
      return { values: [deploymentScope[member] ?? OPEN], length: 2 };
    }
    const declared = this.bindings.findVisible(name, at);
    if (declared.length > 0) return { values: evaluateAll(declared), length: 1 };
    return this.#resolveImport(path, evaluation) ?? { values: unknown, length: path.length };
  }

  #resolveImport([name = '', member]: readonly string[], evaluation: Evaluation): Resolved | undefined {
    const imported = this.#getImports().get(name);
    const exported = imported?.name ?? member;
    const program = imported && this.#findProgram(imported.source);
    if (program === undefined || exported === undefined) return undefined;
    const values = program.#evaluateExport(exported, { ...evaluation, frame: undefined });
    return { values, length: imported?.name === undefined ? 2 : 1 };
  }

  /** The values of a name at the top of the file. */
  #evaluateExport(name: string, evaluation: Evaluation): Values {
    const declarations = this.bindings.findVisible(name, 0);
    return this.#evaluateDeclarations(declarations, this.#createEnvironment(evaluation), evaluation);
  }

  #evaluateDeclarations(
    declarations: readonly Declaration[],
    environment: Environment,
    evaluation: Evaluation,
  ): Values {
    const { budget, frame } = evaluation;
    const known = declarations.flatMap((declaration) => {
      // Hundreds of declarations at each level of circular ones would take long.
      if (budget.left <= 0) return unknown;
      const { parameter, path } = declaration;
      const passed = parameter === undefined ? [] : this.#evaluateParameter(parameter, environment, frame);
      if (passed.length > 0) return followPath(passed, path);
      const getter = declaration.value && this.#syntax.toFunction(declaration.value, this.text);
      return getter?.isGetter
        ? this.#evaluateResults(getter, [], evaluation)
        : this.#evaluateDeclaration(declaration, environment);
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
    while (call !== undefined && (call.program !== this || call.owner !== owner)) call = call.caller;
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
    evaluation: Evaluation,
  ): Values | undefined {
    const path = getPath(callee) ?? [];
    const [name, member] = path;
    if (name === undefined || path.length > 2) return undefined;
    const declarations = this.#findDeclarations(path, callee.start);
    const imported = declarations.length === 0 ? this.#getImports().get(name) : undefined;
    const program = imported === undefined ? this : this.#findProgram(imported.source);
    if (program === undefined) return undefined;
    const functions = program.#findFunctions(
      imported === undefined ? declarations : program.bindings.findVisible(imported.name ?? member ?? '', 0),
    );
    if (functions.length === 0) return undefined;
    if (getDepth(evaluation) >= maxCallDepth) return unknown;
    const passed = args.map((argument) => ({ name: argument.name, values: evaluateArgument(argument, environment) }));
    return toUniqueValues(functions.flatMap((called) => program.#evaluateResults(called, passed, evaluation)));
  }

  #findFunctions(declarations: readonly Declaration[]): readonly ProgramFunction[] {
    return declarations.flatMap(({ value }) => (value && this.#syntax.toFunction(value, this.text)) ?? []);
  }

  #evaluateResults({ start, getResults }: ProgramFunction, passed: Frame['arguments'], evaluation: Evaluation): Values {
    const results = getResults();
    if (results.length === 0 || getDepth(evaluation) >= maxCallDepth) return unknown;
    const depth = getDepth(evaluation) + 1;
    const frame = { program: this, owner: start, arguments: passed, caller: evaluation.frame, depth };
    const environment = this.#createEnvironment({ ...evaluation, frame });
    return toUniqueValues(results.flatMap((result) => evaluate(this.toExpression(result), environment)));
  }
}

const getDepth = ({ frame }: Evaluation): number => frame?.depth ?? 0;

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
