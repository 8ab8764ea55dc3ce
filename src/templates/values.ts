import type { ResolvedName } from './model.ts';

/**
 * Placeholder for an unknown value or an unknown part of a text, so that string functions need no special case.
 * Templates cannot contain it: YAML, JSON and HCL reject NUL.
 */
export const OPEN = '\u0000';

export type Value = string | number | boolean | null | readonly Value[] | ValueMap | OpenCollection;
export type ValueMap = { readonly [key: string]: Value };

/**
 * A list, set or map of which the possible entries are known, but not their number or order. `OPEN` as the key of a
 * list's entry means any position, as an item or a map's entry any others.
 */
export class OpenCollection {
  readonly kind: 'list' | 'map';
  readonly entries: readonly (readonly [Value, Value])[];

  constructor(kind: 'list' | 'map', entries: readonly (readonly [Value, Value])[]) {
    this.kind = kind;
    this.entries = entries.length > maxValues ? [...entries.slice(0, maxValues), [OPEN, OPEN]] : entries;
  }

  static ofItems(items: readonly Value[]): OpenCollection {
    return new OpenCollection(
      'list',
      items.map((item) => [OPEN, item] as const),
    );
  }

  get items(): readonly Value[] {
    return this.entries.map(([, value]) => value);
  }

  /** Keeps it apart from every map when values are compared as JSON. */
  toJSON(): unknown {
    return { [OPEN]: this.kind, entries: this.entries };
  }
}

/** The possible values of an expression: more than one for a loop or a condition. */
export type Values = readonly Value[];

/** The only possible value, if nothing is known of it. */
export const unknown: Values = [OPEN];

/** More possible values are not useful, and combinations of lists grow exponentially. */
const maxValues = 64;

/** The maximum number of parts of a name. */
export const maxParts = 2_000;

/** Longer texts are not names. Prevents repeated replacements from growing without limit. */
const maxTextLength = 5_000;

/** Characters of all texts in a value, plus ten for each item. A value that contains itself twice grows exponentially. */
const maxSize = 100_000;

/** A value, or unknown if it is too large. */
function limitSize(value: Value): Value {
  const isTooLarge = typeof value === 'string' ? value.length > maxTextLength : measureSize(value) > maxSize;
  return isTooLarge ? OPEN : value;
}

/** The size of a value, or any size over the limit. */
function measureSize(value: Value): number {
  if (typeof value === 'string') return value.length + 10;
  if (typeof value !== 'object' || value === null) return 10;
  let size = 10;
  for (const item of value instanceof OpenCollection ? value.entries.flat() : Object.entries(value).flat()) {
    size += measureSize(item);
    if (size > maxSize) break;
  }
  return size;
}

/** Whether a text has unknown parts, or the number of a collection's entries is unknown. */
export const isOpen = (value: Value): boolean =>
  typeof value === 'string' ? value.includes(OPEN) : value instanceof OpenCollection;

/** Whether a value or anything in it is unknown. Values are no deeper than the expressions that they come from. */
export const hasOpenPart = (value: Value): boolean =>
  isOpen(value) || (isList(value) ? value : isMap(value) ? Object.values(value) : []).some(hasOpenPart);

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isMap = (value: Value): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof OpenCollection);

/** Creates a map without a prototype, so that a key such as `__proto__` is harmless. */
export function createMap(entries: Iterable<readonly [string, Value]>): ValueMap {
  const map: Record<string, Value> = Object.create(null);
  for (const [key, value] of entries) map[key] = value;
  return map;
}

/** Converts a value to text. Lists, maps and null are unknown. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : OPEN;
}

/** Removes duplicates. Too many or too large values count as unknown. */
export function toUniqueValues(values: readonly Value[]): Values {
  if (values.length < 2) return values;
  const seen = new Map<unknown, Value>();
  let size = 0;
  for (const value of values) {
    const key = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    if (typeof key === 'string') size += key.length;
    seen.set(key, value);
    if (seen.size > maxValues || size > maxSize) return [OPEN];
  }
  return [...seen.values()];
}

/** Applies a function to every combination of its arguments' possible values. */
export const combine = (parts: readonly Values[], apply: (...values: Value[]) => Value): Values =>
  combineAll(parts, (...values) => [apply(...values)]);

/** Like `combine`, for a function that may have several results itself. */
export function combineAll(parts: readonly Values[], apply: (...values: Value[]) => Values): Values {
  const total = parts.reduce((product, part) => product * part.length, 1);
  if (total > maxValues || parts.length > maxParts) return [OPEN];
  const combined: Value[] = [];
  for (let row = 0; row < total; row++) combined.push(...apply(...getCombination(parts, row, total)).map(limitSize));
  // Almost always there is one.
  return combined.length === 1 ? combined : toUniqueValues(combined);
}

/** The combination of values with index `row`. The last part changes first. */
function getCombination(parts: readonly Values[], row: number, total: number): readonly Value[] {
  let repeats = total;
  return parts.map((part) => {
    repeats /= part.length;
    return limitSize(part[Math.floor(row / repeats) % part.length] ?? null);
  });
}

/** Concatenates every combination of the parts' possible values. */
export const concatenate = (parts: readonly Values[]): Values =>
  combine(parts, (...values) => values.map(toText).join(''));

/** The value of a key, null if missing. All values if the key is unknown. */
export function lookUp(container: Value, key: Value): Values {
  if (isList(container)) {
    if (typeof key === 'number' || /^\d+$/.test(toText(key))) return [container[Number(key)] ?? null];
    return isOpen(key) && container.length > 0 ? toUniqueValues(container) : [OPEN];
  }
  if (container instanceof OpenCollection) return lookUpPossible(container, key);
  if (!isMap(container)) return [OPEN];
  const name = toText(key);
  if (name.includes(OPEN)) return name === OPEN ? toOpenIfEmpty(toUniqueValues(Object.values(container))) : [OPEN];
  return [container[name] ?? null];
}

/** All values that a key may have. A list's item may be at any position. */
function lookUpPossible({ kind, entries }: OpenCollection, key: Value): Values {
  const isPossible = (other: Value) => isOpen(key) || isOpen(other) || toText(other) === toText(key);
  const values = entries.filter(([other]) => kind === 'list' || isPossible(other)).map(([, value]) => value);
  return toOpenIfEmpty(toUniqueValues(values));
}

/** Matches unknown parts without anything between. */
export const openParts = new RegExp(`${OPEN}+`, 'g');

const toOpenIfEmpty = (values: Values): Values => (values.length === 0 ? [OPEN] : values);

/** Without a letter, the known parts say nothing about the name. */
const matchesEverything = /^\*[-._0-9*]*$/;

/** Converts values to trimmed names without duplicates. Unknown if the evaluation exceeded its budget. */
export function toResolvedNames(values: Values, budget: Budget): readonly ResolvedName[] {
  if (budget.left <= 0) return [{ kind: 'open', text: '*' }];
  const names = new Map<string, ResolvedName>();
  for (const value of values) {
    const text = toText(value).trim().replaceAll(openParts, '*');
    if (text === '' || matchesEverything.test(text)) continue;
    names.set(text, { kind: text.includes('*') ? 'pattern' : 'exact', text });
  }
  return names.size === 0 ? [{ kind: 'open', text: '*' }] : [...names.values()];
}

/** Limits an evaluation: references may be circular and aliases may multiply. */
export interface Budget {
  left: number;
  depth: number;
}

/** Depth of references. Deeper ones are circular. */
const maxReferenceDepth = 120;

/** Runs one step of an evaluation. The result is unknown once the budget is spent. */
export function runStep(budget: Budget, step: () => Values): Values {
  if (budget.depth >= maxReferenceDepth) budget.left = 0;
  if (budget.left <= 0) return [OPEN];
  budget.left--;
  budget.depth++;
  const values = step();
  budget.depth--;
  budget.left -= Math.floor(values.reduce<number>((sum, value) => sum + measureLength(value), 0) / lengthPerStep);
  return values;
}

/** Characters or items of results that take as long as a step. */
const lengthPerStep = 200;

/** The length of a text. An item of a list counts as several characters. */
const measureLength = (value: Value): number =>
  typeof value === 'string' ? value.length : isList(value) ? 10 * value.length : 0;
