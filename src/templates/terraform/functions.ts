import { formatPrintf } from '../expressions/operators.ts';
import { getSubstring, replaceText, trimCharacters, trimEnd, trimPrefix, trimSpaces, trimSuffix } from '../openText.ts';
import { isOpen, OPEN, toText, type Value } from '../values.ts';
import { collectionFunctions } from './collectionFunctions.ts';
import { type TerraformFunction, toInteger, toNumber } from './functionTypes.ts';
import { findMatch, findMatches, replaceMatches } from './patterns.ts';

/** Applies a function to texts that may have unknown parts. */
const onText =
  (apply: (text: string, ...more: string[]) => Value): TerraformFunction =>
  (text = OPEN, ...more) => [apply(toText(text), ...more.map(toText))];

/** Applies a function to texts without unknown parts. */
const onKnownText =
  (apply: (text: string, ...more: string[]) => Value): TerraformFunction =>
  (...values) => {
    const [text = OPEN, ...more] = values.map(toText);
    return [isOpen(text) || more.some(isOpen) ? OPEN : apply(text, ...more)];
  };

const unchanged: TerraformFunction = (value = OPEN) => [value];

const isLineEnd = (character: string): boolean => character === '\n' || character === '\r';

const firstLetter = new RegExp(`(?<![\\p{L}\\p{N}_${OPEN}])\\p{Ll}`, 'gu');
const letterAfterOpenPart = new RegExp(`${OPEN}\\p{Ll}`, 'gu');

/** Capitalizes each word. The first letter after an unknown part may be within a word. */
const toTitle = (text: string): string =>
  text.replaceAll(firstLetter, (letter) => letter.toUpperCase()).replaceAll(letterAfterOpenPart, OPEN);

/** `/…/` is a regular expression. */
function replace(text: string, search = OPEN, replacement = OPEN): string {
  const isPattern = search.length > 1 && search.startsWith('/') && search.endsWith('/');
  return isPattern ? replaceMatches(text, search.slice(1, -1), replacement) : replaceText(text, search, replacement);
}

function substr(text: string, offset: number | undefined, length: number | undefined): Value {
  if (offset === undefined || length === undefined) return OPEN;
  return getSubstring(text, offset, length < 0 ? undefined : length);
}

/** The last part of a path. An unknown part may contain slashes. */
function getBaseName(path: string): string {
  const withoutSlashes = path.replace(/(?<!\/)\/+$/, '');
  if (withoutSlashes === '') return path === '' ? '.' : '/';
  const start = Math.max(withoutSlashes.lastIndexOf('/') + 1, withoutSlashes.lastIndexOf(OPEN));
  const isEndOpen = withoutSlashes.endsWith(OPEN);
  return isEndOpen ? OPEN : withoutSlashes.slice(start);
}

/** The path of the folder. Terraform would also simplify `.` and `..`. */
function getFolderName(path: string): Value {
  if (/(^|\/)\.{0,2}(\/|$)/.test(path)) return OPEN;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

function toBoolean(value: Value): Value {
  if (value === null || typeof value === 'boolean') return value;
  return value === 'true' || value === 'false' ? value === 'true' : OPEN;
}

/** Terraform's functions that are used to build names. */
export const terraformFunctions: ReadonlyMap<string, TerraformFunction> = new Map<string, TerraformFunction>([
  ['lower', onText((text) => text.toLowerCase())],
  ['upper', onText((text) => text.toUpperCase())],
  ['title', onText(toTitle)],
  ['trimspace', onText((text) => trimSpaces(text))],
  ['chomp', onText((text) => trimEnd(text, isLineEnd))],
  ['trimprefix', onText((text, prefix = OPEN) => trimPrefix(text, prefix))],
  ['trimsuffix', onText((text, suffix = OPEN) => trimSuffix(text, suffix))],
  ['trim', onText((text, characters = OPEN) => trimCharacters(text, characters))],
  ['replace', onText(replace)],
  ['regex', onText((pattern, text = OPEN) => findMatch(text, pattern))],
  ['regexall', onText((pattern, text = OPEN) => findMatches(text, pattern))],
  [
    'substr',
    (text = OPEN, offset = OPEN, length = OPEN) => [substr(toText(text), toInteger(offset), toInteger(length))],
  ],
  ['split', onKnownText((separator, text = OPEN) => text.split(separator))],
  ['format', (format = OPEN, ...values) => [formatPrintf(toText(format), values)]],
  ['basename', onText(getBaseName)],
  ['dirname', onKnownText(getFolderName)],
  ['startswith', onKnownText((text, prefix = OPEN) => text.startsWith(prefix))],
  ['endswith', onKnownText((text, suffix = OPEN) => text.endsWith(suffix))],
  ['tostring', (value = OPEN) => [value === null ? null : toText(value)]],
  ['tonumber', (value = OPEN) => [toNumber(value)]],
  ['tobool', (value = OPEN) => [toBoolean(value)]],
  ['sensitive', unchanged],
  ['nonsensitive', unchanged],
  ...collectionFunctions,
]);
