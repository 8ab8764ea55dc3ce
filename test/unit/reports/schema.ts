/** The subset of JSON Schema that `media/export.schema.json` uses. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
}

const supportedKeywords = new Set(
  '$schema $id title description $ref $defs anyOf oneOf const enum type pattern minimum maximum items required properties additionalProperties'.split(
    ' ',
  ),
);

/** Validates a value; returns an error for each violation. Unsupported keywords are errors, too. */
export function validateSchema(value: unknown, schema: Schema, root: Schema = schema, path = '$'): string[] {
  const unsupported = Object.keys(schema).filter((keyword) => !supportedKeywords.has(keyword));
  const errors = unsupported.map((keyword) => `${path}: unsupported keyword ${keyword}`);
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    errors.push(...(target ? validateSchema(value, target, root, path) : [`${path}: unknown $ref ${schema.$ref}`]));
  }
  if (schema.anyOf && !schema.anyOf.some((each) => validateSchema(value, each, root, path).length === 0)) {
    errors.push(`${path}: ${JSON.stringify(value)} matches no alternative`);
  }
  const matching = schema.oneOf?.filter((each) => validateSchema(value, each, root, path).length === 0);
  if (matching && matching.length !== 1) errors.push(`${path}: matches ${matching.length} alternatives, not one`);
  if ('const' in schema && value !== schema.const) errors.push(`${path}: not ${schema.const}`);
  if (schema.enum && !schema.enum.includes(value)) errors.push(`${path}: ${value} is not one of ${schema.enum}`);
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types && !types.some((type) => hasType(value, type)))
    return [...errors, `${path}: ${typeof value} is not ${types}`];
  if (typeof value === 'string' && schema.pattern && !new RegExp(schema.pattern).test(value))
    errors.push(`${path}: ${value}`);
  if (typeof value === 'number') {
    const { minimum = value, maximum = value } = schema;
    if (value < minimum || value > maximum) errors.push(`${path}: ${value} is out of bounds`);
  }
  if (Array.isArray(value)) {
    const { items = {} } = schema;
    return [...errors, ...value.flatMap((each, index) => validateSchema(each, items, root, `${path}[${index}]`))];
  }
  return typeof value === 'object' && value !== null
    ? [...errors, ...validateMembers(value, schema, root, path)]
    : errors;
}

function validateMembers(value: object, schema: Schema, root: Schema, path: string): string[] {
  const { required = [], properties = {}, additionalProperties = true } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${path}: missing ${name}`);
  const inner = Object.entries(value).flatMap(([name, member]) => {
    const memberSchema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (memberSchema === false) return [`${path}: unexpected member ${name}`];
    return typeof memberSchema === 'object' ? validateSchema(member, memberSchema, root, `${path}.${name}`) : [];
  });
  return [...missing, ...inner];
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}
