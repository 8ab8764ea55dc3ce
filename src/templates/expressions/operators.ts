import { hasOpenPart, isList, isOpen, OPEN, toText, type Value } from '../values.ts';

/** Applies a binary operator. */
export function applyOperator(operator: string, a: Value, b: Value): Value {
  const areKnown = !hasOpenPart(a) && !hasOpenPart(b);
  switch (operator) {
    case '==':
    case '===':
      return areKnown ? isEqual(a, b) : OPEN;
    case '!=':
    case '!==':
      return areKnown ? !isEqual(a, b) : OPEN;
    case '&&':
      return isFalse(a) || isFalse(b) ? false : areKnown ? isTrue(a) && isTrue(b) : OPEN;
    case '||':
      return (isTrue(a) && !isOpen(a)) || (isTrue(b) && !isOpen(b)) ? true : areKnown ? false : OPEN;
    case '+':
      return typeof a === 'number' && typeof b === 'number' ? a + b : toText(a) + toText(b);
  }
  if (operator === '%' && typeof a === 'string') return formatPrintf(a, isList(b) ? b : [b]);
  const result = typeof a === 'number' && typeof b === 'number' ? applyArithmetic(operator, a, b) : OPEN;
  return typeof result === 'number' && !Number.isFinite(result) ? OPEN : result;
}

function applyArithmetic(operator: string, a: number, b: number): Value {
  switch (operator) {
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return OPEN;
  }
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

/** Whether two known values are equal. */
export const isEqual = (a: Value, b: Value): boolean =>
  typeof a === 'object' || typeof b === 'object' ? JSON.stringify(a) === JSON.stringify(b) : String(a) === String(b);

export const isTrue = (value: Value): boolean =>
  value !== false && value !== null && value !== '' && value !== 0 && value !== 'false';
export const isFalse = (value: Value): boolean => value === false || value === 'false';
