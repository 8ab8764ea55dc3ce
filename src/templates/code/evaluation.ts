import type { SyntaxNode } from '@lezer/common';
import { type Choices, resolveChoices } from '../choices.ts';
import { type Environment, evaluate, followPath, getElements, type Resolved } from '../expressions/evaluate.ts';
import { type Expression, type ExpressionPart, getPath, selectEntry } from '../expressions/expression.ts';
import type { DeploymentScope, ResolvedName } from '../model.ts';
import {
  type Budget,
  combine,
  combineAll,
  createMap,
  isList,
  isMap,
  OPEN,
  OpenCollection,
  runStep,
  toUniqueValues,
  unknown,
  type Value,
  type Values,
} from '../values.ts';
import { flatten } from './collectionMethods.ts';
import type { Declaration, FieldClass, Parameter, ProgramFunction } from './declarations.ts';
import { evaluateCall } from './evaluateCall.ts';
import {
  countCombinations,
  evaluateArgument,
  type Frame,
  findFrame,
  type PassedArgument,
  selectArgument,
} from './frames.ts';
import { findCallees, findCalls, findDeclared, findMembers, type LinkedDeclarations } from './links.ts';
import type { Program } from './program.ts';

/** Evaluation steps for one name, far more than any real program needs. */
const maxSteps = 1_000;

/** Functions or classes of one name that a call may be of. */
const maxDeclarations = 20;

/** Characters of a program that are converted to expressions during one step. */
const charactersPerStep = 50;

/** Combinations of arguments that a function is evaluated for. */
const maxCombinations = 30;

/** Depth of calls of the program's own functions. */
const maxCallDepth = 8;

/** The CDK's pseudo parameters. */
const pseudoParameters: ReadonlyMap<string, keyof DeploymentScope> = new Map([
  ['ACCOUNT_ID', 'account'],
  ['REGION', 'region'],
  ['PARTITION', 'partition'],
]);

/** What the steps of an evaluation share. */
interface Shared {
  readonly budget: Budget;
  readonly deploymentScope: DeploymentScope;
  readonly choices: Choices;
}

/** The names that an expression of a program may resolve to in a deployment scope. */
export const resolveNames = (
  program: Program,
  expression: Expression,
  deploymentScope: DeploymentScope,
): readonly ResolvedName[] =>
  resolveChoices(maxSteps, (choices, budget) =>
    evaluate(expression, new Evaluation(program, { budget, deploymentScope, choices }).environment),
  );

/** The text of an expression if it is known for certain. */
export function findExactText(program: Program, expression: Expression | undefined): string | undefined {
  const [name, ...others] = expression === undefined ? [] : resolveNames(program, expression, {});
  return name?.kind === 'exact' && others.length === 0 ? name.text : undefined;
}

/** An evaluation in a program, or in one call of its functions. */
class Evaluation {
  readonly environment: Environment;
  readonly #program: Program;
  readonly #shared: Shared;
  /** The innermost call. */
  readonly #frame: Frame | undefined;
  /** The declarations that are being evaluated, to notice those that refer to themselves. */
  readonly #active = new Set<Declaration>();

  constructor(program: Program, shared: Shared, frame?: Frame) {
    this.#program = program;
    this.#shared = shared;
    this.#frame = frame;
    const { budget, deploymentScope } = shared;
    this.environment = {
      variables: new Map(),
      budget,
      language: program.language,
      resolve: (path, environment, at) => {
        const resolved = this.#resolve(path, environment, at);
        return environment.isCondition ? this.#decide(path, resolved) : resolved;
      },
      call: (call, environment) =>
        this.#callFunction(call, environment) ??
        this.#mapItems(call, environment) ??
        evaluateCall(call, environment, deploymentScope),
    };
  }

  /** An unknown condition may be true or false, but it is the same in all parts of a name. */
  #decide(path: readonly string[], resolved: Resolved): Resolved {
    const isUnknown = resolved.length === path.length && resolved.values.every((value) => value === OPEN);
    if (!isUnknown) return resolved;
    const values = this.#shared.choices.select(this.#program.getCondition(path.join('.')), [true, false]);
    return { ...resolved, values };
  }

  #resolve(path: readonly string[], environment: Environment, at: number): Resolved {
    const { deploymentScope } = this.#shared;
    const { syntax } = this.#program;
    const pseudo = path.indexOf('Aws');
    const parameter = pseudo < 0 ? undefined : pseudoParameters.get(path[pseudo + 1] ?? '');
    if (parameter !== undefined) return { values: [deploymentScope[parameter] ?? OPEN], length: pseudo + 2 };
    const [name = '', member = ''] = path;
    const members = path.length > 1 ? findMembers(this.#program, name, member, at) : undefined;
    if (members && members.declarations.length > 0) {
      const isValue = path.length === 3 && path[2] === 'value';
      const values = this.#evaluateLinked(members, environment, isValue ? [] : path.slice(2));
      // A text has no `value` of its own, but a member of an enumeration in Python has.
      const isEnum = isValue && values.every((value) => typeof value === 'string');
      return { values, length: isValue && !isEnum ? 2 : path.length };
    }
    const isOwn = syntax.ownNames.has(name);
    if (isOwn && (member === 'account' || member === 'region' || member === 'partition')) {
      return { values: [deploymentScope[member] ?? OPEN], length: 2 };
    }
    const declared = findDeclared(this.#program, name, at);
    return declared.declarations.length > 0
      ? { values: this.#evaluateLinked(declared, environment, path.slice(1)), length: path.length }
      : { values: unknown, length: path.length };
  }

  #evaluateLinked(
    { program, declarations }: LinkedDeclarations,
    environment: Environment,
    path: ExpressionPart['path'],
  ): Values {
    if (program === this.#program) return this.#evaluateDeclarations(declarations, environment, path);
    const other = new Evaluation(program, this.#shared, this.#frame);
    return other.#evaluateDeclarations(declarations, other.environment, path);
  }

  /** The values at a path within what declarations declare. */
  #evaluateDeclarations(
    declarations: readonly Declaration[],
    environment: Environment,
    path: ExpressionPart['path'],
  ): Values {
    const known = declarations.flatMap((declaration) => {
      // Hundreds of declarations at each level of circular ones would take long.
      if (this.#shared.budget.left <= 0 || this.#active.has(declaration)) return unknown;
      return this.#evaluateDeclaration(declaration, environment, path).filter((value) => value !== null);
    });
    return known.length > 0 ? toUniqueValues(known) : unknown;
  }

  #evaluateDeclaration(declaration: Declaration, environment: Environment, path: ExpressionPart['path']): Values {
    const { fallback } = declaration;
    this.#active.add(declaration);
    const isWhole = fallback !== undefined;
    const values = this.#evaluateRoot(declaration, environment, [...declaration.path, ...(isWhole ? [] : path)]);
    this.#active.delete(declaration);
    if (!isWhole) return values;
    const present = values.filter((value) => value !== OPEN && value !== null);
    const isPresent = present.length === values.length;
    const others = isPresent ? [] : evaluate(this.#program.toExpression(fallback), environment);
    return followPath([...present, ...others], path);
  }

  /** The values at a path within the value that a declaration takes its own from. */
  #evaluateRoot(declaration: Declaration, environment: Environment, path: ExpressionPart['path']): Values {
    const { value, isElement, parameter } = declaration;
    const { syntax, text } = this.#program;
    if (parameter) return this.#evaluateParameter(parameter, value, environment, path);
    const getter = value && syntax.toFunction(value, text);
    if (getter?.isGetter) return followPath(this.#evaluateResults(getter, []), path);
    const expression = this.#spend(this.#program, () => this.#program.toValue(declaration));
    if (expression === undefined) return [];
    if (isElement) {
      const elements = evaluate(expression, environment).flatMap((each) => this.#getElements(each));
      return followPath(this.#shared.choices.select(expression, elements), path);
    }
    const part = selectEntry({ expression, path });
    const referred = this.#resolveReference(part, environment);
    if (referred !== undefined) return referred;
    const values = evaluate(part.expression, environment);
    // What a function declares may differ between its calls.
    return followPath(this.#frame ? values : this.#shared.choices.select(part.expression, values), part.path);
  }

  /** The values at a path within an expression. What else is in its objects is not evaluated. */
  #evaluatePart(whole: ExpressionPart, environment: Environment): Values {
    const part = selectEntry(whole);
    return this.#resolveReference(part, environment) ?? followPath(evaluate(part.expression, environment), part.path);
  }

  /** The values at a path within what a name refers to. Undefined for other expressions and without a path. */
  #resolveReference({ expression, path }: ExpressionPart, environment: Environment): Values | undefined {
    const names = path.length === 0 ? undefined : getPath(expression);
    if (names === undefined || environment.variables.has(names[0] ?? '')) return undefined;
    const all = [...names, ...path.map(String)];
    return runStep(this.#shared.budget, () => {
      const { values, length } = this.#resolve(all, environment, expression.start);
      return followPath(values, all.slice(length));
    });
  }

  /** What is converted or searched for the first time takes steps of the evaluation. */
  #spend<T>({ work }: Program, read: () => T): T {
    const { done } = work;
    const result = read();
    this.#shared.budget.left -= (work.done - done) / charactersPerStep;
    return result;
  }

  #getElements(collection: Value): Values {
    const keys = this.#program.language === 'python' && isMap(collection);
    return getElements(collection)?.map(([key, value]) => (keys ? key : value)) ?? unknown;
  }

  /** The values at a path within a parameter: in the call that is evaluated, or else in all known calls. */
  #evaluateParameter(
    { owner, callable, index, name }: Parameter,
    value: SyntaxNode | undefined,
    environment: Environment,
    path: ExpressionPart['path'],
  ): Values {
    const program = this.#program;
    const evaluateDefault = () =>
      followPath(value === undefined ? [null] : evaluate(program.toExpression(value), environment), path);
    const call = findFrame(this.#frame, program, owner);
    const given = call && selectArgument(call.arguments, name, index)?.values;
    if (call !== undefined) return given === undefined ? evaluateDefault() : followPath(given, path);
    const calls = callable === undefined ? [] : this.#spend(program, () => findCalls(program, callable));
    const passed = this.#shared.choices.select(calls, calls).flatMap((each) => {
      if (this.#shared.budget.left <= 0) return unknown;
      const argument = selectArgument(this.#spend(each.program, each.call.getArguments), name, index);
      if (argument === undefined) return evaluateDefault();
      if (argument.value.kind === 'spread') return unknown;
      const part = { expression: argument.value, path };
      if (each.program === program) return this.#evaluatePart(part, environment);
      const caller = new Evaluation(each.program, this.#shared);
      return caller.#evaluatePart(part, caller.environment);
    });
    const values = calls.length === 0 ? evaluateDefault() : passed;
    // What is not passed here may be passed in another file, or is replaced by the function.
    return path.length > 0 ? values : values.map((each) => each ?? OPEN);
  }

  /** The results of a function of the program or of a file that it imports. Undefined if it is not declared there. */
  #callFunction(
    { callee, arguments: args }: Expression & { kind: 'call' },
    environment: Environment,
  ): Values | undefined {
    const path = getPath(callee) ?? [];
    if (path.length === 0 || path.length > 2) return undefined;
    const callees = this.#spend(this.#program, () => findCallees(this.#program, path, callee.start));
    if (callees.some(({ declarations }) => declarations.length > maxDeclarations)) return unknown;
    const functions = callees.flatMap(({ program, declarations }) =>
      program.findFunctions(declarations).map((called) => ({ program, called })),
    );
    const classes =
      functions.length > 0
        ? []
        : callees.flatMap(({ program, declarations }) =>
            program.findFieldClasses(declarations).map((called) => ({ program, called })),
          );
    if (functions.length === 0 && classes.length === 0) return undefined;
    const call = (passed: readonly PassedArgument[]): Values =>
      classes.length > 0
        ? classes.flatMap((each) => this.#createObject(each.called, passed, each.program))
        : functions.flatMap((each) => this.#evaluateResults(each.called, passed, each.program));
    const passed = args.map((argument) => ({ ...argument, values: evaluateArgument(argument, environment) }));
    if (countCombinations(passed) > maxCombinations) return toUniqueValues(call(passed));
    // Each combination by itself, so that a parameter is the same in all parts of a result.
    return combineAll(
      passed.map(({ values }) => values),
      (...values) => call(passed.map((argument, index) => ({ ...argument, values: [values[index] ?? null] }))),
    );
  }

  /** `collection.map((item) => …)`: the results for one item after the other. */
  #mapItems(
    { callee, arguments: [first] }: Expression & { kind: 'call' },
    environment: Environment,
  ): Values | undefined {
    const method = callee.kind === 'member' && callee.key.kind === 'literal' ? callee.key.value : undefined;
    if ((method !== 'map' && method !== 'flatMap') || first?.value.kind !== 'unknown') return undefined;
    const callback = this.#program.findCallback(first.value.start);
    if (callback === undefined) return undefined;
    const { called, collection } = callback;
    const collections = evaluate(collection, environment);
    const results = collections
      .flatMap((each) => this.#getElements(each))
      .map((_, index) => {
        const shared = { ...this.#shared, choices: this.#shared.choices.with(collection, index) };
        return new Evaluation(this.#program, shared, this.#frame).#evaluateResults(called, []);
      });
    const isKnown = collections.length === 1 && collections.every(isList);
    const lists = isKnown ? combine(results, (...items) => items) : [OpenCollection.ofItems(results.flat())];
    return method === 'flatMap' ? lists.map(flatten) : lists;
  }

  #evaluateResults(
    { start, getResults }: ProgramFunction,
    passed: Frame['arguments'],
    program = this.#program,
  ): Values {
    const environment = this.#enter(program, start, passed)?.environment;
    const results = environment === undefined ? [] : getResults();
    if (environment === undefined || results.length === 0) return unknown;
    return toUniqueValues(
      results.flatMap((result) =>
        evaluate(
          this.#spend(program, () => program.toExpression(result)),
          environment,
        ),
      ),
    );
  }

  /** An object of a class: a map of its fields. */
  #createObject(called: FieldClass, passed: Frame['arguments'], program: Program): Values {
    const { start, fields } = called;
    const evaluation = this.#enter(program, start, passed);
    if (evaluation === undefined) return unknown;
    const { environment } = evaluation;
    const inherited = evaluation.#createBase(called, passed);
    const values = fields.map(({ name, argument, value }) => {
      const given = argument === undefined ? undefined : selectArgument(passed, name, argument)?.values;
      if (given !== undefined || value === undefined) return given ?? unknown;
      const getter = program.syntax.toFunction(value, program.text);
      return getter?.isGetter
        ? evaluation.#evaluateResults(getter, [])
        : evaluate(program.toExpression(value), environment);
    });
    return combine([inherited, ...values], (base = OPEN, ...all) => {
      const own = fields.map(({ name }, index) => [name, all[index] ?? OPEN] as const);
      return isMap(base) ? createMap([...Object.entries(base), ...own]) : OPEN;
    });
  }

  /** The fields that an object has from the class that its own extends. */
  #createBase({ name, base }: FieldClass, passed: Frame['arguments']): Values {
    if (base === undefined) return [createMap([])];
    const program = this.#program;
    const linked = findDeclared(program, base, 0);
    const [extended] = linked.program.findFieldClasses(linked.declarations);
    if (extended === undefined) return unknown;
    const [call] = program.calls.findExtending(base).find((each) => each.name === name)?.superCalls ?? [];
    const args = call?.getArguments().map((argument) => ({
      ...argument,
      values: evaluateArgument(argument, this.environment),
    }));
    return this.#createObject(extended, args ?? passed, linked.program);
  }

  /** The evaluation of a call of a function that starts at an offset. Undefined if too many call each other. */
  #enter(program: Program, start: number, passed: Frame['arguments']): Evaluation | undefined {
    const depth = (this.#frame?.depth ?? 0) + 1;
    if (depth > maxCallDepth) return undefined;
    const frame = { program, owner: start, arguments: passed, caller: this.#frame, depth };
    return new Evaluation(program, this.#shared, frame);
  }
}
