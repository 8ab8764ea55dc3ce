import type { Argument, Expression } from '../expressions/expression.ts';
import type { Grammar } from '../expressions/grammar.ts';
import { Parser } from '../expressions/parser.ts';
import { type Dialect, Lexer, type Token } from '../expressions/tokens.ts';
import type { Range } from '../model.ts';
import type { Work } from '../timeSlicing.ts';

/** Characters that are cut into tokens, and tokens that are looked at, between two pauses. */
const stretch = { characters: 10_000, tokens: 5_000 };

const mostOccurrences = 2_000;

/** Reads a program's text. */
export function* readSource(text: string, dialect: Dialect, grammar: Grammar): Work<Source> {
  const lexer = new Lexer(text, dialect);
  const tokens: Token[] = [];
  for (
    let at = 0;
    at < text.length;
    at = lexer.read(at, Math.min(text.length, at + stretch.characters), 'end', tokens).end
  ) {
    yield;
  }
  return new Source(text, grammar, tokens, yield* matchBrackets(tokens), yield* indexWords(tokens));
}

/** A program's text as tokens, with what belongs to what. */
export class Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly #grammar: Grammar;
  readonly #brackets: Brackets;
  /** Arguments that have been read: a function's are asked for at each of its names. */
  readonly #lists = new Map<number, readonly Argument[]>();
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

  /** A token's text; empty for strings and beyond the ends. */
  word(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  /** Where a word occurs; nowhere, if so often that nobody can tell what it stands for. */
  occurrences(word: string): readonly number[] {
    const found = this.#words.get(word) ?? [];
    return found.length > mostOccurrences ? [] : found;
  }

  /** The bracket that closes or opens the one at an index. */
  partner(index: number): number | undefined {
    return this.#brackets.partners[index];
  }

  /** The bracket that a token lies in. */
  enclosing(index: number): number | undefined {
    return this.#brackets.outer[index];
  }

  /** The expression that begins at a token. */
  expressionAt(index: number): Expression {
    return new Parser(this.tokens, this.#grammar, index).expression();
  }

  /** The arguments behind an opening bracket. */
  argumentsAt(index: number): readonly Argument[] {
    const list = this.#lists.get(index) ?? new Parser(this.tokens, this.#grammar, index).arguments();
    this.#lists.set(index, list);
    return list;
  }

  /** From one token to the end of another; to the text's end where that is missing. */
  span(from: number, to: number | undefined): Range {
    const start = this.tokens[from]?.start ?? 0;
    return { start, end: this.tokens[to ?? -1]?.end ?? this.text.length };
  }

  /** The first `mark` at this level from an index on, before the bracket ends or a statement does. */
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
  // Counted by hand, here and below: of tens of thousands of tokens an iterator's pairs would cost more than the work.
  for (let index = 0; index < tokens.length; index++) {
    if (index % stretch.tokens === 0) yield;
    const token = tokens[index];
    if (token?.kind !== 'word') continue;
    const known = words.get(token.text);
    if (known === undefined) words.set(token.text, [index]);
    else known.push(index);
  }
  return words;
}

/** By a token's index: the bracket that closes or opens it, and the one around it. */
interface Brackets {
  readonly partners: readonly (number | undefined)[];
  readonly outer: readonly (number | undefined)[];
}

const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function* matchBrackets(tokens: readonly Token[]): Work<Brackets> {
  const partners: (number | undefined)[] = new Array(tokens.length);
  const outer: (number | undefined)[] = new Array(tokens.length);
  const open: number[] = [];
  /** How many of each are open: what closes none of them is not looked for. */
  const left: Record<string, number> = { '(': 0, '[': 0, '{': 0 };
  for (let index = 0; index < tokens.length; index++) {
    if (index % stretch.tokens === 0) yield;
    const { kind, text = '' } = tokens[index] ?? {};
    const opener = kind === 'mark' ? openers[text] : undefined;
    if (opener !== undefined && left[opener]) {
      // A bracket that was never closed ends with the one around it.
      for (let opened: string | undefined; opened !== opener; ) {
        const at = open.pop() ?? 0;
        opened = tokens[at]?.text ?? opener;
        left[opened] = (left[opened] ?? 1) - 1;
        if (opened === opener) [partners[at], partners[index]] = [index, at];
      }
    }
    outer[index] = open.at(-1);
    const others = kind === 'mark' ? left[text] : undefined;
    if (others === undefined) continue;
    left[text] = others + 1;
    open.push(index);
  }
  return { partners, outer };
}
