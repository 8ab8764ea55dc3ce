import { getElements, toMap } from '../expressions/evaluate.ts';
import { formatPrintf, isEqual } from '../expressions/operators.ts';
import {
  hasOpenPart,
  isList,
  isMap,
  isOpen,
  lookUp,
  OPEN,
  OpenCollection,
  toText,
  type Value,
  type ValueMap,
  type Values,
} from '../values.ts';
import { type TerraformFunction, toInteger } from './functionTypes.ts';

const single =
  (apply: (...args: readonly Value[]) => Value): TerraformFunction =>
  (...args) => [apply(...args)];

/** Applies a function to a list of a known number of items. */
const onList =
  (apply: (list: readonly Value[], ...more: readonly Value[]) => Value): TerraformFunction =>
  (list = OPEN, ...more) => [isList(list) ? apply(list, ...more) : OPEN];

/** Applies a function that keeps, removes or reorders items. Any of them may be in the result if some are unknown. */
const onItems =
  (apply: (list: readonly Value[]) => readonly Value[]): TerraformFunction =>
  (list = OPEN) => {
    if (list instanceof OpenCollection) return [OpenCollection.ofItems(list.items)];
    return [isList(list) ? (list.length > 1 && hasOpenPart(list) ? OpenCollection.ofItems(list) : apply(list)) : OPEN];
  };

/** Applies a function to a list of which the items may be unknown. */
const onItemsInOrder =
  (apply: (list: readonly Value[]) => readonly Value[]): TerraformFunction =>
  (list = OPEN) => [isList(list) ? apply(list) : list instanceof OpenCollection ? list : OPEN];

const onEntries =
  (apply: (entry: readonly [Value, Value]) => Value): TerraformFunction =>
  (map = OPEN) => {
    const items = getElements(map, true)?.map(apply) ?? [];
    if (map instanceof OpenCollection) return [OpenCollection.ofItems(items)];
    return [isMap(map) ? items : OPEN];
  };

const unchanged: TerraformFunction = (value = OPEN) => [value];

/** More items are not names. */
const maxItems = 64;

const distinct = (list: readonly Value[]): readonly Value[] => [
  ...new Map(list.map((value) => [JSON.stringify(value), value])).values(),
];

const compare = (a: Value, b: Value): number => (toText(a) < toText(b) ? -1 : toText(a) > toText(b) ? 1 : 0);

function toSet(list: readonly Value[]): readonly Value[] {
  const items = distinct(list);
  return items.every((item) => typeof item === 'string') ? items.toSorted(compare) : items;
}

const toOpenSet = (value: Value): Value => {
  if (!isList(value)) return value;
  return value.length > 1 && hasOpenPart(value) ? OpenCollection.ofItems(value) : toSet(value);
};

/** An item that is unknown may be a list of any length. */
function flatten(value: Value): Value {
  if (!isList(value)) return value instanceof OpenCollection ? OpenCollection.ofItems(flattenItems(value)) : OPEN;
  const isCertain = (item: Value): boolean =>
    isList(item) ? item.every(isCertain) : item !== OPEN && !isCollection(item);
  const items = flattenItems(value);
  return isCertain(value) ? items : OpenCollection.ofItems(items);
}

const isCollection = (value: Value): value is OpenCollection => value instanceof OpenCollection;

const flattenItems = (value: Value): readonly Value[] =>
  isList(value) ? value.flatMap(flattenItems) : isCollection(value) ? value.items.flatMap(flattenItems) : [value];

const isMissing = (value: Value): boolean => value === null || value === '';
/** Nothing in the value is known. */
const isMaybeMissing = (value: Value): boolean => typeof value === 'string' && value.replaceAll(OPEN, '') === '';
const isEmptyList = (value: Value): boolean => isList(value) && value.length === 0;

/** Items that may be missing lead to a result with and one without them. */
const maxMaybeMissing = 3;

function compact(list: Value): Values {
  if (isCollection(list)) return [list];
  if (!isList(list)) return [OPEN];
  const present = list.filter((item) => !isMissing(item));
  if (present.filter(isMaybeMissing).length > maxMaybeMissing) return [OpenCollection.ofItems(present)];
  return present.reduce<readonly (readonly Value[])[]>(
    (results, item) => [...results.map((result) => [...result, item]), ...(isMaybeMissing(item) ? results : [])],
    [[]],
  );
}

/** The first value that is not missing, and those before it that may be. An empty text beside them says nothing. */
function selectFirst(
  values: readonly Value[],
  isAbsent: (value: Value) => boolean,
  isMaybeAbsent: (value: Value) => boolean,
): Values {
  const results: Value[] = [];
  for (const value of values) {
    if (isMaybeAbsent(value)) results.push(value);
    else if (!isAbsent(value)) return value === '' && results.length > 0 ? results : [...results, value];
  }
  return results.length === 0 ? [OPEN] : results;
}

const toPossibleItems = (value: Value): readonly Value[] =>
  isList(value) ? value : isCollection(value) ? value.items : [OPEN];

const concat = (...lists: readonly Value[]): Value =>
  lists.every(isList) ? lists.flat() : OpenCollection.ofItems(lists.flatMap(toPossibleItems));

function merge(...maps: readonly Value[]): Value {
  const present = maps.filter((map) => map !== null);
  const entries = present.flatMap((map) => getElements(isList(map) ? OPEN : map) ?? [[OPEN, OPEN] as const]);
  return present.every(isMap) ? toMap(entries) : new OpenCollection('map', entries);
}

/** Every combination of the sets' items. */
function setProduct(...sets: readonly Value[]): Value {
  const items = sets.map(toPossibleItems);
  if (items.reduce((product, { length }) => product * length, 1) > maxItems) return OPEN;
  const combinations = items.reduce<readonly (readonly Value[])[]>(
    (results, set) => results.flatMap((result) => set.map((item) => [...result, item])),
    [[]],
  );
  return sets.every(isList) ? combinations : OpenCollection.ofItems(combinations);
}

function element(list: Value, index: Value): Values {
  if (isCollection(list) || (isList(list) && isOpen(index))) return lookUp(list, OPEN);
  const at = toInteger(index);
  if (!isList(list) || at === undefined || at < 0) return [OPEN];
  return [list[at % list.length] ?? OPEN];
}

function slice(list: readonly Value[], from: number | undefined, to: number | undefined): Value {
  if (from === undefined || to === undefined) return OpenCollection.ofItems(list);
  return from < 0 || to < from || to > list.length ? OPEN : list.slice(from, to);
}

function contains(list: readonly Value[], value: Value): Value {
  const isKnown = !hasOpenPart(value);
  if (isKnown && list.some((item) => !hasOpenPart(item) && isEqual(item, value))) return true;
  return isKnown && !hasOpenPart(list) ? false : OPEN;
}

function findIndex(list: readonly Value[], value: Value): Value {
  const index = hasOpenPart(value) || hasOpenPart(list) ? -1 : list.findIndex((item) => isEqual(item, value));
  return index < 0 ? OPEN : index;
}

function one(list: Value): Values {
  if (isCollection(list)) return [...lookUp(list, OPEN), null];
  if (!isList(list) || list.length > 1) return [OPEN];
  return [list[0] ?? null];
}

function lookUpWithDefault(map: Value, key: Value, defaultValue: Value): Values {
  if (isMap(map) && !isOpen(key)) return [(map as ValueMap)[toText(key)] ?? defaultValue];
  return [...lookUp(map, isOpen(key) ? OPEN : key), defaultValue];
}

function zipMap(keys: Value, values: Value): Value {
  if (!isList(keys) || !isList(values) || keys.length !== values.length) return OPEN;
  return toMap(keys.map((key, at) => [toText(key), values[at] ?? null] as const));
}

const join = (separator: string, lists: readonly Value[]): Value =>
  lists.every(isList) ? lists.flat().map(toText).join(separator) : OPEN;

/** One text per item of the lists. A value that is not a list is repeated. */
function formatList(format: string, values: readonly Value[]): Value {
  if (values.some((value) => value === OPEN || isCollection(value))) return OPEN;
  const lengths = new Set(values.filter(isList).map(({ length }) => length));
  const [length = 1] = lengths;
  if (lengths.size > 1 || length > maxItems) return OPEN;
  return Array.from({ length }, (_, at) =>
    formatPrintf(
      format,
      values.map((value) => (isList(value) ? (value[at] ?? null) : value)),
    ),
  );
}

function range(bounds: readonly (number | undefined)[]): Value {
  const known = bounds.filter((bound) => bound !== undefined);
  if (known.length < bounds.length) return OPEN;
  const [first = 0, second, step = 1] = known;
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const length = Math.ceil((to - from) / step);
  if (!(length >= 0 && length <= maxItems)) return OPEN;
  return Array.from({ length }, (_, at) => from + at * step);
}

function getLength(value: Value): Value {
  if (isOpen(value)) return OPEN;
  return typeof value === 'string' ? value.length : (getElements(value)?.length ?? OPEN);
}

/** `map("key", "value", …)` */
function createPairs(...values: readonly Value[]): Value {
  const keys = values.filter((_, index) => index % 2 === 0);
  return toMap(keys.map((key, index) => [key, values[2 * index + 1] ?? OPEN] as const));
}

/** Functions on lists, sets and maps. A set is a sorted list without duplicates. */
export const collectionFunctions: readonly (readonly [string, TerraformFunction])[] = [
  ['join', single((separator = OPEN, ...lists) => join(toText(separator), lists))],
  ['formatlist', single((format = OPEN, ...values) => formatList(toText(format), values))],
  ['tolist', unchanged],
  ['toset', onItems(toSet)],
  ['tomap', unchanged],
  ['distinct', onItems(distinct)],
  ['flatten', single((list = OPEN) => flatten(list))],
  ['compact', (list = OPEN) => compact(list)],
  ['reverse', onItemsInOrder((list) => [...list].reverse())],
  ['sort', onItems((list) => list.map(toText).sort())],
  ['concat', single(concat)],
  ['setunion', single((...sets) => toOpenSet(concat(...sets)))],
  ['setproduct', single(setProduct)],
  ['element', (list = OPEN, index = OPEN) => element(list, index)],
  ['slice', onList((list, from = OPEN, to = OPEN) => slice(list, toInteger(from), toInteger(to)))],
  ['range', single((...bounds) => range(bounds.map(toInteger)))],
  ['contains', onList((list, value = OPEN) => contains(list, value))],
  ['index', onList((list, value = OPEN) => findIndex(list, value))],
  ['length', single((value = OPEN) => getLength(value))],
  ['one', (list = OPEN) => one(list)],
  ['keys', onEntries(([key]) => key)],
  ['values', onEntries(([, value]) => value)],
  ['lookup', (map = OPEN, key = OPEN, defaultValue = OPEN) => lookUpWithDefault(map, key, defaultValue)],
  ['merge', single(merge)],
  // Functions of Terraform before version 0.15.
  ['list', single((...items) => items)],
  ['map', single(createPairs)],
  ['zipmap', single((keys = OPEN, values = OPEN) => zipMap(keys, values))],
  ['coalesce', (...values) => selectFirst(values, isMissing, isMaybeMissing)],
  ['coalescelist', (...lists) => selectFirst(lists, isEmptyList, isOpen)],
  ['try', (...values) => selectFirst(values, (value) => value === null, hasOpenPart)],
];
