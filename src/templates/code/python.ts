import type { Grammar } from '../expressions/grammar.ts';
import type { Dialect } from '../expressions/tokens.ts';
import { readString } from './strings.ts';

/** Expression syntax of Python. */
export const pythonGrammar: Grammar = {
  pythonConditional: true,
  namedArguments: true,
  wordOperators: { or: '||', and: '&&' },
  ignoredPrefixes: new Set(['await']),
  typeWords: new Set(),
};

const opening = /([rbuf]{0,2})("""|'''|"|')/iy;
const mayOpen = new Set('rbufRBUF"\'');

/** Lexical rules of Python. */
export const python: Dialect = {
  lineComments: ['#'],
  blockComments: false,
  newlines: true,
  word: /[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*/y,
  createString(lexer, at) {
    if (!mayOpen.has(lexer.text.charAt(at))) return undefined;
    opening.lastIndex = at;
    const [whole, prefix = '', quote = ''] = opening.exec(lexer.text) ?? [];
    if (whole === undefined) return undefined;
    return readString(lexer, at, {
      from: at + whole.length,
      close: quote,
      oneLine: quote.length === 1,
      raw: /r/i.test(prefix),
      interpolation: /f/i.test(prefix) ? '{' : undefined,
    });
  },
};
