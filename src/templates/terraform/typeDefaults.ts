import { type Expression, getPath } from '../expressions/expression.ts';
import { createMap, isList, isMap, OpenCollection, type Value, type Values } from '../values.ts';

/** Deeper types are not followed. */
const maxDepth = 10;

/** Evaluates a default. It cannot contain references. */
type EvaluateConstant = (expression: Expression) => Values;

/** Fills in the defaults of `optional(…, default)` in a variable's type. */
export function applyTypeDefaults(type: Expression, value: Value, evaluate: EvaluateConstant, depth = 0): Value {
  if (type.kind !== 'call' || depth === maxDepth) return value;
  const [name] = getPath(type.callee) ?? [];
  const [inner, defaultValue] = type.arguments.map((argument) => argument.value);
  if (inner === undefined) return value;
  const next = (of: Expression, item: Value) => applyTypeDefaults(of, item, evaluate, depth + 1);
  switch (name) {
    case 'optional': {
      const [constant = null] = value === null && defaultValue !== undefined ? evaluate(defaultValue) : [value];
      return next(inner, constant);
    }
    case 'object': {
      if (inner.kind !== 'object' || !isMap(value)) return value;
      const defaults = inner.entries.flatMap(({ key, value: entryType }) => {
        const attribute = key?.kind === 'literal' ? String(key.value) : undefined;
        return attribute === undefined ? [] : [[attribute, next(entryType, value[attribute] ?? null)] as const];
      });
      return createMap([...Object.entries(value), ...defaults]);
    }
    case 'list':
    case 'set':
    case 'map':
      return mapItems(value, (item) => next(inner, item));
    default:
      return value;
  }
}

function mapItems(value: Value, apply: (item: Value) => Value): Value {
  if (isList(value)) return value.map(apply);
  if (isMap(value)) return createMap(Object.entries(value).map(([key, item]) => [key, apply(item)] as const));
  if (!(value instanceof OpenCollection)) return value;
  return new OpenCollection(
    value.kind,
    value.entries.map(([key, item]) => [key, apply(item)] as const),
  );
}
