import { getElements } from '../expressions/evaluate.ts';
import type { ExpressionLanguage } from '../expressions/expression.ts';
import { syntaxCalls } from '../syntax/pythonReader.ts';
import {
  createMap,
  hasOpenPart,
  isList,
  isMap,
  isOpen,
  OPEN,
  OpenCollection,
  toText,
  unknown,
  type Value,
  type Values,
} from '../values.ts';

type CollectionMethod = (collection: Value, ...values: readonly Value[]) => Value;

const getPairs = (object: Value): Value =>
  isMap(object) ? Object.entries(object).map(([key, value]) => [key, value]) : OPEN;
const getKeys = (object: Value): Value => (isMap(object) ? Object.keys(object) : OPEN);
const getValues = (object: Value): Value => (isMap(object) ? Object.values(object) : OPEN);

export const join = (list: Value, separator: Value): Value =>
  isList(list) ? list.map(toText).join(toText(separator)) : OPEN;

/** The methods of lists and maps by name. */
export const collectionMethods: ReadonlyMap<string, CollectionMethod> = new Map<string, CollectionMethod>([
  ['join', (list, separator = ',') => join(list, separator)],
  ['filter', (list) => openOrder(list)],
  ['concat', (list, ...others) => (isList(list) ? toFlatList([list, ...others]) : OPEN)],
  ['sort', sort],
  ['reverse', (list) => (isList(list) ? list.toReversed() : openOrder(list))],
  [syntaxCalls.setItem, setItem],
  ['slice', sliceList],
  [syntaxCalls.slice, sliceList],
  ['pop', (list, index = -1) => getItem(list, index)],
  ['shift', (list) => getItem(list, 0)],
  ['at', (list, index = 0) => getItem(list, index)],
  ['items', getPairs],
  ['keys', getKeys],
  ['values', getValues],
  ['entries', (collection) => getElements(collection)?.map(([key, value]) => [key, value]) ?? OPEN],
  [
    'get',
    (map, key = OPEN, defaultValue = null) => (isMap(map) && !isOpen(key) ? (map[toText(key)] ?? defaultValue) : OPEN),
  ],
]);

/** Functions that are called by their last two names, or by a single one. */
export const collectionFunctions: ReadonlyMap<string, (...values: readonly Value[]) => Value> = new Map<
  string,
  (...values: readonly Value[]) => Value
>([
  ['Object.entries', (object = OPEN) => getPairs(object)],
  ['Object.keys', (object = OPEN) => getKeys(object)],
  ['Object.values', (object = OPEN) => getValues(object)],
  ['Fn.join', (separator = '', list = OPEN) => join(list, separator)],
  ['enumerate', enumerate],
  ['zip', zip],
  ['sorted', sort],
  ['list', toList],
  [syntaxCalls.iterate, toList],
  [syntaxCalls.iteratePairs, (pairs = OPEN) => toDictionary(pairs, null)],
  [syntaxCalls.flatten, (lists = OPEN) => flatten(lists)],
]);

const getItem = (list: Value, index: Value): Value =>
  isList(list) && typeof index === 'number' ? (list.at(index) ?? null) : OPEN;

/** The items of a list of which the number and the order are unknown. */
const openOrder = (list: Value): Value => (isList(list) ? OpenCollection.ofItems(list) : isOpen(list) ? list : OPEN);

const toFlatList = (lists: readonly Value[]): Value =>
  lists.every((list) => !isOpen(list)) ? lists.flatMap((list) => (isList(list) ? list : [list])) : OPEN;

function sliceList(list: Value, from: Value = 0, to?: Value): Value {
  const isKnown = isList(list) && typeof from === 'number' && (to === undefined || typeof to === 'number');
  return isKnown ? list.slice(from, to) : openOrder(list);
}

function enumerate(list: Value = OPEN, first: Value = 0): Value {
  const start = typeof first === 'number' ? first : Number.NaN;
  if (!isList(list)) return OPEN;
  return list.map((value, index) => [Number.isNaN(start) ? OPEN : start + index, value]);
}

function zip(...lists: readonly Value[]): Value {
  if (lists.length === 0 || !lists.every(isList)) return OPEN;
  const length = Math.min(...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) => lists.map((list) => list[index] ?? OPEN));
}

/** The items of a list's lists. */
export function flatten(lists: Value): Value {
  const items = lists instanceof OpenCollection ? lists.items : isList(lists) ? lists : undefined;
  if (items === undefined) return OPEN;
  const isKnown = isList(lists) && items.every(isList);
  const all = items.flatMap((item) => (item instanceof OpenCollection ? item.items : isList(item) ? item : [OPEN]));
  return isKnown ? all : OpenCollection.ofItems(all);
}

/** `list[index] = item` */
function setItem(list: Value, index: Value = OPEN, item: Value = OPEN): Value {
  if (!isList(list) || typeof index !== 'number') return OPEN;
  const at = index < 0 ? list.length + index : index;
  return at >= 0 && at < list.length ? list.with(at, item) : OPEN;
}

function sort(list: Value = OPEN, ...options: readonly Value[]): Value {
  const items = toList(list);
  const isSortable = isList(items) && options.length === 0 && !hasOpenPart(items);
  if (!isSortable || !items.every((item) => typeof item === 'string')) return openOrder(items);
  return items.toSorted((a, b) => (a < b ? -1 : 1));
}

/** The items that Python iterates over. */
function toList(collection: Value = OPEN): Value {
  if (isMap(collection)) return Object.keys(collection);
  if (!(collection instanceof OpenCollection)) return isList(collection) ? collection : OPEN;
  return collection.kind === 'list' ? collection : OpenCollection.ofItems(collection.entries.map(([key]) => key));
}

/** Python's `dict(pairs, name=value)`. */
export function toDictionary(pairs: Value | undefined, named: Value): Value {
  const others = isMap(named) ? Object.entries(named) : [];
  const entries = pairs === undefined ? [] : isMap(pairs) ? Object.entries(pairs) : toPairs(pairs);
  if (entries === undefined) return OPEN;
  const keys = new Set(entries.map(([key]) => toText(key)));
  // Pairs with the same key may also be those of a loop.
  if (keys.size < entries.length || [...keys].some(isOpen)) return new OpenCollection('map', [...entries, ...others]);
  return createMap([...entries.map(([key, value]) => [toText(key), value] as const), ...others]);
}

function toPairs(list: Value): readonly (readonly [Value, Value])[] | undefined {
  if (!isList(list)) return undefined;
  const pairs = list.flatMap((pair) =>
    isList(pair) && pair.length === 2 ? [[pair[0] ?? OPEN, pair[1] ?? OPEN] as const] : [],
  );
  return pairs.length === list.length ? pairs : undefined;
}

/** What a loop over a collection has in turn: in Python, the keys of a dictionary. */
export const getIterated = (collection: Value, language: ExpressionLanguage): Values =>
  getElements(collection)?.map(([key, value]) => (language === 'python' && isMap(collection) ? key : value)) ?? unknown;
