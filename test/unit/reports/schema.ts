/** The part of JSON Schema that `media/export.schema.json` uses. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
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

const known = new Set(
  '$schema $id title description $ref $defs anyOf const enum type pattern minimum maximum items required properties additionalProperties'.split(
    ' ',
  ),
);

/** Where and why a value does not fit; empty where it does. A keyword that nobody checks here is refused. */
export function misfits(value: unknown, schema: Schema, root: Schema = schema, at = '$'): string[] {
  const strange = Object.keys(schema).filter((keyword) => !known.has(keyword));
  const wrong = strange.map((keyword) => `${at}: nobody checks ${keyword}`);
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    wrong.push(...(target ? misfits(value, target, root, at) : [`${at}: no ${schema.$ref}`]));
  }
  if (schema.anyOf && !schema.anyOf.some((each) => misfits(value, each, root, at).length === 0)) {
    wrong.push(`${at}: ${JSON.stringify(value)} fits none`);
  }
  if ('const' in schema && value !== schema.const) wrong.push(`${at}: not ${schema.const}`);
  if (schema.enum && !schema.enum.includes(value)) wrong.push(`${at}: ${value} is none of ${schema.enum}`);
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types && !types.some((type) => isOf(type, value))) return [...wrong, `${at}: ${typeof value} is no ${types}`];
  if (typeof value === 'string' && schema.pattern && !new RegExp(schema.pattern).test(value))
    wrong.push(`${at}: ${value}`);
  if (typeof value === 'number') {
    const { minimum = value, maximum = value } = schema;
    if (value < minimum || value > maximum) wrong.push(`${at}: ${value} is out of bounds`);
  }
  if (Array.isArray(value)) {
    const { items = {} } = schema;
    return [...wrong, ...value.flatMap((each, index) => misfits(each, items, root, `${at}[${index}]`))];
  }
  return typeof value === 'object' && value !== null ? [...wrong, ...memberMisfits(value, schema, root, at)] : wrong;
}

function memberMisfits(value: object, schema: Schema, root: Schema, at: string): string[] {
  const { required = [], properties = {}, additionalProperties = true } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}: no ${name}`);
  const inner = Object.entries(value).flatMap(([name, member]) => {
    const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (own === false) return [`${at}: ${name} is not foreseen`];
    return typeof own === 'object' ? misfits(member, own, root, `${at}.${name}`) : [];
  });
  return [...missing, ...inner];
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}
