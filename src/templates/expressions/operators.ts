import { isList, isOpen, OPEN, toText, type Value } from '../values.ts';

/** Applies a binary operator. */
export function applyOperator(operator: string, a: Value, b: Value): Value {
  const areKnown = !isOpen(a) && !isOpen(b);
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
  if (operator === '%' && typeof a === 'string') return formatPercent(a, isList(b) ? b : [b]);
  return typeof a === 'number' && typeof b === 'number' ? applyArithmetic(operator, a, b) : OPEN;
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

/** Formats `%s` and similar verbs. */
export function formatPercent(format: string, values: readonly Value[]): string {
  let next = 0;
  return format.replaceAll(
    /%(?:\(\w+\))?([-+ 0#]*)((?:[1-9]\d*)?)(?:\.\d+)?([a-zA-Z%])/g,
    (_, flags: string, width: string, verb: string) => {
      if (verb === '%') return '%';
      const text = toText(values[next++] ?? OPEN);
      return flags.includes('0') && !isOpen(text) ? text.padStart(Math.min(Number(width), maxWidth), '0') : text;
    },
  );
}

const isEqual = (a: Value, b: Value): boolean =>
  typeof a === 'object' || typeof b === 'object' ? JSON.stringify(a) === JSON.stringify(b) : String(a) === String(b);

export const isTrue = (value: Value): boolean =>
  value !== false && value !== null && value !== '' && value !== 0 && value !== 'false';
export const isFalse = (value: Value): boolean => value === false || value === 'false';
