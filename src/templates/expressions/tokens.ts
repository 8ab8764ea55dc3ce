/** A piece of source text. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'mark' | 'newline';
  /** The word, number or mark as written; empty for a string. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A string's parts: its text, and the tokens of what is interpolated into it. */
  readonly parts?: readonly StringPart[];
  /** What stands between a string's quotes. */
  readonly inner?: { readonly start: number; readonly end: number };
}

export type StringPart = string | readonly Token[];

/** What a language adds to words, numbers and marks. */
export interface Dialect {
  readonly lineComments: readonly string[];
  readonly blockComments: boolean;
  /** Do line ends mean something outside of brackets? */
  readonly newlines: boolean;
  /** What a word is made of. */
  readonly word: RegExp;
  /** Reads the string that begins at an offset, if one does; `previous` is the token before it. */
  string(lexer: Lexer, at: number, previous: Token | undefined): Token | undefined;
}

/** Interpolations in interpolations: deeper ones stay text. */
const deepest = 16;

const number = /\d[\w.]*/y;
const marks = /===|!==|\.\.\.|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\*\*|[\s\S]/y;

/** Cuts source text into tokens. Takes anything: what is no token of the language is a mark. */
export class Lexer {
  readonly text: string;
  readonly dialect: Dialect;
  readonly depth: number;

  constructor(text: string, dialect: Dialect, depth = 0) {
    this.text = text;
    this.dialect = dialect;
    this.depth = depth;
  }

  /** The tokens from here to `to`, or to the brace that closes what was opened before `from`. */
  read(from: number, to: number, stop: 'end' | 'brace' | 'brace or line' = 'end'): { tokens: Token[]; end: number } {
    const tokens: Token[] = [];
    let brackets = 0;
    let at = from;
    while (at < to) {
      const next = this.skip(at, to);
      if (next > at) {
        at = next;
        continue;
      }
      const token = this.token(at, tokens.at(-1));
      if (token.kind === 'newline' && stop === 'brace or line' && brackets === 0) break;
      if (token.kind === 'mark') {
        if ('([{'.includes(token.text)) brackets++;
        else if (')]}'.includes(token.text) && --brackets < 0) {
          if (stop !== 'end' && token.text === '}') break;
          brackets = 0;
        }
      }
      if (token.kind !== 'newline' || this.dialect.newlines) tokens.push(token);
      at = token.end;
    }
    return { tokens, end: at };
  }

  /** The tokens of an interpolation, or undefined where it is not closed. */
  interpolation(from: number, to: number, within: 'brace' | 'brace or line') {
    if (this.depth === deepest) return undefined;
    const read = new Lexer(this.text, this.dialect, this.depth + 1).read(from, to, within);
    return this.text.charAt(read.end) === '}' ? read : undefined;
  }

  /** The line's end, or the text's. */
  lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    if (end < 0) return this.text.length;
    return this.text.charAt(end - 1) === '\r' && end > at ? end - 1 : end;
  }

  private skip(from: number, to: number): number {
    let at = from;
    while (at < to && ' \t\r\f\u00a0\ufeff'.includes(this.text.charAt(at))) at++;
    if (this.dialect.lineComments.some((sign) => this.text.startsWith(sign, at))) return this.lineEnd(at);
    if (this.dialect.blockComments && this.text.startsWith('/*', at)) {
      const end = this.text.indexOf('*/', at + 2);
      return end < 0 ? to : end + 2;
    }
    return at;
  }

  private token(at: number, previous: Token | undefined): Token {
    if (this.text.charCodeAt(at) === 10) return { kind: 'newline', text: '\n', start: at, end: at + 1 };
    const string = this.dialect.string(this, at, previous);
    if (string !== undefined) return string;
    return (
      this.match('word', this.dialect.word, at) ??
      this.match('number', number, at) ??
      this.match('mark', marks, at) ?? { kind: 'mark', text: '', start: at, end: at + 1 }
    );
  }

  private match(kind: Token['kind'], pattern: RegExp, at: number): Token | undefined {
    pattern.lastIndex = at;
    const text = pattern.exec(this.text)?.[0];
    return text === undefined ? undefined : { kind, text, start: at, end: at + text.length };
  }
}
