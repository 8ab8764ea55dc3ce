import { type Environment, evaluate } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import { combine, isOpen, OPEN, toText, type Values } from '../values.ts';

type Change = (text: string, pattern: string, replacement: string) => string;

/** What `${NAME,,}`, `${NAME%suffix}`, `${NAME//old/new}` and the like do with a text. Their patterns are plain texts. */
const changes: ReadonlyMap<string, Change> = new Map<string, Change>([
  [',,', (text) => text.toLowerCase()],
  ['^^', (text) => text.toUpperCase()],
  ['%', removeEnd],
  ['%%', removeEnd],
  ['#', removeStart],
  ['##', removeStart],
  ['/', (text, pattern, replacement) => text.replace(pattern, () => replacement)],
  ['//', (text, pattern, replacement) => text.replaceAll(pattern, () => replacement)],
]);

/** Changes that treat each character by itself, so that unknown parts do not matter. */
const isByCharacter = (operator: string, pattern: string): boolean =>
  operator === ',,' || operator === '^^' || (operator === '//' && pattern.length === 1);

/** Evaluates a parameter that changes the text of its variable. */
export function changeText(
  { callee, arguments: args }: Expression & { kind: 'call' },
  environment: Environment,
): Values | undefined {
  const [operator = ''] = getPath(callee) ?? [];
  const change = changes.get(operator);
  if (change === undefined) return undefined;
  return combine(
    args.map(({ value }) => evaluate(value, environment)),
    (value = OPEN, ...texts) => {
      const [pattern = '', replacement = ''] = texts.map(toText);
      return isOpen(value) && !isByCharacter(operator, pattern) ? OPEN : change(toText(value), pattern, replacement);
    },
  );
}

function removeEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, text.length - end.length) : text;
}

function removeStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}
