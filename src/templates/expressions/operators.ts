import { toNumber } from '../terraform/functionTypes.ts';
import { hasOpenPart, isList, isMap, isOpen, OPEN, toText, type Value } from '../values.ts';
import type { ExpressionLanguage } from './expression.ts';

/** Applies a binary operator. Those of programs that decide which operand is the result do not belong to them. */
export function applyOperator(operator: string, a: Value, b: Value, language: ExpressionLanguage): Value {
  const areKnown = !hasOpenPart(a) && !hasOpenPart(b);
  const isKnownTrue = (value: Value) => !isOpen(value) && isTrue(value, language);
  switch (operator) {
    case '==':
    case '===':
      return areKnown ? isSame(operator, a, b, language) : OPEN;
    case '!=':
    case '!==':
      return areKnown ? !isSame(operator, a, b, language) : OPEN;
    case '&&':
      return isFalse(a, language) || isFalse(b, language) ? false : areKnown ? true : OPEN;
    case '||':
      return isKnownTrue(a) || isKnownTrue(b) ? true : areKnown ? false : OPEN;
  }
  if (operator === '%' && language === 'python' && typeof a === 'string') {
    return formatPrintf(
      a,
      (isList(b) ? b : [b]).map((value) => toTextIn(language, value)),
    );
  }
  const [left, right] = language === 'terraform' ? [toNumber(a), toNumber(b)] : [a, b];
  if (typeof left === 'number' && typeof right === 'number') return applyArithmetic(operator, left, right, language);
  return operator === '+' && language !== 'terraform' && (isText(a) || isText(b)) ? toText(a) + toText(b) : OPEN;
}

/** Whether a value is a text for certain. One of which nothing is known may be a number. */
const isText = (value: Value): boolean => typeof value === 'string' && value !== OPEN;

const arithmetic: Readonly<Record<string, (a: number, b: number) => Value>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function applyArithmetic(operator: string, a: number, b: number, language: ExpressionLanguage): Value {
  // In Python, numbers with decimals are written in another way, and a remainder has the sign of the divisor.
  const areIntegers = Number.isInteger(a) && Number.isInteger(b) && operator !== '/';
  const isOther = language === 'python' && (!areIntegers || (operator === '%' && (a < 0 || b < 0)));
  const result = isOther ? OPEN : (arithmetic[operator]?.(a, b) ?? OPEN);
  return typeof result === 'number' && !Number.isFinite(result) ? OPEN : result;
}

/** Characters. Names are shorter. */
const maxWidth = 300;

/** A verb such as `%s`, `%02d`, `%[1]s` or, in Python, `%(name)s`. An incomplete verb is a lone `%`. */
const verbs = /%(?:\(\w+\)|\[(\d+)\])?([-+ 0#]*)([1-9]\d*)?(?:\.(\d+))?([a-zA-Z%])|%/g;

/** Formats `%s` and similar verbs. An unknown part of the format contains no verb. */
export function formatPrintf(format: string, values: readonly Value[]): string {
  let next = 0;
  return format.replaceAll(
    verbs,
    (_, index?: string, flags = '', width?: string, precision?: string, verb?: string) => {
      if (verb === '%') return '%';
      if (index !== undefined) next = Number(index) - 1;
      const text = formatVerb(values[next++] ?? OPEN, verb, precision);
      return width === undefined ? text : pad(text, Math.min(Number(width), maxWidth), flags);
    },
  );
}

function formatVerb(value: Value, verb: string | undefined, precision: string | undefined): string {
  const text = toText(value);
  if (verb === 'd') return /^-?\d+$/.test(text) && precision === undefined ? text : OPEN;
  if (verb !== 's' && verb !== 'v') return OPEN;
  if (precision === undefined) return text;
  return isOpen(text) ? OPEN : text.slice(0, Number(precision));
}

function pad(text: string, width: number, flags: string): string {
  if (isOpen(text) || /[+#]/.test(flags)) return OPEN;
  if (flags.includes('-')) return text.padEnd(width, ' ');
  if (!flags.includes('0')) return text.padStart(width, ' ');
  return text.startsWith('-') ? OPEN : text.padStart(width, '0');
}

/** Converts a value to text as a language does. */
export function toTextIn(language: ExpressionLanguage, value: Value): string {
  if (language === 'python' && typeof value === 'boolean') return value ? 'True' : 'False';
  return toText(value);
}

/** Whether two known values are equal. A text equals a number that is written like it. */
export const isEqual = (a: Value, b: Value): boolean =>
  typeof a === 'object' || typeof b === 'object' ? JSON.stringify(a) === JSON.stringify(b) : String(a) === String(b);

function isSame(operator: string, a: Value, b: Value, language: ExpressionLanguage): boolean {
  const isStrict = operator.length === '==='.length || language === 'python';
  return isStrict && typeof a !== typeof b ? false : isEqual(a, b);
}

/** Whether a value counts as true: in Terraform a text that says so, in Python a collection that is not empty. */
export function isTrue(value: Value, language: ExpressionLanguage): boolean {
  if (value === false || value === null || value === '' || value === 0) return false;
  if (language === 'python' && (isList(value) || isMap(value))) return Object.keys(value).length > 0;
  return language !== 'terraform' || value !== 'false';
}

/** Whether a value counts as false for certain. */
export const isFalse = (value: Value, language: ExpressionLanguage): boolean =>
  !isOpen(value) && !isTrue(value, language);
