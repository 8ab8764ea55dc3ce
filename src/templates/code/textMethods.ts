import { formatPrintf, toTextIn } from '../expressions/operators.ts';
import { getSubstring, replaceText, trimCharacters, trimSpaces } from '../openText.ts';
import { syntaxCalls } from '../syntax/pythonReader.ts';
import { isMap, isOpen, OPEN, toText, type Value } from '../values.ts';

/** A method of a text. A missing argument is undefined. Anything that is not a text or a number is unknown. */
type TextMethod = (text: string, ...values: readonly Value[]) => Value;

/** The methods of texts by name, for texts with unknown parts as well. */
export const textMethods: ReadonlyMap<string, TextMethod> = new Map<string, TextMethod>([
  ['toLowerCase', (text) => text.toLowerCase()],
  ['toUpperCase', (text) => text.toUpperCase()],
  ['toLocaleLowerCase', (text) => text.toLowerCase()],
  ['toLocaleUpperCase', (text) => text.toUpperCase()],
  ['lower', (text) => text.toLowerCase()],
  ['upper', (text) => text.toUpperCase()],
  ['trim', (text) => trimSpaces(text)],
  [
    'strip',
    (text, characters) => (characters === undefined ? trimSpaces(text) : trimCharacters(text, toText(characters))),
  ],
  ['toString', (text) => text],
  ['concat', (text, ...others) => [text, ...others.map(toText)].join('')],
  ['slice', slice],
  [syntaxCalls.slice, slice],
  ['substring', substring],
  ['split', split],
]);

/** Replaces the first occurrence of a text. What is unknown may contain an earlier one. */
export function replaceFirst(text: string, search: Value = OPEN, replacement: Value = OPEN): Value {
  const [wanted, inserted] = [toText(search), toText(replacement)];
  if (isOpen(wanted) || wanted === '' || inserted.includes('$')) return OPEN;
  const open = text.indexOf(OPEN);
  const known = open < 0 ? text : text.slice(0, open);
  if (open < 0 || known.includes(wanted)) return text.replace(wanted, () => inserted);
  return known.slice(0, Math.max(0, known.length - wanted.length + 1)) + OPEN;
}

/** Replaces every occurrence of a text. */
export function replaceEvery(text: string, search: Value = OPEN, replacement: Value = OPEN): Value {
  const wanted = toText(search);
  return wanted === '' ? OPEN : replaceText(text, wanted, toText(replacement));
}

const isIndex = (value: Value | undefined): value is number => Number.isInteger(value);

function slice(text: string, from: Value = 0, to?: Value): Value {
  if (!isIndex(from) || !(to === undefined || isIndex(to))) return OPEN;
  if (!isOpen(text)) return text.slice(from, to);
  return to === undefined || (to >= from && from >= 0) ? getSubstring(text, from, to && to - from) : OPEN;
}

function substring(text: string, from: Value = 0, to?: Value): Value {
  if (!isIndex(from) || !(to === undefined || isIndex(to))) return OPEN;
  return isOpen(text) ? slice(text, Math.max(0, from), to) : text.substring(from, to);
}

/** Splits a text at a separator. How often what is unknown contains it is not known. */
function split(text: string, separator?: Value, limit?: Value): Value {
  if (isOpen(text) || limit !== undefined) return OPEN;
  if (separator === undefined) return text.trim().split(/\s+/);
  return typeof separator === 'string' && !isOpen(separator) && separator !== '' ? text.split(separator) : OPEN;
}

/** Python's `'{}-{name}'.format(…)`. */
export function formatPython(format: string, values: readonly Value[], named: Value): Value {
  let next = 0;
  return format.replaceAll(/\{\{|\}\}|\{(\w*)([^\w{}][^{}]*)?\}/g, (written, key: string | undefined, spec = '') => {
    if (key === undefined) return written.charAt(0);
    // What is unknown may contain fields as well, which shift the numbers.
    const position = key === '' && isOpen(format) ? -1 : Number(key === '' ? next++ : key);
    const value = Number.isNaN(position) ? (isMap(named) ? named[key] : undefined) : values[position];
    return formatField(value ?? OPEN, spec);
  });
}

/** Formats like `{}` and `{:02d}`. Others are not followed. */
function formatField(value: Value, spec: string): string {
  if (spec === '') return toTextIn('python', value);
  return /^:0?\d{0,2}d$/.test(spec) ? formatPrintf(`%${spec.slice(1)}`, [value]) : OPEN;
}
