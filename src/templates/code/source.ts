import type { Argument, Expression } from '../expressions/expression.ts';
import type { Grammar } from '../expressions/grammar.ts';
import { Parser } from '../expressions/parser.ts';
import { type Dialect, Lexer, type Token } from '../expressions/tokens.ts';
import type { Range } from '../model.ts';
import type { Work } from '../timeSlicing.ts';

/** Characters and tokens to process between two yields. */
const stepSize = { characters: 10_000, tokens: 5_000 };

const maxOccurrences = 2_000;

/** Parses a program into tokens. */
export function* readSource(text: string, dialect: Dialect, grammar: Grammar): Work<Source> {
  const lexer = new Lexer(text, dialect);
  const tokens: Token[] = [];
  for (
    let at = 0;
    at < text.length;
    at = lexer.tokenize(at, Math.min(text.length, at + stepSize.characters), 'end', tokens).end
  ) {
    yield;
  }
  return new Source(text, grammar, tokens, yield* matchBrackets(tokens), yield* indexWords(tokens));
}

/** A program's tokens, with an index of words and matching brackets. */
export class Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly #grammar: Grammar;
  readonly #brackets: Brackets;
  /** Parsed arguments by the index of their opening bracket. */
  readonly #argumentsCache = new Map<number, readonly Argument[]>();
  readonly #words: ReadonlyMap<string, readonly number[]>;

  constructor(
    text: string,
    grammar: Grammar,
    tokens: readonly Token[],
    brackets: Brackets,
    words: ReadonlyMap<string, readonly number[]>,
  ) {
    this.text = text;
    this.#grammar = grammar;
    this.tokens = tokens;
    this.#brackets = brackets;
    this.#words = words;
  }

  /** A token's text. Empty for strings and out of range. */
  word(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  /** The indexes of a word's tokens. Empty if there are too many. */
  findOccurrences(word: string): readonly number[] {
    const indexes = this.#words.get(word) ?? [];
    return indexes.length > maxOccurrences ? [] : indexes;
  }

  /** The index of the matching bracket. */
  partner(index: number): number | undefined {
    return this.#brackets.partners[index];
  }

  /** The index of the bracket around a token. */
  enclosing(index: number): number | undefined {
    return this.#brackets.enclosing[index];
  }

  /** The expression that starts at a token. */
  expressionAt(index: number): Expression {
    return new Parser(this.tokens, this.#grammar, index).expression();
  }

  /** The arguments after an opening bracket. */
  argumentsAt(index: number): readonly Argument[] {
    const list = this.#argumentsCache.get(index) ?? new Parser(this.tokens, this.#grammar, index).arguments();
    this.#argumentsCache.set(index, list);
    return list;
  }

  /** The range from one token to the end of another, or to the text's end if that is missing. */
  span(from: number, to: number | undefined): Range {
    const start = this.tokens[from]?.start ?? 0;
    return { start, end: this.tokens[to ?? -1]?.end ?? this.text.length };
  }

  /** The index of the next `mark` on this level before the end of the bracket or statement. */
  find(mark: string, from: number, stops: string): number | undefined {
    let angles = 0;
    for (let at = from; at < this.tokens.length; at++) {
      const token = this.tokens[at];
      if (token?.text === '<') angles++;
      else if (token?.text === '>') angles--;
      if (angles > 0 && token?.text === ',') continue;
      if (token?.text === mark) return at;
      if (token?.kind === 'newline' || (token?.kind === 'mark' && stops.includes(token.text))) return undefined;
      at = ('([{'.includes(token?.text || ' ') && this.partner(at)) || at;
    }
    return undefined;
  }
}

function* indexWords(tokens: readonly Token[]): Work<ReadonlyMap<string, readonly number[]>> {
  const words = new Map<string, number[]>();
  // Indexed loops, here and below, are considerably faster than `entries()` for tens of thousands of tokens.
  for (let index = 0; index < tokens.length; index++) {
    if (index % stepSize.tokens === 0) yield;
    const token = tokens[index];
    if (token?.kind !== 'word') continue;
    const indexes = words.get(token.text);
    if (indexes === undefined) words.set(token.text, [index]);
    else indexes.push(index);
  }
  return words;
}

/** Indexes of brackets by the index of a token: the matching bracket and the enclosing one. */
interface Brackets {
  readonly partners: readonly (number | undefined)[];
  readonly enclosing: readonly (number | undefined)[];
}

const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function* matchBrackets(tokens: readonly Token[]): Work<Brackets> {
  const partners: (number | undefined)[] = new Array(tokens.length);
  const enclosing: (number | undefined)[] = new Array(tokens.length);
  const open: number[] = [];
  /** Open brackets of each kind. A closing bracket without an open one is ignored. */
  const openCounts: Record<string, number> = { '(': 0, '[': 0, '{': 0 };
  for (let index = 0; index < tokens.length; index++) {
    if (index % stepSize.tokens === 0) yield;
    const { kind, text = '' } = tokens[index] ?? {};
    const opener = kind === 'mark' ? openers[text] : undefined;
    if (opener !== undefined && openCounts[opener]) {
      // An unclosed bracket ends with the enclosing one.
      for (let opened: string | undefined; opened !== opener; ) {
        const at = open.pop() ?? 0;
        opened = tokens[at]?.text ?? opener;
        openCounts[opened] = (openCounts[opened] ?? 1) - 1;
        if (opened === opener) [partners[at], partners[index]] = [index, at];
      }
    }
    enclosing[index] = open.at(-1);
    const openCount = kind === 'mark' ? openCounts[text] : undefined;
    if (openCount === undefined) continue;
    openCounts[text] = openCount + 1;
    open.push(index);
  }
  return { partners, enclosing };
}
