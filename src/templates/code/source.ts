import type { Expression } from '../expressions/expression.ts';
import type { Grammar } from '../expressions/grammar.ts';
import { Parser } from '../expressions/parser.ts';
import { type Dialect, Lexer, type Token } from '../expressions/tokens.ts';
import type { Range } from '../model.ts';
import { once } from '../once.ts';

/** A program's text as tokens, with what belongs to what. */
export class Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  private readonly grammar: Grammar;
  private readonly partners: readonly (number | undefined)[];
  private readonly outer: readonly (number | undefined)[];
  private readonly words = once(() => this.indexWords());

  constructor(text: string, dialect: Dialect, grammar: Grammar) {
    this.text = text;
    this.grammar = grammar;
    this.tokens = new Lexer(text, dialect).read(0, text.length).tokens;
    const { partners, outer } = matchBrackets(this.tokens);
    this.partners = partners;
    this.outer = outer;
  }

  /** A token's text; empty for strings and beyond the ends. */
  word(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  /** Where a word occurs. */
  occurrences(word: string): readonly number[] {
    return this.words().get(word) ?? [];
  }

  /** The bracket that closes or opens the one at an index. */
  partner(index: number): number | undefined {
    return this.partners[index];
  }

  /** The bracket that a token lies in. */
  enclosing(index: number): number | undefined {
    return this.outer[index];
  }

  /** The expression that begins at a token. */
  expressionAt(index: number): Expression {
    return new Parser(this.tokens, this.grammar, index).expression();
  }

  /** The arguments behind an opening bracket. */
  argumentsAt(index: number) {
    return new Parser(this.tokens, this.grammar, index).arguments();
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
      at = ('([{'.includes(token?.text || ' ') && this.partners[at]) || at;
    }
    return undefined;
  }

  private indexWords(): ReadonlyMap<string, number[]> {
    const words = new Map<string, number[]>();
    this.tokens.forEach((token, index) => {
      if (token.kind !== 'word') return;
      const known = words.get(token.text);
      if (known === undefined) words.set(token.text, [index]);
      else known.push(index);
    });
    return words;
  }
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function matchBrackets(tokens: readonly Token[]) {
  const partners: (number | undefined)[] = new Array(tokens.length);
  const outer: (number | undefined)[] = new Array(tokens.length);
  const open: number[] = [];
  tokens.forEach(({ kind, text }, index) => {
    const isCloser = kind === 'mark' && (text === ')' || text === ']' || text === '}');
    if (isCloser) {
      // A bracket that was never closed ends with the one around it.
      const match = open.findLastIndex((at) => closers[tokens[at]?.text ?? ''] === text);
      if (match >= 0) {
        const at = open[match] ?? 0;
        open.length = match;
        partners[at] = index;
        partners[index] = at;
      }
    }
    outer[index] = open.at(-1);
    if (kind === 'mark' && text in closers) open.push(index);
  });
  return { partners, outer };
}
