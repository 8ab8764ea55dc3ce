import type { Expression } from './expression.ts';
import type { Grammar } from './grammar.ts';
import type { Token } from './tokens.ts';

/** Tokens to skip in search of the end of unsupported syntax. Beyond that, parsing stops. */
const maxSkipped = 10_000;

/** A position in a list of tokens. */
export class Cursor {
  protected readonly tokens: readonly Token[];
  protected readonly grammar: Grammar;
  protected at: number;
  /** Whether line ends are ignored, as within round and square brackets. */
  protected loose = false;

  constructor(tokens: readonly Token[], grammar: Grammar, at = 0) {
    this.tokens = tokens;
    this.grammar = grammar;
    this.at = at;
  }

  /** Skips unsupported syntax up to the next comma, closing bracket or line's end. */
  protected skipped(from: number, start = this.tokens[from]?.start ?? this.end()): Expression {
    let brackets = 0;
    for (const first = this.at; this.at < this.tokens.length; this.at++) {
      if (this.at - first > maxSkipped) {
        this.at = this.tokens.length;
        break;
      }
      const token = this.tokens[this.at];
      if (token?.kind === 'newline' && brackets === 0) break;
      if (token?.kind !== 'mark') continue;
      if ('([{'.includes(token.text)) brackets++;
      else if (')]}'.includes(token.text) && brackets-- === 0) break;
      else if ((token.text === ',' || token.text === ';') && brackets === 0) break;
    }
    return { ...this.span(start), kind: 'unknown' };
  }

  protected skipType(): void {
    for (; this.at < this.tokens.length; this.at++) {
      const mark = this.mark();
      if (mark !== undefined && ',)]};:?=+'.includes(mark)) return;
    }
  }

  /** Moves past the separator of two elements. Always moves, so that parsing terminates. */
  protected separator(): void {
    const before = this.at;
    this.newlines();
    if (this.takes(',') || this.takes(';')) this.newlines();
    const mark = this.mark();
    if (this.at === before && mark !== ')' && mark !== ']' && mark !== '}') this.at++;
  }

  /** Takes a closing bracket. Another closing bracket or the end also ends unclosed brackets. */
  protected closes(close: string): boolean {
    this.newlines();
    const mark = this.mark();
    if (mark === close) {
      this.at++;
      return true;
    }
    return this.at >= this.tokens.length || mark === ')' || mark === ']' || mark === '}';
  }

  protected newlines(): void {
    while (this.tokens[this.at]?.kind === 'newline') this.at++;
  }

  protected takes(mark: string): boolean {
    if (this.mark() !== mark) return false;
    this.at++;
    return true;
  }

  protected mark(): string | undefined {
    const token = this.tokens[this.at];
    return token?.kind === 'mark' ? token.text : undefined;
  }

  protected word(): string | undefined {
    const token = this.tokens[this.at];
    return token?.kind === 'word' ? token.text : undefined;
  }

  protected textAt(index: number): string | undefined {
    return this.tokens[index]?.text;
  }

  protected start(): number {
    return this.tokens[this.at]?.start ?? this.end();
  }

  protected end(): number {
    let last = Math.min(this.at, this.tokens.length) - 1;
    while (this.tokens[last]?.kind === 'newline') last--;
    return this.tokens[last]?.end ?? 0;
  }

  protected span(start: number) {
    return { start, end: Math.max(start, this.end()) };
  }

  protected within<T>(loose: boolean, read: () => T): T {
    const outer = this.loose;
    this.loose = loose;
    const value = read();
    this.loose = outer;
    return value;
  }
}
