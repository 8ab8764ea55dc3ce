import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchesParts } from '../../../src/templates/openText.ts';
import { terraformFunctions } from '../../../src/templates/terraform/functions.ts';
import {
  createMap,
  hasOpenPart,
  isList,
  isMap,
  OPEN,
  OpenCollection,
  type Value,
  type Values,
} from '../../../src/templates/values.ts';

const call = (name: string, ...args: readonly Value[]): Values => {
  const apply = terraformFunctions.get(name);
  assert.ok(apply, name);
  return apply(...args);
};

/** Whether a value is among those that a partly unknown value stands for. */
function matches(open: Value, value: Value): boolean {
  if (open === OPEN) return true;
  if (open instanceof OpenCollection) {
    const entries = isList(value)
      ? value.map((item) => [OPEN, item] as const)
      : isMap(value)
        ? Object.entries(value)
        : [];
    return (
      (isList(value) || isMap(value)) &&
      entries.every(([key, item]) =>
        open.entries.some((entry) => (open.kind === 'list' || matches(entry[0], key)) && matches(entry[1], item)),
      )
    );
  }
  if (typeof open === 'string' && open.includes(OPEN))
    return typeof value === 'string' && matchesParts(open.split(OPEN), value);
  if (isList(open))
    return (
      isList(value) && open.length === value.length && open.every((item, index) => matches(item, value[index] ?? null))
    );
  if (isMap(open))
    return (
      isMap(value) &&
      Object.keys(open).length === Object.keys(value).length &&
      Object.entries(open).every(([key, item]) => key in value && matches(item, value[key] ?? null))
    );
  return open === value;
}

/** Replaces unknown parts. A value of which nothing is known may be of any type. */
function substitute(value: Value, next: () => string, nextValue: () => Value): Value {
  if (value === OPEN) return nextValue();
  if (typeof value === 'string') return value.replaceAll(OPEN, next);
  if (isList(value)) return value.map((item) => substitute(item, next, nextValue));
  if (!isMap(value)) return value;
  return createMap(Object.entries(value).map(([key, item]) => [key, substitute(item, next, nextValue)] as const));
}

const character = fc.constantFrom('a', 'b', 'A', '-', '_', ' ', '/', '.', '\n', '1');
const text = fc.string({ unit: character, maxLength: 5 });
const openText = fc.string({ unit: fc.oneof(character, { arbitrary: fc.constant(OPEN), weight: 3 }), maxLength: 6 });
const list = fc.array(fc.oneof(openText, fc.constant(OPEN)), { maxLength: 4 });
const listOfLists = fc.array(fc.oneof(openText, list), { maxLength: 3 });
const map = fc
  .dictionary(fc.constantFrom('a', 'b', 'c'), openText)
  .map((entries) => createMap(Object.entries(entries)));
const number = fc.constantFrom<Value>(-1, 0, 1, 2, 3, OPEN);
const pattern = fc.constantFrom(
  '/[^a-z]/',
  '/[_-]+/',
  '/-/',
  '/a+b/',
  '/^-+|-+$/',
  '/(a)(b)/',
  '/.+/',
  '/x*/',
  '/(a|b)+/',
);
const format = fc.constantFrom('%s-%s', '%[2]s', '%03d', `a${OPEN}-%s`, '%5s', '%.2s', '%q', '%', '%v%%');
const anything = fc.oneof<fc.Arbitrary<Value>[]>(
  openText,
  fc.constant(OPEN),
  list,
  map,
  fc.constant(null),
  fc.constant(true),
);

/** Arguments of the usual types. */
const args: Readonly<Record<string, readonly fc.Arbitrary<Value>[]>> = {
  trimprefix: [openText, openText],
  trimsuffix: [openText, openText],
  trim: [openText, fc.oneof(text, openText)],
  replace: [openText, fc.oneof(pattern, openText), fc.oneof(openText, fc.constantFrom('-', '$1', '<$0>', ''))],
  regex: [fc.constantFrom('[a-z]+', '(a)', 'b$'), openText],
  regexall: [fc.constantFrom('[a-z]', '(a)', 'b$'), openText],
  substr: [openText, number, number],
  split: [fc.constantFrom('-', '/'), openText],
  format: [format, anything, anything],
  startswith: [openText, openText],
  endswith: [openText, openText],
  join: [openText, list],
  formatlist: [format, fc.oneof(list, openText), fc.oneof(list, openText)],
  flatten: [fc.oneof(listOfLists, list)],
  compact: [fc.array(fc.oneof(openText, fc.constant(OPEN)), { maxLength: 6 })],
  concat: [fc.oneof(list, fc.constant(OPEN)), list],
  setunion: [fc.oneof(list, fc.constant(OPEN)), list],
  setproduct: [fc.oneof(list, fc.constant(OPEN)), list],
  element: [list, number],
  slice: [list, number, number],
  range: [number, number],
  contains: [list, openText],
  index: [list, openText],
  length: [fc.oneof(list, map, openText)],
  keys: [map],
  values: [map],
  lookup: [fc.oneof(map, fc.constant(OPEN)), fc.constantFrom('a', 'b', OPEN, `a${OPEN}`), openText],
  merge: [fc.oneof(map, fc.constant(OPEN), fc.constant(null)), map],
  zipmap: [list, list],
  coalesce: [anything, openText, fc.constant('z')],
  coalescelist: [fc.oneof(list, fc.constant(OPEN)), list],
  try: [anything, openText],
  tonumber: [fc.oneof(openText, fc.constantFrom('1', '2.5'))],
};
const lists = new Set(['tolist', 'toset', 'distinct', 'reverse', 'sort', 'one']);

/** Where any type is possible, what stands for an unknown value is not limited to texts. */
const takesAnything = new Set(['flatten', 'coalesce', 'try', 'length', 'concat', 'merge', 'lookup', 'coalescelist']);

describe('terraformFunctions', () => {
  for (const name of terraformFunctions.keys()) {
    it(`covers every substitution of unknown parts in ${name}`, () => {
      const types = args[name] ?? [lists.has(name) ? list : openText];
      const replacement = fc.oneof<fc.Arbitrary<Value>[]>(
        text,
        ...(takesAnything.has(name) ? [fc.constant(null), fc.array(text, { maxLength: 3 })] : []),
      );
      fc.assert(
        fc.property(
          fc.tuple(...types),
          fc.infiniteStream(text),
          fc.infiniteStream(replacement),
          (values, texts, others) => {
            const known = values.map((value) =>
              substitute(
                value,
                () => texts.next().value ?? '',
                () => others.next().value ?? null,
              ),
            );
            const possible = call(name, ...values);
            for (const result of call(name, ...known)) {
              // An invalid call has no result.
              if (hasOpenPart(result)) continue;
              assert.ok(
                possible.some((value) => matches(value, result)),
                `${JSON.stringify(values)} → ${JSON.stringify(possible)}, but ${JSON.stringify(known)} → ${JSON.stringify(result)}`,
              );
            }
          },
        ),
        { numRuns: process.env.SOAK === undefined ? 500 : 20_000 },
      );
    });
  }
});
