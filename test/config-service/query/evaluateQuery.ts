import type { Item, Value } from './packItems.ts';
import { type Condition, countColumn, type Query, type Scalar } from './query.ts';

/**
 * Whether an item fulfils a condition. As AWS documents, a test of an array is true if any member fulfils it, and two
 * tests may be fulfilled by different members.
 */
export function isFulfilled(condition: Condition | undefined, item: Item): boolean {
  switch (condition?.kind) {
    case undefined:
      return true;
    case 'and':
      return condition.conditions.every((each) => isFulfilled(each, item));
    case 'or':
      return condition.conditions.some((each) => isFulfilled(each, item));
    case 'in':
      return getScalars(item, condition.property).some((value) => condition.values.includes(value));
    case 'startsWith':
      return getScalars(item, condition.property).some((value) => String(value).startsWith(condition.prefix));
  }
}

/** Returns the only value that a condition allows for a property, so that other items need not be created. */
export function findRequiredValue(condition: Condition | undefined, property: string): string | undefined {
  if (condition?.kind === 'and' || (condition?.kind === 'or' && condition.conditions.length === 1)) {
    return condition.conditions.map((each) => findRequiredValue(each, property)).find((value) => value !== undefined);
  }
  if (condition?.kind !== 'in' || condition.property !== property || condition.values.length > 1) return undefined;
  const [value] = condition.values;
  return typeof value === 'string' ? value : undefined;
}

/** Returns the names of all properties in a condition. */
export function listProperties(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return [];
  return 'conditions' in condition ? condition.conditions.flatMap(listProperties) : [condition.property];
}

/** Returns the parts of an item that some properties name. The members of an array keep their objects. */
export function selectProperties(item: Item, properties: readonly string[]): Item {
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => {
      const inner = properties.filter((property) => property === name || property.startsWith(`${name}.`));
      const rest = inner.map((property) => property.slice(name.length + 1));
      return inner.length === 0 ? [] : [[name, selectParts(value, rest)]];
    }),
  );
}

function selectParts(value: Value, properties: readonly string[]): Value {
  if (properties.includes('') || typeof value !== 'object') return value;
  return isList(value) ? value.map((member) => selectParts(member, properties)) : selectProperties(value, properties);
}

/**
 * Counts items by their values of the query's groups; an item counts once for each value of an array. Returns the rows in
 * the order of the query and then of their values. A query without groups has one row.
 */
export function countGroups(items: Iterable<Item>, { columns, groupBy, orderBy }: Query): readonly Item[] {
  const groups = new Map<string, { readonly values: readonly Scalar[]; count: number }>();
  if (groupBy.length === 0) groups.set('[]', { values: [], count: 0 });
  for (const item of items) {
    for (const values of listGroups(item, groupBy)) {
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { values, count: 0 };
      group.count += 1;
      groups.set(key, group);
    }
  }
  const rows = [...groups.values()].map(({ values, count }) => {
    const members = groupBy.map((name, index) => [name, values[index] ?? ''] as const);
    return new Map<string, Scalar>([...members, [countColumn, count]]);
  });
  const order = [...orderBy, ...groupBy.map((column) => ({ column, descending: false }))];
  rows.sort((a, b) => compareRows(a, b, order));
  return rows.map((row) =>
    columns.reduce<Item>((built, column) => addMember(built, column, row.get(column) ?? ''), {}),
  );
}

/** Returns every combination of an item's values of some properties. */
function listGroups(item: Item, properties: readonly string[]): readonly (readonly Scalar[])[] {
  const [property, ...rest] = properties;
  if (property === undefined) return [[]];
  const inner = listGroups(item, rest);
  return [...new Set(getScalars(item, property))].flatMap((value) => inner.map((values) => [value, ...values]));
}

/** Sorts items by the columns of a query. The order of equal items stays. */
export function sortItems(items: readonly Item[], { orderBy }: Query): readonly Item[] {
  const keyed = items.map((item) => ({
    item,
    keys: new Map(orderBy.map(({ column }) => [column, getScalars(item, column)[0] ?? ''])),
  }));
  return keyed.sort((a, b) => compareRows(a.keys, b.keys, orderBy)).map(({ item }) => item);
}

function compareRows(a: ReadonlyMap<string, Scalar>, b: ReadonlyMap<string, Scalar>, order: Query['orderBy']): number {
  for (const { column, descending } of order) {
    const [left = '', right = ''] = [a.get(column), b.get(column)];
    if (left !== right) return left < right !== descending ? -1 : 1;
  }
  return 0;
}

/** Adds a member to a row. Dots in its name are nested objects, except in `COUNT(*)`. */
function addMember(row: Item, column: string, value: Scalar): Item {
  const [name = '', ...rest] = column === countColumn ? [column] : column.split('.');
  if (rest.length === 0) return { ...row, [name]: value };
  const inner = row[name];
  const members = typeof inner === 'object' && !isList(inner) ? inner : {};
  return { ...row, [name]: addMember(members, rest.join('.'), value) };
}

/** Returns the scalars of a property, also those in arrays. */
function getScalars(item: Value | undefined, property: string): readonly Scalar[] {
  if (item === undefined) return [];
  if (isList(item)) return item.flatMap((member) => getScalars(member, property));
  if (typeof item !== 'object') return property === '' ? [item] : [];
  const [name = '', ...rest] = property.split('.');
  return getScalars(item[name], rest.join('.'));
}

/** `Array.isArray` does not narrow readonly arrays. */
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
