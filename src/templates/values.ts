import type { ResolvedName } from './model.ts';

/**
 * Stands for what the files leave open, alone or inside a text: joining, trimming or replacing
 * around it then needs no special case. No template can write it: YAML, JSON and HCL refuse NUL.
 */
export const OPEN = '\u0000';

export type Value = string | number | boolean | null | readonly Value[] | ValueMap;
export type ValueMap = { readonly [key: string]: Value };

/** A value that is one of several, as a loop or a condition leaves it. */
export type Values = readonly Value[];

/** More than these are no help to anyone, and a product of a few lists is soon millions. */
const mostAlternatives = 64;

/** No name is made of more parts. */
export const maxParts = 2_000;

/** Texts beyond this are no names, and replacing in one again and again would make it grow without end. */
const longestText = 5_000;

const isTooLong = (value: Value): boolean => typeof value === 'string' && value.length > longestText;

export const isOpen = (value: Value): boolean => typeof value === 'string' && value.includes(OPEN);
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isMap = (value: Value): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Builds a map that a key such as `__proto__` cannot reach through. */
export function createMap(entries: Iterable<readonly [string, Value]>): ValueMap {
  const map: Record<string, Value> = Object.create(null);
  for (const [key, value] of entries) map[key] = value;
  return map;
}

/** A value as a part of a text; lists, maps and null have none. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : OPEN;
}

/** Each value once, up to the bound; beyond it nothing is known. */
export function toUniqueValues(values: Iterable<Value>): Values {
  const seen = new Map<unknown, Value>();
  for (const value of values) {
    const key = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    seen.set(key, value);
    if (seen.size > mostAlternatives) return [OPEN];
  }
  return [...seen.values()];
}

/** Applies a function to every combination of what its arguments may be. */
export function combine(parts: readonly Values[], apply: (...values: Value[]) => Value): Values {
  const total = parts.reduce((product, part) => product * part.length, 1);
  if (total > mostAlternatives || parts.length > maxParts) return [OPEN];
  return toUniqueValues(
    Array.from({ length: total }, (_, row) => {
      const value = apply(...combination(parts, row).map((part) => (isTooLong(part) ? OPEN : part)));
      return isTooLong(value) ? OPEN : value;
    }),
  );
}

/** The row-th way to take one value of each part. */
function combination(parts: readonly Values[], row: number): Value[] {
  let rest = row;
  const values: Value[] = [];
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] ?? [];
    values.push(part[rest % part.length] ?? null);
    rest = Math.floor(rest / part.length);
  }
  return values.reverse();
}

/** Texts side by side, for every combination of what they may be. */
export const concatenate = (parts: readonly Values[]): Values =>
  combine(parts, (...values) => values.map(toText).join(''));

/** What is found under a key, null if nothing; everything that may be found, where the key stays open. */
export function lookUp(container: Value, key: Value): Values {
  if (isList(container)) {
    if (typeof key === 'number' || /^\d+$/.test(toText(key))) return [container[Number(key)] ?? null];
    return isOpen(key) && container.length > 0 ? toUniqueValues(container) : [OPEN];
  }
  if (!isMap(container)) return [OPEN];
  const name = toText(key);
  if (name.includes(OPEN)) return name === OPEN ? orOpen(toUniqueValues(Object.values(container))) : [OPEN];
  return [container[name] ?? null];
}

const openParts = new RegExp(`${OPEN}+`, 'g');

const orOpen = (values: Values): Values => (values.length === 0 ? [OPEN] : values);

/** Values as names: trimmed, each once. An evaluation that spent its budget went in circles: it knows nothing. */
export function toResolvedNames(values: Values, budget: Budget): readonly ResolvedName[] {
  if (budget.left <= 0) return [{ kind: 'open', text: '*' }];
  const names = new Map<string, ResolvedName>();
  for (const value of values) {
    const text = toText(value).trim().replaceAll(openParts, '*');
    if (text === '' || text === '*') continue;
    names.set(text, { kind: text.includes('*') ? 'pattern' : 'exact', text });
  }
  return names.size === 0 ? [{ kind: 'open', text: '*' }] : [...names.values()];
}

/** What an evaluation may still spend: names may lead in circles, and aliases multiply. */
export interface Budget {
  left: number;
  depth: number;
}

/** References to references to references: deeper ones only a circle has. */
const deepestReference = 120;

/** One step of an evaluation; nothing is known once the budget is spent. */
export function runStep(budget: Budget, step: () => Values): Values {
  if (budget.depth >= deepestReference) budget.left = 0;
  if (budget.left <= 0) return [OPEN];
  budget.left--;
  budget.depth++;
  const values = step();
  budget.depth--;
  return values;
}
