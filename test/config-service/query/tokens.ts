import { ApiError } from '../errors.ts';

/** A token of an expression. Keywords and names are words; `text` of a string is its value. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'symbol' | 'end';
  readonly text: string;
  /** The index of its first character. */
  readonly at: number;
}

// Each alternative starts with other characters, so that every character is read once.
const tokenPattern =
  /(?<word>[A-Za-z_][\w.-]*)|(?<string>'(?:[^']|'')*')|(?<number>-?\d+(?:\.\d+)?)|(?<symbol>[(),=*])|(?<space>\s+)/y;

/** Splits an expression into tokens. Throws InvalidExpressionException at a character that starts none. */
export function tokenize(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(expression);
    if (match === null) throw createExpressionError(`unexpected ${expression.charAt(at)}`, at);
    const { word, string, number, symbol } = match.groups ?? {};
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1).replaceAll("''", "'"), at });
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
    at = tokenPattern.lastIndex;
  }
  return [...tokens, { kind: 'end', text: 'the end', at }];
}

export function createExpressionError(problem: string, at: number): ApiError {
  return new ApiError(
    'InvalidExpressionException',
    `The syntax of the query is incorrect: ${problem} at position ${at + 1}.`,
  );
}
