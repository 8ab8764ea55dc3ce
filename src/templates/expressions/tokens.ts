/** A piece of source text. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'mark' | 'newline';
  /** The word, number or mark. Empty for a string. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A string's text and the tokens of its interpolations. */
  readonly parts?: readonly StringPart[];
  /** The range between a string's quotes. */
  readonly inner?: { readonly start: number; readonly end: number };
}

export type StringPart = string | readonly Token[];

/** Lexical rules of a language. */
export interface Dialect {
  readonly lineComments: readonly string[];
  readonly blockComments: boolean;
  /** Whether line ends are significant outside of brackets. */
  readonly newlines: boolean;
  /** Matches a word. */
  readonly word: RegExp;
  /** Parses the string that starts at an offset, if any. `previous` is the token before it. */
  createString(lexer: Lexer, at: number, previous: Token | undefined): Token | undefined;
}

/** Depth of nested interpolations. Deeper ones are treated as text. */
const maxDepth = 16;

/** Characters. Longer interpolations are treated as text. */
const maxInterpolationLength = 20_000;

/**
 * Characters that may be scanned for missing closing braces. Prevents quadratic time for files full of unclosed
 * braces.
 */
export const maxScanBudget = 20_000;

const number = /\d[\w.]*/y;
const longMark = /===|!==|\.\.\.|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\*\*/y;

/** Splits source text into tokens. Never fails: any other character is a mark. */
export class Lexer {
  readonly text: string;
  readonly dialect: Dialect;
  readonly #depth: number;
  readonly #scanBudget: { left: number };
  /** The range of the last line, cached because lines may be very long. */
  #line = { start: 0, end: -1 };

  constructor(text: string, dialect: Dialect, depth = 0, scanBudget = { left: maxScanBudget }) {
    this.text = text;
    this.dialect = dialect;
    this.#depth = depth;
    this.#scanBudget = scanBudget;
  }

  /** Appends the tokens from `from` up to `to`, or up to a closing brace without an opening one. */
  tokenize(from: number, to: number, stop: 'end' | 'brace' | 'brace or line' = 'end', tokens: Token[] = []) {
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

  /** The tokens of an interpolation. Undefined if it is not closed. */
  interpolation(from: number, to: number, within: 'brace' | 'brace or line') {
    if (this.#depth === maxDepth || this.#scanBudget.left < 0) return undefined;
    const result = new Lexer(this.text, this.dialect, this.#depth + 1, this.#scanBudget).tokenize(
      from,
      Math.min(to, from + maxInterpolationLength),
      within,
    );
    if (this.text.charAt(result.end) === '}') return result;
    this.#scanBudget.left -= result.end - from;
    return undefined;
  }

  /** The end of the line that contains an offset. */
  lineEnd(at: number): number {
    if (at < this.#line.start || at > this.#line.end) {
      const lineFeedAt = this.text.indexOf('\n', at);
      const end = lineFeedAt < 0 ? this.text.length : lineFeedAt;
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
    const string = this.dialect.createString(this, at, previous);
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
