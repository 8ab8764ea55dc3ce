import { type Environment, evaluate } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import {
  combine,
  combineAll,
  createMap,
  isList,
  isMap,
  OPEN,
  OpenCollection,
  toUniqueValues,
  unknown,
  type Values,
} from '../values.ts';
import { flatten, getIterated } from './collectionMethods.ts';
import type { FieldClass, ProgramFunction } from './declarations.ts';
import {
  countCombinations,
  evaluateArgument,
  type Frame,
  type PassedArgument,
  type ProgramEvaluation,
  selectArgument,
  spend,
} from './frames.ts';
import { settingsFile } from './importPaths.ts';
import { findCallees, findDeclared } from './links.ts';
import { dataName, type Program } from './program.ts';

type Call = Expression & { kind: 'call' };

/** Functions or classes of one name that a call may be of. */
const maxDeclarations = 20;

/** Combinations of arguments that a function is evaluated for. */
const maxCombinations = 30;

/** Depth of calls of the program's own functions. */
const maxCallDepth = 8;

/** The values of a call of a program's own function or class, or of one that takes such a function. */
export const evaluateProgramCall = (
  evaluation: ProgramEvaluation,
  call: Call,
  environment: Environment,
): Values | undefined =>
  callFunction(evaluation, call, environment) ??
  mapItems(evaluation, call, environment) ??
  readContext(evaluation, call);

/** `app.node.tryGetContext('name')`: what the app's settings say, unless a deployment gives another value. */
function readContext(evaluation: ProgramEvaluation, { callee, arguments: [first] }: Call): Values | undefined {
  const method = callee.kind === 'member' && callee.key.kind === 'literal' ? callee.key.value : undefined;
  const settings =
    method === 'tryGetContext' || method === 'try_get_context'
      ? evaluation.program.related.find(settingsFile)
      : undefined;
  if (settings === undefined || first?.value.kind !== 'literal') return undefined;
  const range = { start: settings.text.length, end: settings.text.length };
  const toMember = (of: Expression, value: string): Expression => ({
    ...range,
    kind: 'member',
    of,
    key: { ...range, kind: 'literal', value },
  });
  const context = toMember({ ...range, kind: 'name', name: dataName }, 'context');
  const values = evaluate(toMember(context, String(first.value.value)), evaluation.create(settings).environment);
  return values.map((value) => value ?? OPEN);
}

/** The results of a function of the program or of a file that it imports. Undefined if it is not declared there. */
function callFunction(
  evaluation: ProgramEvaluation,
  { callee, arguments: args }: Call,
  environment: Environment,
): Values | undefined {
  const path = getPath(callee) ?? [];
  if (path.length === 0 || path.length > 2) return undefined;
  const callees = spend(evaluation.shared, evaluation.program, () =>
    findCallees(evaluation.program, path, callee.start),
  );
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
      ? classes.flatMap((each) => createObject(evaluation, each.called, passed, each.program))
      : functions.flatMap((each) => evaluateResults(evaluation, each.called, passed, each.program));
  const passed = args.map((argument) => ({ ...argument, values: evaluateArgument(argument, environment) }));
  if (countCombinations(passed) > maxCombinations) return toUniqueValues(call(passed));
  // Each combination by itself, so that a parameter is the same in all parts of a result.
  return combineAll(
    passed.map(({ values }) => values),
    (...values) => call(passed.map((argument, index) => ({ ...argument, values: [values[index] ?? null] }))),
  );
}

/** `collection.map((item) => …)`: the results for one item after the other. */
function mapItems(
  evaluation: ProgramEvaluation,
  { callee, arguments: [first] }: Call,
  environment: Environment,
): Values | undefined {
  const method = callee.kind === 'member' && callee.key.kind === 'literal' ? callee.key.value : undefined;
  if ((method !== 'map' && method !== 'flatMap') || first?.value.kind !== 'unknown') return undefined;
  const callback = evaluation.program.findCallback(first.value.start);
  if (callback === undefined) return undefined;
  const { called, collection } = callback;
  const collections = evaluate(collection, environment);
  const results = collections
    .flatMap((each) => getIterated(each, evaluation.program.language))
    .map((_, index) => {
      const shared = { ...evaluation.shared, choices: evaluation.shared.choices.with(collection, index) };
      return evaluateResults(evaluation.create(evaluation.program, evaluation.frame, shared), called, []);
    });
  const isKnown = collections.length === 1 && collections.every(isList);
  const lists = isKnown ? combine(results, (...items) => items) : [OpenCollection.ofItems(results.flat())];
  return method === 'flatMap' ? lists.map(flatten) : lists;
}

/** The values that a function of a program returns. */
export function evaluateResults(
  evaluation: ProgramEvaluation,
  { start, getResults }: ProgramFunction,
  passed: Frame['arguments'],
  program = evaluation.program,
): Values {
  const environment = enter(evaluation, program, start, passed)?.environment;
  const results = environment === undefined ? [] : getResults();
  if (environment === undefined || results.length === 0) return unknown;
  return toUniqueValues(
    results.flatMap((result) =>
      evaluate(
        spend(evaluation.shared, program, () => program.toExpression(result)),
        environment,
      ),
    ),
  );
}

/** An object of a class: a map of its fields. */
function createObject(
  outer: ProgramEvaluation,
  called: FieldClass,
  passed: Frame['arguments'],
  program: Program,
): Values {
  const { start, fields } = called;
  const evaluation = enter(outer, program, start, passed);
  if (evaluation === undefined) return unknown;
  const { environment } = evaluation;
  const inherited = createBase(evaluation, called, passed);
  const values = fields.map(({ name, argument, value }) => {
    const passedValues = argument === undefined ? undefined : selectArgument(passed, name, argument)?.values;
    if (passedValues !== undefined || value === undefined) return passedValues ?? unknown;
    const getter = program.syntax.toFunction(value, program.text);
    return getter?.isGetter
      ? evaluateResults(evaluation, getter, [])
      : evaluate(program.toExpression(value), environment);
  });
  return combine([inherited, ...values], (base = OPEN, ...all) => {
    const own = fields.map(({ name }, index) => [name, all[index] ?? OPEN] as const);
    return isMap(base) ? createMap([...Object.entries(base), ...own]) : OPEN;
  });
}

/** The fields that an object has from the class that its own extends. */
function createBase(evaluation: ProgramEvaluation, { name, base }: FieldClass, passed: Frame['arguments']): Values {
  if (base === undefined) return [createMap([])];
  const program = evaluation.program;
  const [linked] = findDeclared(program, base, 0);
  const [extended] = linked?.program.findFieldClasses(linked.declarations) ?? [];
  if (linked === undefined || extended === undefined) return unknown;
  const [call] = program.calls.findExtending(base)?.find((each) => each.name === name)?.superCalls ?? [];
  const args = call?.getArguments().map((argument) => ({
    ...argument,
    values: evaluateArgument(argument, evaluation.environment),
  }));
  return createObject(evaluation, extended, args ?? passed, linked.program);
}

/** The evaluation of a call of a function that starts at an offset. Undefined if too many call each other. */
function enter(
  outer: ProgramEvaluation,
  program: Program,
  start: number,
  passed: Frame['arguments'],
): ProgramEvaluation | undefined {
  const caller = outer.frame;
  const depth = (caller?.depth ?? 0) + 1;
  if (depth > maxCallDepth) return undefined;
  const frame = { program, owner: start, arguments: passed, caller, depth };
  return outer.create(program, frame);
}
