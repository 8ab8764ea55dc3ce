import { getElements } from '../expressions/evaluate.ts';
import { formatPercent } from '../expressions/operators.ts';
import { createMap, isList, isMap, isOpen, lookUp, OPEN, toText, type Value, type ValueMap } from '../values.ts';

type Function = (...args: readonly Value[]) => Value;

/** Applies a function to a text. Unknown parts of the text remain. */
const onText =
  (apply: (text: string, ...more: string[]) => Value): Function =>
  (text = OPEN, ...more) =>
    apply(toText(text), ...more.map(toText));

/** Applies a function to a known list. */
const onList =
  (apply: (list: readonly Value[], ...more: readonly Value[]) => Value): Function =>
  (list = OPEN, ...more) =>
    isList(list) ? apply(list, ...more) : OPEN;

const onMap =
  (apply: (map: ValueMap, ...more: readonly Value[]) => Value): Function =>
  (map = OPEN, ...more) =>
    isMap(map) ? apply(map, ...more) : OPEN;

const unchanged: Function = (value = OPEN) => value;

const distinct = (list: readonly Value[]): readonly Value[] => [
  ...new Map(list.map((value) => [JSON.stringify(value), value])).values(),
];

const flatten = (list: readonly Value[]): readonly Value[] =>
  list.flatMap((value) => (isList(value) ? flatten(value) : [value]));

const isMissing = (value: Value): boolean => value === null || value === '';

/** A map's keys in Terraform's order. */
const sortedKeys = (map: ValueMap): string[] => Object.keys(map).sort();

/** Terraform's functions that are used to build names. */
export const terraformFunctions: ReadonlyMap<string, Function> = new Map<string, Function>([
  ['lower', onText((text) => text.toLowerCase())],
  ['upper', onText((text) => text.toUpperCase())],
  ['title', onText((text) => text.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()))],
  ['trimspace', onText((text) => text.trim())],
  ['chomp', onText((text) => text.replace(/[\r\n]+$/, ''))],
  ['trimprefix', onText((text, prefix = '') => (text.startsWith(prefix) ? text.slice(prefix.length) : text))],
  ['trimsuffix', onText(trimSuffix)],
  ['trim', onText((text, characters = '') => trimEnd(trimStart(text, characters), characters))],
  ['replace', onText(replace)],
  ['regex', onText((text, pattern = '') => (isOpen(text) ? OPEN : (findMatch(text, pattern) ?? null)))],
  ['substr', (text = OPEN, offset = 0, length = -1) => substr(text, Number(offset), Number(length))],
  ['split', (separator = '', text = OPEN) => (isOpen(text) ? OPEN : toText(text).split(toText(separator)))],
  ['join', (separator = '', ...lists) => join(toText(separator), lists)],
  ['format', (format = OPEN, ...values) => formatPercent(toText(format), values)],
  ['formatlist', (format = OPEN, ...values) => formatList(toText(format), values)],
  ['basename', onText((path) => path.slice(path.lastIndexOf('/') + 1))],
  ['dirname', onText((path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))))],
  ['startswith', (text = OPEN, prefix = '') => (isOpen(text) ? OPEN : toText(text).startsWith(toText(prefix)))],
  ['endswith', (text = OPEN, suffix = '') => (isOpen(text) ? OPEN : toText(text).endsWith(toText(suffix)))],
  ['tostring', unchanged],
  ['tonumber', (value = OPEN) => (isOpen(value) ? OPEN : Number(value))],
  ['tobool', (value = OPEN) => (isOpen(value) ? OPEN : toText(value) === 'true')],
  ['tolist', unchanged],
  ['toset', onList(distinct)],
  ['tomap', unchanged],
  ['sensitive', unchanged],
  ['nonsensitive', unchanged],
  ['distinct', onList(distinct)],
  ['flatten', onList(flatten)],
  ['compact', onList((list) => list.filter((value) => !isMissing(value)))],
  ['reverse', onList((list) => [...list].reverse())],
  ['sort', onList((list) => list.map(toText).sort())],
  ['concat', (...lists) => (lists.every(isList) ? lists.flat() : OPEN)],
  ['setunion', (...lists) => (lists.every(isList) ? distinct(lists.flat()) : OPEN)],
  ['element', onList((list, index = OPEN) => (typeof index === 'number' ? (list[index % list.length] ?? OPEN) : OPEN))],
  ['slice', onList((list, from = 0, to) => list.slice(Number(from), to === undefined ? undefined : Number(to)))],
  ['range', (...bounds) => (bounds.every((bound) => typeof bound === 'number') ? range(bounds) : OPEN)],
  ['contains', onList((list, value = OPEN) => (isOpen(value) || list.some(isOpen) ? OPEN : list.includes(value)))],
  ['index', onList((list, value = OPEN) => list.indexOf(value))],
  ['length', (value = OPEN) => getLength(value)],
  ['one', onList((list) => list[0] ?? null)],
  ['keys', onMap(sortedKeys)],
  ['values', onMap((map) => sortedKeys(map).map((key) => map[key] ?? null))],
  [
    'lookup',
    onMap((map, key = OPEN, defaultValue = null) => (isOpen(key) ? OPEN : (map[toText(key)] ?? defaultValue))),
  ],
  ['merge', (...maps) => (maps.every(isMap) ? createMap(maps.flatMap((map) => Object.entries(map))) : OPEN)],
  [
    'zipmap',
    onList((keys, values = OPEN) => createMap(keys.map((key, at) => [toText(key), lookUp(values, at)[0] ?? null]))),
  ],
  ['coalesce', (...values) => values.find((value) => !isMissing(value)) ?? null],
  ['coalescelist', (...lists) => lists.find((list) => !isList(list) || list.length > 0) ?? OPEN],
  ['try', (...values) => values.find((value) => value !== null) ?? null],
]);

function trimSuffix(text: string, suffix = ''): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

function trimStart(text: string, characters: string): string {
  let at = 0;
  while (at < text.length && characters.includes(text.charAt(at))) at++;
  return text.slice(at);
}

function trimEnd(text: string, characters: string): string {
  let at = text.length;
  while (at > 0 && characters.includes(text.charAt(at - 1))) at--;
  return text.slice(0, at);
}

/** `/…/` is a regular expression. */
function replace(text: string, search = '', replacement = ''): string {
  const pattern = /^\/(.*)\/$/s.exec(search)?.[1];
  if (pattern === undefined) return search === '' ? text : text.replaceAll(search, () => replacement);
  const expression = regularExpression(pattern);
  return expression === undefined ? OPEN : text.replaceAll(expression, replacement.replaceAll(/\$\{(\w+)\}/g, '$$$1'));
}

const findMatch = (text: string, pattern: string): string | undefined => regularExpression(pattern)?.exec(text)?.[0];

/** Creates a regular expression unless it may backtrack exponentially. */
function regularExpression(pattern: string): RegExp | undefined {
  if (pattern.length > 100 || /[+*}]\)?[+*{]|\)[+*{]/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern, 'g');
  } catch {
    return undefined;
  }
}

function substr(text: Value, offset: number, length: number): Value {
  if (isOpen(text)) return OPEN;
  const from = toText(text).slice(offset);
  return length < 0 ? from : from.slice(0, length);
}

function join(separator: string, lists: readonly Value[]): Value {
  return lists.every(isList) ? lists.flat().map(toText).join(separator) : OPEN;
}

function formatList(format: string, values: readonly Value[]): Value {
  const longest = Math.max(0, ...values.map((value) => (isList(value) ? value.length : 0)));
  if (values.some((value) => value === OPEN)) return OPEN;
  return Array.from({ length: Math.min(longest, 64) }, (_, at) =>
    formatPercent(
      format,
      values.map((value) => (isList(value) ? (value[at] ?? null) : value)),
    ),
  );
}

function range(bounds: readonly number[]): Value {
  const [first = 0, second, step = 1] = bounds;
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const length = Math.ceil((to - from) / step);
  if (!(length >= 0 && length <= 64)) return OPEN;
  return Array.from({ length }, (_, at) => from + at * step);
}

function getLength(value: Value): Value {
  if (typeof value === 'string') return isOpen(value) ? OPEN : value.length;
  return getElements(value)?.length ?? OPEN;
}
