import {
  type Budget,
  combine,
  concatenate,
  createMap,
  isList,
  isMap,
  isOpen,
  lookUp,
  OPEN,
  runStep,
  toText,
  toUniqueValues,
  type Value,
  type Values,
} from '../values.ts';
import { type Expression, getPath } from './expression.ts';
import { applyOperator, isFalse, isTrue } from './operators.ts';

/** Resolves names and calls in an expression. */
export interface Environment {
  /** Variables of loops and comprehensions around the expression. */
  readonly variables: ReadonlyMap<string, Value>;
  /** Resolves a dotted path. `length` is the number of names that were resolved. */
  resolve(path: readonly string[], environment: Environment, at: number): Resolved | undefined;
  /** The values of a call. Undefined if unsupported. */
  call(call: Expression & { kind: 'call' }, environment: Environment): Values | undefined;
  /** Whether `a || b` evaluates to `b` if `a` is unknown. */
  readonly treatsUnknownAsMissing: boolean;
  /** Shared by the whole evaluation. */
  readonly budget: Budget;
}

export interface Resolved {
  readonly values: Values;
  readonly length: number;
}

const unknown: Values = [OPEN];

/** The possible values of an expression. */
export const evaluate = (expression: Expression, environment: Environment): Values =>
  runStep(environment.budget, () => evaluateStep(expression, environment));

function evaluateStep(expression: Expression, environment: Environment): Values {
  const next = (inner: Expression) => evaluate(inner, environment);
  switch (expression.kind) {
    case 'literal':
      return [expression.value];
    case 'template':
      return concatenate(expression.parts.map((part) => (typeof part === 'string' ? [part] : next(part))));
    case 'name':
    case 'member':
      return resolve(expression, environment);
    case 'splat':
      return combine([next(expression.of)], (list) => (isList(list) || list === OPEN ? list : [list]));
    case 'call':
      return environment.call(expression, environment) ?? unknown;
    case 'list':
      return combine(expression.items.map(next), (...items) =>
        items.flatMap((item, index) => spreadItem(expression.items[index], item)),
      );
    case 'object':
      return object(expression, environment);
    case 'binary':
      return binary(expression, environment);
    case 'not':
      return combine([next(expression.of)], (value) => (isOpen(value) ? OPEN : !isTrue(value)));
    case 'conditional':
      return conditional(expression, environment);
    case 'for':
      return comprehension(expression, environment);
    case 'spread':
      return next(expression.of);
    case 'unknown':
      return unknown;
  }
}

const spreadItem = (expression: Expression | undefined, value: Value): readonly Value[] =>
  expression?.kind === 'spread' && isList(value) ? value : [value];

function resolve(expression: Expression, environment: Environment): Values {
  const path = getPath(expression);
  const [name] = path ?? [];
  if (path !== undefined && name !== undefined) {
    const variable = environment.variables.get(name);
    const resolved =
      variable === undefined
        ? environment.resolve(path, environment, expression.start)
        : { values: [variable], length: 1 };
    if (resolved === undefined && expression.kind === 'name') return unknown;
    if (resolved !== undefined) return followPath(resolved.values, path.slice(resolved.length));
  }
  if (expression.kind !== 'member') return unknown;
  const keys = evaluate(expression.key, environment);
  const isSplat = expression.of.kind === 'splat' || endsInSplat(expression.of);
  const containers = evaluate(expression.of, environment);
  return toUniqueValues(
    containers.flatMap((container) =>
      keys.flatMap((key) =>
        isSplat && isList(container)
          ? combine(
              container.map((item) => lookUp(item, key)),
              (...all) => all,
            )
          : lookUp(container, key),
      ),
    ),
  );
}

const endsInSplat = (expression: Expression): boolean =>
  expression.kind === 'member' && (expression.of.kind === 'splat' || endsInSplat(expression.of));

const followPath = (values: Values, path: readonly string[]): Values =>
  path.reduce<Values>((found, key) => toUniqueValues(found.flatMap((value) => lookUp(value, key))), values);

function object({ entries }: Expression & { kind: 'object' }, environment: Environment): Values {
  const parts = entries.flatMap(({ key, value }) => [
    key === undefined ? [null] : evaluate(key, environment),
    evaluate(value, environment),
  ]);
  return combine(parts, (...values) => {
    const pairs: (readonly [string, Value])[] = [];
    for (let i = 0; i < values.length; i += 2) {
      const [key = null, value = null] = values.slice(i, i + 2);
      if (key !== null) pairs.push([toText(key), value]);
      else if (isMap(value)) pairs.push(...Object.entries(value));
    }
    return createMap(pairs);
  });
}

function binary({ operator, left, right }: Expression & { kind: 'binary' }, environment: Environment): Values {
  const first = evaluate(left, environment);
  const next = () => evaluate(right, environment);
  if (operator === '??' || (operator === '||' && environment.treatsUnknownAsMissing)) {
    const missing = (value: Value) =>
      value === OPEN || value === null || (operator === '||' && !isOpen(value) && !isTrue(value));
    const present = first.filter((value) => !missing(value));
    return present.length === first.length ? present : toUniqueValues([...present, ...next()]);
  }
  return combine([first, next()], (a, b) => applyOperator(operator, a, b));
}

function conditional(
  { condition, whenTrue, whenFalse }: Expression & { kind: 'conditional' },
  environment: Environment,
): Values {
  const branches = evaluate(condition, environment).flatMap((value) =>
    isOpen(value) ? [whenTrue, whenFalse] : [isTrue(value) ? whenTrue : whenFalse],
  );
  return toUniqueValues([...new Set(branches)].flatMap((branch) => evaluate(branch, environment)));
}

function comprehension(loop: Expression & { kind: 'for' }, environment: Environment): Values {
  const collections = evaluate(loop.collection, environment);
  return toUniqueValues(collections.flatMap((collection) => comprehensionOver(collection, loop, environment)));
}

function comprehensionOver(collection: Value, loop: Expression & { kind: 'for' }, environment: Environment): Values {
  const elements = getElements(collection);
  if (elements === undefined) return unknown;
  const pairs: Values[] = [];
  for (const element of elements) {
    const inner = { ...environment, variables: bind(loop.variables, element, environment.variables) };
    const conditionValues = loop.condition === undefined ? [true] : evaluate(loop.condition, inner);
    if (conditionValues.every(isFalse)) continue;
    pairs.push(loop.key === undefined ? [null] : evaluate(loop.key, inner), evaluate(loop.value, inner));
  }
  return combine(pairs, (...values) => {
    const results = values.filter((_, index) => index % 2 === 1);
    if (loop.key === undefined) return results;
    return createMap(results.map((value, index) => [toText(values[index * 2] ?? OPEN), value] as const));
  });
}

/** A collection's keys and values, as a loop with two variables iterates over them. */
export function getElements(collection: Value): readonly (readonly [Value, Value])[] | undefined {
  if (isList(collection)) return collection.map((value, index) => [index, value] as const);
  if (isMap(collection)) return Object.entries(collection);
  return undefined;
}

function bind(
  names: readonly string[],
  [key, value]: readonly [Value, Value],
  outer: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const [first = '', second] = names;
  return second === undefined
    ? new Map([...outer, [first, value]])
    : new Map([...outer, [first, key], [second, value]]);
}
