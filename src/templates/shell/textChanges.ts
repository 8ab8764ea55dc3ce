import { type Environment, evaluate } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import { replaceText, trimPrefix, trimSuffix } from '../openText.ts';
import { combine, OPEN, toText, type Values } from '../values.ts';

type Change = (text: string, pattern: string, replacement: string) => string;

/** What `${NAME,,}`, `${NAME%suffix}`, `${NAME//old/new}` and the like do with a text. Their patterns are plain texts. */
const changes: ReadonlyMap<string, Change> = new Map<string, Change>([
  [',,', (text) => text.toLowerCase()],
  ['^^', (text) => text.toUpperCase()],
  ['%', trimSuffix],
  ['%%', trimSuffix],
  ['#', trimPrefix],
  ['##', trimPrefix],
  ['//', replaceText],
]);

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
    (value = OPEN, pattern = '', replacement = '') => change(toText(value), toText(pattern), toText(replacement)),
  );
}
