import type { Grammar } from '../expressions/grammar.ts';
import type { Dialect, Lexer, Token } from '../expressions/tokens.ts';
import { readString } from './strings.ts';

/** Expression syntax of TypeScript and JavaScript. */
export const javascriptGrammar: Grammar = {
  pythonConditional: false,
  namedArguments: false,
  wordOperators: {},
  ignoredPrefixes: new Set(['new', 'await']),
  typeWords: new Set(['as', 'satisfies']),
};

/** Lexical rules of TypeScript and JavaScript. */
export const javascript: Dialect = {
  lineComments: ['//'],
  blockComments: true,
  newlines: false,
  word: /[A-Za-z_$#\u00c0-\uffff][\w$\u00c0-\uffff]*/y,
  createString(lexer, at, previous) {
    const quote = lexer.text.charAt(at);
    if (quote === '"' || quote === "'") {
      return readString(lexer, at, { from: at + 1, close: quote, oneLine: true, raw: false, interpolation: undefined });
    }
    if (quote === '`') {
      return readString(lexer, at, { from: at + 1, close: quote, oneLine: false, raw: false, interpolation: '${' });
    }
    return quote === '/' ? regularExpression(lexer, at, previous) : undefined;
  },
};

const pattern = /\/(?![*/])(?:[^\\/[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\/[a-z]*/y;
const wordsBefore = new Set(['return', 'typeof', 'case', 'in', 'of', 'await', 'else']);

/** A slash after a value is a division. Elsewhere it starts a regular expression, which may contain quotes. */
function regularExpression(lexer: Lexer, at: number, previous: Token | undefined): Token | undefined {
  const divides =
    previous !== undefined &&
    (previous.kind === 'mark'
      ? ')]}'.includes(previous.text)
      : !(previous.kind === 'word' && wordsBefore.has(previous.text)));
  if (divides) return undefined;
  pattern.lastIndex = at;
  const text = pattern.exec(lexer.text)?.[0];
  return text === undefined ? undefined : { kind: 'mark', text: '/', start: at, end: at + text.length };
}
