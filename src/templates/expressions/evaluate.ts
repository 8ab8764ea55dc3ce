import { once } from '../memoize.ts';
import {
  type Budget,
  combine,
  combineAll,
  concatenate,
  createMap,
  isList,
  isMap,
  isOpen,
  lookUp,
  OPEN,
  OpenCollection,
  runStep,
  toText,
  toUniqueValues,
  unknown,
  type Value,
  type Values,
} from '../values.ts';
import { type Expression, type ExpressionLanguage, getPath } from './expression.ts';
import { applyOperator, isFalse, isTrue, toTextIn } from './operators.ts';

/** Resolves names and calls in an expression. */
export interface Environment {
  /** Variables of loops and comprehensions around the expression. */
  readonly variables: ReadonlyMap<string, Value>;
  /** Resolves a dotted path. `length` is the number of names that were resolved. */
  resolve(path: readonly string[], environment: Environment, at: number): Resolved | undefined;
  /** The values of a call. Undefined if unsupported. */
  call(call: Expression & { kind: 'call' }, environment: Environment): Values | undefined;
  readonly language: ExpressionLanguage;
  /** Whether the expression decides between other values. What may be set to anything else is then unknown as well. */
  readonly isCondition?: boolean;
  /** Shared by the whole evaluation. */
  readonly budget: Budget;
}

export interface Resolved {
  readonly values: Values;
  readonly length: number;
}

/** The possible values of an expression. */
export const evaluate = (expression: Expression, environment: Environment): Values =>
  runStep(environment.budget, () => evaluateStep(expression, environment));

function evaluateStep(expression: Expression, environment: Environment): Values {
  const next = (inner: Expression) => evaluate(inner, environment);
  switch (expression.kind) {
    case 'literal':
      return [expression.value];
    case 'template':
      return evaluateTemplate(expression.parts, environment);
    case 'name':
    case 'member':
      return resolve(expression, environment);
    case 'splat':
      return combine([next(expression.of)], toSplatList);
    case 'call':
      return environment.call(expression, environment) ?? unknown;
    case 'list':
      return combine(expression.items.map(next), (...items) => toList(expression.items, items));
    case 'object':
      return object(expression, environment);
    case 'binary':
      return binary(expression, environment);
    case 'not':
      return combine([next(expression.of)], (value) => (isOpen(value) ? OPEN : !isTrue(value, environment.language)));
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

/** A template that is just an interpolation has the value's own type. */
function evaluateTemplate(parts: readonly (string | Expression)[], environment: Environment): Values {
  const [first] = parts;
  if (parts.length === 1 && typeof first === 'object') return evaluate(first, environment);
  const toPart = (value: Value) => toTextIn(environment.language, value);
  return concatenate(
    parts.map((part) => (typeof part === 'string' ? [part] : evaluate(part, environment).map(toPart))),
  );
}

function toSplatList(value: Value): Value {
  if (value === null) return [];
  return isList(value) || isOpen(value) ? value : [value];
}

/** The number of items is unknown if one of them is an unknown list that is spread. */
function toList(expressions: readonly Expression[], items: readonly Value[]): Value {
  const isSpread = (index: number) => expressions[index]?.kind === 'spread';
  const spread = items.flatMap((item, index): readonly Value[] => {
    if (!isSpread(index)) return [item];
    return isList(item) ? item : item instanceof OpenCollection ? item.items : [OPEN];
  });
  return items.some((item, index) => isSpread(index) && !isList(item)) ? OpenCollection.ofItems(spread) : spread;
}

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
      keys.flatMap((key) => (isSplat ? lookUpInItems(container, key) : lookUp(container, key))),
    ),
  );
}

/** The list of the values that a list's items have for a key. */
function lookUpInItems(container: Value, key: Value): Values {
  if (container instanceof OpenCollection)
    return [OpenCollection.ofItems(container.items.flatMap((item) => lookUp(item, key)))];
  if (!isList(container)) return lookUp(container, key);
  return combine(
    container.map((item) => lookUp(item, key)),
    (...all) => all,
  );
}

const endsInSplat = (expression: Expression): boolean =>
  expression.kind === 'member' && (expression.of.kind === 'splat' || endsInSplat(expression.of));

/** The values at a path within the values. */
export const followPath = (values: Values, path: readonly (string | number)[]): Values =>
  path.reduce<Values>((found, key) => toUniqueValues(found.flatMap((value) => lookUp(value, key))), values);

function object({ entries }: Expression & { kind: 'object' }, environment: Environment): Values {
  const parts = entries.flatMap(({ key, value }) => [
    key === undefined ? [null] : evaluate(key, environment),
    evaluate(value, environment),
  ]);
  return combine(parts, (...values) => {
    const pairs: (readonly [Value, Value])[] = [];
    for (let i = 0; i < values.length; i += 2) {
      const [key = null, value = null] = values.slice(i, i + 2);
      if (key !== null) pairs.push([toText(key), value]);
      // `null` is spread without effect.
      else if (value !== null) pairs.push(...(getElements(value) ?? [[OPEN, OPEN] as const]));
    }
    return toMap(pairs);
  });
}

/** Entries with unknown keys may replace others. */
export const toMap = (pairs: readonly (readonly [Value, Value])[]): Value =>
  pairs.some(([key]) => isOpen(toText(key)))
    ? new OpenCollection('map', pairs)
    : createMap(pairs.map(([key, value]) => [toText(key), value] as const));

function binary({ operator, left, right }: Expression & { kind: 'binary' }, environment: Environment): Values {
  const { language } = environment;
  const first = evaluate(left, environment);
  const next = once(() => evaluate(right, environment));
  // In a program, a value that is unknown here is often one that is not set.
  if (operator === '??' || (operator === '||' && language !== 'terraform')) {
    const isMissing = (value: Value) =>
      value === OPEN || value === null || (operator === '||' && isFalse(value, language));
    const present = first.filter((value) => !isMissing(value));
    // With an unknown key, there may be no entry.
    const hasOpenKey = left.kind === 'member' && evaluate(left.key, environment).some(isOpen);
    return present.length === first.length && !hasOpenKey ? present : toUniqueValues([...present, ...next()]);
  }
  if (operator === '&&' && language !== 'terraform')
    return combineAll([first], (value) => (isTrue(value, language) ? next() : [value]));
  return combine([first, next()], (a, b) => applyOperator(operator, a, b, language));
}

function conditional(
  { condition, whenTrue, whenFalse }: Expression & { kind: 'conditional' },
  environment: Environment,
): Values {
  const branches = evaluate(condition, { ...environment, isCondition: true }).flatMap((value) =>
    isOpen(value) ? [whenTrue, whenFalse] : [isTrue(value, environment.language) ? whenTrue : whenFalse],
  );
  return toUniqueValues([...new Set(branches)].flatMap((branch) => evaluate(branch, environment)));
}

function comprehension(loop: Expression & { kind: 'for' }, environment: Environment): Values {
  const collections = evaluate(loop.collection, environment);
  return toUniqueValues(collections.flatMap((collection) => comprehensionOver(collection, loop, environment)));
}

function comprehensionOver(collection: Value, loop: Expression & { kind: 'for' }, environment: Environment): Values {
  const { language } = environment;
  // Terraform visits a map's entries in the order of their keys.
  const elements = getElements(collection, language === 'terraform');
  if (elements === undefined) return unknown;
  let isOpenResult = collection instanceof OpenCollection;
  const pairs: Values[] = [];
  for (const element of elements) {
    const inner = { ...environment, variables: bind(loop.variables, element, environment.variables) };
    const conditions =
      loop.condition === undefined ? [true] : evaluate(loop.condition, { ...inner, isCondition: true });
    if (conditions.every((value) => isFalse(value, language))) continue;
    isOpenResult ||= conditions.some((value) => isOpen(value) || isFalse(value, language));
    pairs.push(loop.key === undefined ? [OPEN] : evaluate(loop.key, inner), evaluate(loop.value, inner));
  }
  return combine(pairs, (...values) => {
    const entries = values.flatMap((value, index) =>
      index % 2 === 1 ? [[values[index - 1] ?? OPEN, value] as const] : [],
    );
    if (isOpenResult) return new OpenCollection(loop.key === undefined ? 'list' : 'map', entries);
    return loop.key === undefined ? entries.map(([, value]) => value) : toMap(entries);
  });
}

/** A collection's keys and values, as a loop with two variables iterates over them, or all that it may have. */
export function getElements(collection: Value, isSorted = false): readonly (readonly [Value, Value])[] | undefined {
  if (isList(collection)) return collection.map((value, index) => [index, value] as const);
  if (collection instanceof OpenCollection) return collection.entries;
  if (!isMap(collection)) return undefined;
  const entries = Object.entries(collection);
  return isSorted ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries;
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
