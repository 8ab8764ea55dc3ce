import { type Environment, evaluate, getElements } from '../expressions/evaluate.ts';
import {
  type Argument,
  type Expression,
  type ExpressionLanguage,
  getEntry,
  getPath,
} from '../expressions/expression.ts';
import { isTrue, toTextIn } from '../expressions/operators.ts';
import type { DeploymentScope } from '../model.ts';
import {
  combine,
  combineAll,
  createMap,
  isList,
  isMap,
  isOpen,
  OPEN,
  toText,
  unknown,
  type Value,
  type Values,
} from '../values.ts';
import { collectionFunctions, collectionMethods, join, toDictionary } from './collectionMethods.ts';
import { formatPython, replaceEvery, replaceFirst, textMethods } from './textMethods.ts';

type Call = Expression & { kind: 'call' };

/** Evaluates a call of a well-known function or method. Undefined if it is unsupported. */
export function evaluateCall(
  call: Call,
  environment: Environment,
  deploymentScope: DeploymentScope,
): Values | undefined {
  const { callee } = call;
  const path = getPath(callee) ?? [];
  const name = callee.kind === 'member' && callee.key.kind === 'literal' ? String(callee.key.value) : (path[0] ?? '');
  if (parameterClasses.has(name)) return evaluateParameter(call, environment);
  if (name === 'of' && path.at(-2) === 'Stack') return [createStack(deploymentScope)];
  const args = call.arguments.map((argument) => ({ ...argument, values: evaluate(argument.value, environment) }));
  const all = args.map(({ values }) => values);
  if (path.slice(-2).join('.') === 'Fn.sub')
    return combine(all, (template = OPEN, variables = null) => substitute(template, variables, deploymentScope));
  if (path.at(-2) === 'TerraformIterator') return combineAll(all, getIterations);
  const known = functions.get(path.slice(-2).join('.')) ?? (path.length === 1 ? functions.get(name) : undefined);
  if (known !== undefined) return combine(all, (...values) => known(...spread(args, values)));
  if (path.length === 1 && name === 'str') return combine(all, (value = OPEN) => toTextIn('python', value));
  const positional = args.filter((argument) => argument.name === undefined);
  const named = createMap(
    args.flatMap(({ name: key, values }) => (key === undefined ? [] : [[key, toSingle(values)]])),
  );
  const passed = positional.map(({ values }) => values);
  if (path.length === 1 && name === 'dict') return combine(passed, (pairs) => toDictionary(pairs, named));
  if (callee.kind !== 'member') return undefined;
  const object = evaluate(callee.of, environment);
  if (isTruthyFilter(call, name)) return combine([object], filterTruthy);
  return combine([object, ...passed], (receiver, ...values) =>
    callMethod(receiver, name, spread(positional, values), named, environment.language),
  );
}

/** The value of a keyword argument. Several possible ones are unknown. */
const toSingle = ([first = OPEN, ...others]: Values): Value => (others.length > 0 ? OPEN : first);

/** Replaces spread lists by their items. All arguments are unknown if the number of items is. */
function spread(args: readonly Argument[], values: readonly Value[]): readonly Value[] {
  if (!args.some(({ value }) => value.kind === 'spread')) return values;
  const isKnown = args.every(({ value }, index) => value.kind !== 'spread' || isList(values[index] ?? null));
  if (!isKnown) return values.map(() => OPEN);
  return values.flatMap((value, index) => (args[index]?.value.kind === 'spread' && isList(value) ? value : [value]));
}

function callMethod(
  object: Value,
  name: string,
  values: readonly Value[],
  named: Value,
  language: ExpressionLanguage,
): Value {
  const isCollection = typeof object === 'object' && object !== null;
  if (isCollection) return collectionMethods.get(name)?.(object, ...values) ?? OPEN;
  const text = toText(object);
  if (name === 'join') return join(values[0] ?? null, text);
  if (name === 'format') return formatPython(text, values, named);
  // Python's `replace` replaces every occurrence, JavaScript's only the first.
  if (name === 'replace' && values.length > 2) return OPEN;
  if (name === 'replaceAll' || (name === 'replace' && language === 'python')) return replaceEvery(text, ...values);
  if (name === 'replace') return replaceFirst(text, ...values);
  // Without a separator, JavaScript does not split.
  if (name === 'split' && language === 'javascript' && values.length === 0) return [text];
  return textMethods.get(name)?.(text, ...values) ?? OPEN;
}

/** `list.filter(Boolean)` */
function isTruthyFilter({ arguments: [first, ...others] }: Call, name: string): boolean {
  return name === 'filter' && others.length === 0 && first?.value.kind === 'name' && first.value.name === 'Boolean';
}

function filterTruthy(list: Value): Value {
  if (!isList(list) || list.some((item) => isOpen(item))) return collectionMethods.get('filter')?.(list) ?? OPEN;
  return list.filter((item) => isTrue(item, 'javascript'));
}

const parameterClasses: ReadonlySet<string> = new Set(['CfnParameter', 'TerraformVariable']);

const parameterValues = ['valueAsString', 'value_as_string', 'value', 'stringValue', 'string_value'];

/** The value of `new CfnParameter(this, 'Name', { default: 'x' })` is its default. An empty one is to be replaced. */
function evaluateParameter(call: Call, environment: Environment): Values {
  const named = call.arguments.find(({ name }) => name === 'default')?.value;
  const properties = call.arguments[2]?.value;
  const defaultValue = named ?? (properties && getEntry(properties, 'default'));
  if (defaultValue === undefined) return [OPEN];
  return combine([evaluate(defaultValue, environment)], (value) =>
    createMap(parameterValues.map((key) => [key, openIfEmpty(value)] as const)),
  );
}

/** What `TerraformIterator.fromList(list)` or `fromMap(map)` iterates over. */
const getIterations = (collection: Value = OPEN): Values =>
  getElements(collection)?.map(([key, value]) =>
    createMap([
      ['key', isMap(collection) ? key : value],
      ['value', value],
    ]),
  ) ?? unknown;

const openIfEmpty = (value: Value): Value => (value === '' ? OPEN : value);

const createStack = ({ account = OPEN, region = OPEN, partition = OPEN }: DeploymentScope): Value =>
  createMap(Object.entries({ account, region, partition }));

const functions: ReadonlyMap<string, (...values: readonly Value[]) => Value> = new Map([
  ...collectionFunctions,
  ['environ.get', (_name = OPEN, defaultValue = OPEN) => openIfEmpty(defaultValue)],
  ['os.getenv', (_name = OPEN, defaultValue = OPEN) => openIfEmpty(defaultValue)],
  ['String', (value = OPEN) => toText(value)],
  ['pulumi.concat', (...values) => values.map(toText).join('')],
  ['Output.concat', (...values) => values.map(toText).join('')],
] satisfies [string, (...values: readonly Value[]) => Value][]);

/** `Fn.sub('${AWS::Region}-${Name}', { Name: 'x' })` */
function substitute(template: Value, variables: Value, { account, region, partition }: DeploymentScope): Value {
  const pseudo = new Map([
    ['AWS::AccountId', account],
    ['AWS::Region', region],
    ['AWS::Partition', partition],
  ]);
  return toText(template).replaceAll(/\$\{([^}]*)(?:\}|$)/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (isMap(variables) && variables[name] !== undefined) return toText(variables[name]);
    return pseudo.get(name) ?? OPEN;
  });
}
