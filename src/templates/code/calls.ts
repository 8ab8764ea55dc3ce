import { type Environment, evaluate, getElements } from '../expressions/evaluate.ts';
import { type Expression, getEntry, getPath } from '../expressions/expression.ts';
import type { DeploymentScope } from '../model.ts';
import { combine, createMap, isList, isMap, isOpen, OPEN, toText, type Value, type Values } from '../values.ts';

type Call = Expression & { kind: 'call' };

/** Evaluates a call of a well-known function or method. Undefined if it is unsupported. */
export function evaluateCall(
  call: Call,
  environment: Environment,
  deploymentScope: DeploymentScope,
  language: 'javascript' | 'python',
): Values | undefined {
  const { callee } = call;
  const path = getPath(callee) ?? [];
  const name = callee.kind === 'member' && callee.key.kind === 'literal' ? String(callee.key.value) : (path[0] ?? '');
  if (name === 'CfnParameter') return evaluateParameter(call, environment);
  if (name === 'of' && path.at(-2) === 'Stack') return [createStack(deploymentScope)];
  const argumentValues = call.arguments.map(({ value }) => evaluate(value, environment));
  const whole = functions.get(path.slice(-2).join('.')) ?? (path.length === 1 ? functions.get(name) : undefined);
  if (whole !== undefined) return combine(argumentValues, (...values) => whole(...values));
  if (name === 'dict') return [evaluateKeywordArguments(call, environment)];
  // Python's `replace` replaces every occurrence, JavaScript's only the first.
  const methodName = language === 'python' && name === 'replace' ? 'replaceAll' : name;
  const method = callee.kind === 'member' ? methods.get(methodName) : undefined;
  if (method === undefined || callee.kind !== 'member') return undefined;
  const named = name === 'format' ? evaluateKeywordArguments(call, environment) : null;
  return combine([evaluate(callee.of, environment), ...argumentValues], (object, ...values) =>
    method(object, ...values, named),
  );
}

/** The value of `new CfnParameter(this, 'Name', { default: 'x' })` is its default. */
function evaluateParameter(call: Call, environment: Environment): Values {
  const named = call.arguments.find(({ name }) => name === 'default')?.value;
  const properties = call.arguments[2]?.value;
  const defaultValue = named ?? (properties && getEntry(properties, 'default'));
  if (defaultValue === undefined) return [OPEN];
  return combine([evaluate(defaultValue, environment)], (value) =>
    createMap(['valueAsString', 'value_as_string', 'value'].map((key) => [key, value] as const)),
  );
}

const createStack = ({ account = OPEN, region = OPEN, partition = OPEN }: DeploymentScope): Value =>
  createMap(Object.entries({ account, region, partition }));

/** The keyword arguments. An argument with several possible values is unknown. */
function evaluateKeywordArguments(call: Call, environment: Environment): Value {
  return createMap(
    call.arguments.flatMap(({ name, value }) => {
      if (name === undefined) return [];
      const [first = OPEN, ...others] = evaluate(value, environment);
      return [[name, others.length > 0 ? OPEN : first] as const];
    }),
  );
}

const onText =
  (apply: (object: string, ...values: string[]) => Value) =>
  (object: Value, ...values: readonly Value[]): Value =>
    apply(toText(object), ...values.map(toText));

const whole =
  (apply: (object: string, ...values: readonly Value[]) => Value) =>
  (object: Value, ...values: readonly Value[]): Value =>
    isOpen(object) || typeof object !== 'string' ? OPEN : apply(object, ...values.filter((value) => value !== null));

const replace = (every: boolean) =>
  onText((object, search = OPEN, replacement = OPEN) => {
    if (search === OPEN || search === '') return OPEN;
    return every ? object.replaceAll(search, () => replacement) : object.replace(search, () => replacement);
  });

const getPairs = (object: Value): Value =>
  isMap(object) ? Object.entries(object).map(([key, value]) => [key, value]) : OPEN;
const getKeys = (object: Value): Value => (isMap(object) ? Object.keys(object) : OPEN);
const getValues = (object: Value): Value => (isMap(object) ? Object.values(object) : OPEN);

const join = (list: Value, separator: Value): Value => (isList(list) ? list.map(toText).join(toText(separator)) : OPEN);

type Method = (object: Value, ...values: readonly Value[]) => Value;

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['toLowerCase', onText((object) => object.toLowerCase())],
  ['toUpperCase', onText((object) => object.toUpperCase())],
  ['lower', onText((object) => object.toLowerCase())],
  ['upper', onText((object) => object.toUpperCase())],
  ['trim', onText((object) => object.trim())],
  ['strip', onText((object) => object.trim())],
  ['toString', onText((object) => object)],
  ['replace', replace(false)],
  ['replaceAll', replace(true)],
  ['concat', onText((object, ...more) => [object, ...more.slice(0, -1)].join(''))],
  ['slice', whole((object, from = 0, to) => object.slice(Number(from), to === undefined ? undefined : Number(to)))],
  [
    'substring',
    whole((object, from = 0, to) => object.substring(Number(from), to === undefined ? undefined : Number(to))),
  ],
  ['split', whole((object, separator = ' ') => object.split(toText(separator)))],
  // The result is a subset of these values.
  ['filter', (object) => object],
  ['join', (object, other = ',') => (isList(object) ? join(object, other ?? ',') : join(other, object))],
  ['format', (object, ...values) => formatPython(toText(object), values)],
  ['items', getPairs],
  ['keys', getKeys],
  ['values', getValues],
  ['entries', (object) => getElements(object)?.map(([key, value]) => [key, value]) ?? OPEN],
  [
    'get',
    (object, key = OPEN, defaultValue = null) =>
      isMap(object) && !isOpen(key) ? (object[toText(key)] ?? defaultValue) : OPEN,
  ],
]);

const functions: ReadonlyMap<string, (...values: readonly Value[]) => Value> = new Map<
  string,
  (...values: readonly Value[]) => Value
>([
  ['Object.entries', (object = OPEN) => getPairs(object)],
  ['Object.keys', (object = OPEN) => getKeys(object)],
  ['Object.values', (object = OPEN) => getValues(object)],
  ['Fn.join', (separator = '', list = OPEN) => join(list, separator)],
  ['Fn.sub', (template = OPEN) => toText(template).replaceAll(/\$\{[^}]*(?:\}|$)/g, OPEN)],
  ['environ.get', (_name = OPEN, defaultValue = OPEN) => defaultValue],
  ['os.getenv', (_name = OPEN, defaultValue = OPEN) => defaultValue],
  ['enumerate', (list = OPEN) => (isList(list) ? list.map((value, index) => [index, value]) : OPEN)],
  ['sorted', (list = OPEN) => list],
  ['list', (list = OPEN) => list],
  ['str', (value = OPEN) => toText(value)],
  ['String', (value = OPEN) => toText(value)],
  ['pulumi.concat', (...values) => values.map(toText).join('')],
  ['Output.concat', (...values) => values.map(toText).join('')],
]);

/** Python's `'{}-{name}'.format(…)`. The last value is a map of the keyword arguments. */
function formatPython(format: string, values: readonly Value[]): Value {
  const named = values.at(-1) ?? null;
  let next = 0;
  return format.replaceAll(/\{(\w*)(?:[^\w{}][^{}]*)?\}/g, (_, key: string) => {
    if (key === '' || /^\d+$/.test(key)) return toText(values[key === '' ? next++ : Number(key)] ?? OPEN);
    return isMap(named) ? toText(named[key] ?? OPEN) : OPEN;
  });
}
