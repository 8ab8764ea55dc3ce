import type { Value } from './packItems.ts';
import { type Condition, countColumn, type Query, type Scalar } from './query.ts';

/**
 * Whether an item fulfils a condition. As AWS documents, a test of an array is true if any member fulfils it, and two
 * tests may be fulfilled by different members.
 */
export function isFulfilled(condition: Condition | undefined, item: Value): boolean {
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
export function selectProperties(item: Value, properties: readonly string[]): Value {
  if (properties.includes('')) return item;
  if (isList(item)) return item.map((member) => selectProperties(member, properties));
  if (typeof item !== 'object') return item;
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => {
      const inner = properties.filter((property) => property === name || property.startsWith(`${name}.`));
      const rest = inner.map((property) => property.slice(name.length + 1));
      return inner.length === 0 ? [] : [[name, selectProperties(value, rest)]];
    }),
  );
}

/** Counts items by their values of some properties. An item counts once for each value of an array. */
export class Groups {
  readonly #query: Query;
  readonly #counts = new Map<string, { readonly values: readonly Scalar[]; count: number }>();

  constructor(query: Query) {
    this.#query = query;
  }

  add(item: Value): void {
    const keys = this.#query.groupBy.reduce<readonly (readonly Scalar[])[]>(
      (rows, property) => {
        const values = [...new Set(getScalars(item, property))];
        return rows.flatMap((row) => values.map((value) => [...row, value]));
      },
      [[]],
    );
    for (const values of keys) {
      const key = JSON.stringify(values);
      const group = this.#counts.get(key) ?? { values, count: 0 };
      group.count += 1;
      this.#counts.set(key, group);
    }
  }

  /** Returns the rows, in the order of the query and then by their values. A query without groups has one row. */
  createRows(): readonly Value[] {
    const { columns, groupBy, orderBy } = this.#query;
    if (groupBy.length === 0 && this.#counts.size === 0) this.#counts.set('[]', { values: [], count: 0 });
    const rows = [...this.#counts.values()].map(
      ({ values, count }) =>
        new Map<string, Scalar>([...groupBy.map((name, i) => [name, values[i] ?? ''] as const), [countColumn, count]]),
    );
    const order = [...orderBy, ...groupBy.map((column) => ({ column, descending: false }))];
    rows.sort((a, b) => compareRows(a, b, order));
    return rows.map((row) =>
      columns.reduce<Value>((built, column) => addMember(built, column, row.get(column) ?? ''), {}),
    );
  }
}

/** Sorts items by the columns of a query. The order of equal items stays. */
export function sortItems(items: readonly Value[], { orderBy }: Query): readonly Value[] {
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
function addMember(row: Value, column: string, value: Scalar): Value {
  const [name = '', ...rest] = column === countColumn ? [column] : column.split('.');
  const members = typeof row === 'object' && !isList(row) ? row : {};
  return { ...members, [name]: rest.length === 0 ? value : addMember(members[name] ?? {}, rest.join('.'), value) };
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
