import { asRecord } from '../../compliance/unknown.ts';

type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** A JSON schema in the keywords that inputs and outputs of tools use. */
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

/** Why `value` does not fit the schema, as a sentence that says what is allowed; undefined where it fits. */
export function problemOf(schema: Schema, value: unknown, at = ''): string | undefined {
  const type = typeOf(value);
  const fits = [schema.type].flat().some((wanted) => wanted === type || (wanted === 'number' && type === 'integer'));
  if (!fits || !isWithin(schema, value)) return `${at || 'The input'} must be ${wantedOf(schema)}.`;
  if (Array.isArray(value)) return firstProblem(value.map((item, index) => [schema.items, item, `${at}[${index}]`]));
  return type === 'object' ? problemOfMembers(schema, asRecord(value), at) : undefined;
}

function problemOfMembers(schema: Schema, value: Readonly<Record<string, unknown>>, at: string): string | undefined {
  const { properties = {}, required = [] } = schema;
  const path = (key: string) => (at ? `${at}.${key}` : key);
  const missing = required.find((key) => value[key] === undefined);
  if (missing !== undefined) return `${path(missing)} is missing: ${wantedOf(properties[missing])}.`;
  const strange = Object.keys(value).find((key) => !Object.hasOwn(properties, key));
  if (strange !== undefined && schema.additionalProperties === false) {
    return `There is no ${path(strange)}: allowed are ${Object.keys(properties).join(', ')}.`;
  }
  const args = Object.keys(value).filter((key) => value[key] !== undefined);
  return firstProblem(args.map((key) => [properties[key], value[key], path(key)]));
}

function firstProblem(parts: readonly (readonly [Schema | undefined, unknown, string])[]): string | undefined {
  for (const [schema, value, at] of parts) {
    const problem = schema && problemOf(schema, value, at);
    if (problem) return problem;
  }
  return undefined;
}

function isWithin(schema: Schema, value: unknown): boolean {
  const { enum: values, pattern, minLength = 0, maxLength = Infinity, maxItems = Infinity } = schema;
  if (values && !values.some((each) => each === value)) return false;
  if (typeof value === 'number') return value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity);
  if (Array.isArray(value)) return value.length <= maxItems;
  if (typeof value !== 'string') return true;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return false;
  return value.length >= minLength && value.length <= maxLength;
}

/** What a schema allows, in words. */
function wantedOf(schema: Schema | undefined): string {
  if (!schema) return 'something';
  const { enum: values, minimum, maximum, pattern, maxLength, maxItems, description } = schema;
  const meant = description ? ` (${description.replace(/\.$/, '')})` : '';
  if (values) return `one of ${values.map(String).join(', ')}`;
  const type = [schema.type].flat().join(' or ');
  if (minimum !== undefined && maximum !== undefined) return `of type ${type}, from ${minimum} to ${maximum}`;
  if (pattern !== undefined) return `a ${type} that matches ${pattern}${meant}`;
  if (maxLength !== undefined) return `a ${type} of ${schema.minLength ?? 0} to ${maxLength} characters${meant}`;
  return `of type ${type}${maxItems === undefined ? '' : ` with at most ${maxItems} items`}${meant}`;
}

function typeOf(value: unknown): JsonType | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number')
    return Number.isInteger(value) ? 'integer' : Number.isFinite(value) ? 'number' : undefined;
  if (typeof value === 'object' || typeof value === 'string' || typeof value === 'boolean')
    return typeof value as JsonType;
  return undefined;
}
