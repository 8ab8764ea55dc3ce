import { asRecord } from '../../compliance/unknownValues.ts';

type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** The subset of JSON Schema that tool inputs and outputs use. */
export interface Schema {
  readonly type: JsonType | readonly JsonType[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly (string | null)[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
}

/** Returns why a value does not conform to a schema, as a sentence; undefined if it conforms. */
export function validateSchema(schema: Schema, value: unknown, path = ''): string | undefined {
  const type = getJsonType(value);
  const hasType = [schema.type].flat().some((each) => each === type || (each === 'number' && type === 'integer'));
  if (!hasType || !isWithinLimits(schema, value)) return `${path || 'The input'} must be ${describeSchema(schema)}.`;
  if (Array.isArray(value)) return findProblem(value.map((item, index) => [schema.items, item, `${path}[${index}]`]));
  return type === 'object' ? validateMembers(schema, asRecord(value), path) : undefined;
}

function validateMembers(schema: Schema, value: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const { properties = {}, required = [] } = schema;
  const pathOf = (key: string) => (path ? `${path}.${key}` : key);
  const missing = required.find((key) => value[key] === undefined);
  if (missing !== undefined) return `${pathOf(missing)} is missing: it must be ${describeSchema(properties[missing])}.`;
  const unknownKey = Object.keys(value).find((key) => !Object.hasOwn(properties, key));
  if (unknownKey !== undefined && schema.additionalProperties === false) {
    return `Unknown member ${pathOf(unknownKey)}. Allowed: ${Object.keys(properties).join(', ')}.`;
  }
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return findProblem(keys.map((key) => [properties[key], value[key], pathOf(key)]));
}

function findProblem(parts: readonly (readonly [Schema | undefined, unknown, string])[]): string | undefined {
  for (const [schema, value, path] of parts) {
    const problem = schema && validateSchema(schema, value, path);
    if (problem) return problem;
  }
  return undefined;
}

function isWithinLimits(schema: Schema, value: unknown): boolean {
  const { enum: values, pattern, minLength = 0, maxLength = Infinity, maxItems = Infinity } = schema;
  if (values && !values.some((each) => each === value)) return false;
  if (typeof value === 'number') return value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity);
  if (Array.isArray(value)) return value.length <= maxItems;
  if (typeof value !== 'string') return true;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return false;
  return value.length >= minLength && value.length <= maxLength;
}

/** Describes the values that conform to a schema. */
function describeSchema(schema: Schema | undefined): string {
  if (!schema) return 'any value';
  const { enum: values, minimum, maximum, pattern, maxLength, maxItems, description } = schema;
  const meaning = description ? ` (${description.replace(/\.$/, '')})` : '';
  if (values) return `one of ${values.map(String).join(', ')}`;
  const type = [schema.type].flat().join(' or ');
  if (minimum !== undefined && maximum !== undefined) return `of type ${type}, from ${minimum} to ${maximum}`;
  if (pattern !== undefined) return `a ${type} that matches ${pattern}${meaning}`;
  if (maxLength !== undefined) return `a ${type} of ${schema.minLength ?? 0} to ${maxLength} characters${meaning}`;
  return `of type ${type}${maxItems === undefined ? '' : ` with at most ${maxItems} items`}${meaning}`;
}

function getJsonType(value: unknown): JsonType | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number')
    return Number.isInteger(value) ? 'integer' : Number.isFinite(value) ? 'number' : undefined;
  if (typeof value === 'object' || typeof value === 'string' || typeof value === 'boolean')
    return typeof value as JsonType;
  return undefined;
}
