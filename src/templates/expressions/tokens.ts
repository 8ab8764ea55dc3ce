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

/** In characters: a longer one stays text. */
const longestInterpolation = 20_000;

/** Characters that may be read for braces that nothing closes: a file full of these would be read over and over. */
export const maxScanBudget = 20_000;

const number = /\d[\w.]*/y;
const longMark = /===|!==|\.\.\.|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\*\*/y;

/** Cuts source text into tokens. Takes anything: what is no token of the language is a mark. */
export class Lexer {
  readonly text: string;
  readonly dialect: Dialect;
  readonly #depth: number;
  readonly #vain: { left: number };
  /** The line looked at last: it may be a megabyte long. */
  #line = { start: 0, end: -1 };

  constructor(text: string, dialect: Dialect, depth = 0, vain = { left: maxScanBudget }) {
    this.text = text;
    this.dialect = dialect;
    this.#depth = depth;
    this.#vain = vain;
  }

  /** The tokens from here to `to`, or to the brace that closes what was opened before `from`, after those given. */
  read(from: number, to: number, stop: 'end' | 'brace' | 'brace or line' = 'end', tokens: Token[] = []) {
    let brackets = 0;
    let at = from;
    while (at < to) {
      const next = this.#skip(at, to);
      if (next > at) {
        at = next;
        continue;
      }
      const token = this.#token(at, tokens.at(-1));
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
    if (this.#depth === deepest || this.#vain.left < 0) return undefined;
    const read = new Lexer(this.text, this.dialect, this.#depth + 1, this.#vain).read(
      from,
      Math.min(to, from + longestInterpolation),
      within,
    );
    if (this.text.charAt(read.end) === '}') return read;
    this.#vain.left -= read.end - from;
    return undefined;
  }

  /** The line's end, or the text's. */
  lineEnd(at: number): number {
    if (at < this.#line.start || at > this.#line.end) {
      const found = this.text.indexOf('\n', at);
      const end = found < 0 ? this.text.length : found;
      this.#line = { start: at, end: this.text.charAt(end - 1) === '\r' && end > at ? end - 1 : end };
    }
    return this.#line.end;
  }

  #skip(from: number, to: number): number {
    const { text, dialect } = this;
    let at = from;
    while (at < to && isBlank(text.charCodeAt(at))) at++;
    const code = text.charCodeAt(at);
    if (code !== hash && code !== slash) return at;
    if (dialect.lineComments.some((sign) => text.startsWith(sign, at))) return this.lineEnd(at);
    if (dialect.blockComments && text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      return end < 0 ? text.length : end + 2;
    }
    return at;
  }

  #token(at: number, previous: Token | undefined): Token {
    if (this.text.charCodeAt(at) === lineFeed) return { kind: 'newline', text: '\n', start: at, end: at + 1 };
    const string = this.dialect.string(this, at, previous);
    if (string !== undefined) return string;
    const end = this.#endOf(this.dialect.word, at);
    if (end > at) return { kind: 'word', text: this.text.slice(at, end), start: at, end };
    const digits = this.#endOf(number, at);
    if (digits > at) return { kind: 'number', text: this.text.slice(at, digits), start: at, end: digits };
    const mark = Math.max(at + 1, this.#endOf(longMark, at));
    return { kind: 'mark', text: this.text.slice(at, mark), start: at, end: mark };
  }

  #endOf(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return pattern.test(this.text) ? pattern.lastIndex : at;
  }
}

const [lineFeed, hash, slash] = [10, 35, 47];

/** Space, tab, carriage return, form feed, no-break space, byte order mark. */
const isBlank = (code: number): boolean =>
  code === 32 || code === 9 || code === 13 || code === 12 || code === 0xa0 || code === 0xfeff;
