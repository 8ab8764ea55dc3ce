import type { SyntaxNode } from '@lezer/common';
import { resolveChoices } from '../choices.ts';
import { type Environment, evaluate, followPath, type Resolved } from '../expressions/evaluate.ts';
import { type Expression, type ExpressionPart, getPath, selectEntry } from '../expressions/expression.ts';
import type { DeploymentScope, ResolvedName } from '../model.ts';
import { OPEN, runStep, toUniqueValues, unknown, type Values } from '../values.ts';
import { findCalls } from './callers.ts';
import { getIterated } from './collectionMethods.ts';
import type { Declaration, Parameter } from './declarations.ts';
import { evaluateCall } from './evaluateCall.ts';
import { type Frame, findFrame, type ProgramEvaluation, type Shared, selectArgument, spend } from './frames.ts';
import { findDeclared, findMembers, type LinkedDeclarations } from './links.ts';
import type { Program } from './program.ts';
import { evaluateProgramCall, evaluateResults } from './programCalls.ts';

/** Evaluation steps for one name, far more than any real program needs. */
const maxSteps = 1_000;

/** The CDK's pseudo parameters. */
const pseudoParameters: ReadonlyMap<string, keyof DeploymentScope> = new Map([
  ['ACCOUNT_ID', 'account'],
  ['REGION', 'region'],
  ['PARTITION', 'partition'],
]);

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
class Evaluation implements ProgramEvaluation {
  readonly environment: Environment;
  readonly program: Program;
  readonly shared: Shared;
  readonly frame: Frame | undefined;
  /** The declarations that are being evaluated, to notice those that refer to themselves. */
  readonly #active = new Set<Declaration>();

  constructor(program: Program, shared: Shared, frame?: Frame) {
    this.program = program;
    this.shared = shared;
    this.frame = frame;
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
        evaluateProgramCall(this, call, environment) ?? evaluateCall(call, environment, deploymentScope),
    };
  }

  create(program: Program, frame?: Frame, shared = this.shared): Evaluation {
    return new Evaluation(program, shared, frame);
  }

  /** An unknown condition may be true or false, but it is the same in all parts of a name. */
  #decide(path: readonly string[], resolved: Resolved): Resolved {
    const isUnknown = resolved.length === path.length && resolved.values.every((value) => value === OPEN);
    if (!isUnknown) return resolved;
    const values = this.shared.choices.select(this.program.getCondition(path.join('.')), [true, false]);
    return { ...resolved, values };
  }

  #resolve(path: readonly string[], environment: Environment, at: number): Resolved {
    const { deploymentScope } = this.shared;
    const { syntax } = this.program;
    const pseudo = path.indexOf('Aws');
    const parameter = pseudo < 0 ? undefined : pseudoParameters.get(path[pseudo + 1] ?? '');
    if (parameter !== undefined) return { values: [deploymentScope[parameter] ?? OPEN], length: pseudo + 2 };
    const [name = '', member = ''] = path;
    const members = path.length > 1 ? findMembers(this.program, name, member, at) : [];
    if (members.length > 0) {
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
    const declared = findDeclared(this.program, name, at);
    return declared.length > 0
      ? { values: this.#evaluateLinked(declared, environment, path.slice(1)), length: path.length }
      : { values: unknown, length: path.length };
  }

  #evaluateLinked(
    linked: readonly LinkedDeclarations[],
    environment: Environment,
    path: ExpressionPart['path'],
  ): Values {
    // What a loop or a comprehension around the name declares is not visible there.
    const outside = environment.variables.size === 0 ? environment : { ...environment, variables: new Map() };
    this.shared.budget.left -= linked.length;
    const values = linked.flatMap(({ program, declarations }) => {
      if (program === this.program) return this.#evaluateDeclarations(declarations, outside, path);
      const other = new Evaluation(program, this.shared, this.frame);
      return other.#evaluateDeclarations(declarations, other.environment, path);
    });
    return toUniqueValues(values);
  }

  /** The values at a path within what declarations declare. */
  #evaluateDeclarations(
    declarations: readonly Declaration[],
    environment: Environment,
    path: ExpressionPart['path'],
  ): Values {
    const known = declarations.flatMap((declaration) => {
      // Hundreds of declarations at each level of circular ones would take long.
      if (this.shared.budget.left <= 0 || this.#active.has(declaration)) return unknown;
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
    const others = isPresent ? [] : evaluate(this.program.toExpression(fallback), environment);
    return followPath([...present, ...others], path);
  }

  /** The values at a path within the value that a declaration takes its own from. */
  #evaluateRoot(declaration: Declaration, environment: Environment, path: ExpressionPart['path']): Values {
    const { value, isElement, parameter } = declaration;
    const { syntax, text } = this.program;
    if (parameter) return this.#evaluateParameter(parameter, value, environment, path);
    const getter = value && syntax.toFunction(value, text);
    if (getter?.isGetter) return followPath(evaluateResults(this, getter, []), path);
    const expression = spend(this.shared, this.program, () => this.program.toValue(declaration));
    if (expression === undefined) return [];
    if (isElement) {
      const elements = evaluate(expression, environment).flatMap((each) => getIterated(each, this.program.language));
      return followPath(this.shared.choices.select(expression, elements), path);
    }
    const part = selectEntry({ expression, path });
    const referred = this.#resolveReference(part, environment);
    if (referred !== undefined) return referred;
    const values = evaluate(part.expression, environment);
    // What a function declares may differ between its calls.
    return followPath(this.frame ? values : this.shared.choices.select(part.expression, values), part.path);
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
    return runStep(this.shared.budget, () => {
      const { values, length } = this.#resolve(all, environment, expression.start);
      return followPath(values, all.slice(length));
    });
  }

  /** The values at a path within a parameter: in the call that is evaluated, or else in all known calls. */
  #evaluateParameter(
    { owner, callable, index, name }: Parameter,
    value: SyntaxNode | undefined,
    environment: Environment,
    path: ExpressionPart['path'],
  ): Values {
    const program = this.program;
    const evaluateDefault = () =>
      followPath(value === undefined ? [null] : evaluate(program.toExpression(value), environment), path);
    const call = findFrame(this.frame, program, owner);
    const argument = call && selectArgument(call.arguments, name, index);
    if (call !== undefined) return argument === undefined ? evaluateDefault() : followPath(argument.values, path);
    const calls = callable === undefined ? [] : spend(this.shared, program, () => findCalls(program, callable));
    if (calls === undefined) return unknown;
    const passed = this.shared.choices.select(calls, calls).flatMap((each) => {
      if (this.shared.budget.left <= 0) return unknown;
      const argument = selectArgument(spend(this.shared, each.program, each.call.getArguments), name, index);
      if (argument === undefined || isUndefined(argument.value)) return evaluateDefault();
      if (argument.value.kind === 'spread') return unknown;
      const part = { expression: argument.value, path };
      if (each.program === program) return this.#evaluatePart(part, environment);
      const caller = new Evaluation(each.program, this.shared);
      return caller.#evaluatePart(part, caller.environment);
    });
    const values = calls.length === 0 ? evaluateDefault() : passed;
    // What is not passed here may be passed in another file, or is replaced by the function.
    return path.length > 0 ? values : values.map((each) => each ?? OPEN);
  }
}

/** `undefined`, as if nothing was passed. */
const isUndefined = (expression: Expression): boolean => expression.kind === 'literal' && expression.value === null;
