import { Collections } from './collections.ts';
import type { Expression } from './expression.ts';
import type { Token } from './tokens.ts';

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
  ['undefined', null],
]);

const precedence: ReadonlyMap<string, number> = new Map(
  [['??', '||'], ['&&'], ['==', '!=', '===', '!=='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']].flatMap(
    (operators, level) => operators.map((operator) => [operator, level + 1] as const),
  ),
);

/** Depth of nested expressions. Protects the stack from hostile documents. */
const maxDepth = 60;

/** Values per expression. The others are unknown. */
const maxValues = 5_000;

/** Length of a chain of members and calls. */
const maxLinks = 500;

/** Parses one expression from tokens. Never fails: unsupported syntax is `unknown`. */
export class Parser extends Collections {
  #depth = 0;
  #left = maxValues;

  /** Parses the next expression. */
  expression(): Expression {
    if (this.#depth >= maxDepth) return this.skipped(this.at);
    this.#depth++;
    const value = this.#conditional();
    this.#depth--;
    return value;
  }

  #conditional(): Expression {
    const first = this.#binary(1);
    if (this.grammar.pythonConditional) {
      if (this.word() !== 'if') return first;
      this.at++;
      const condition = this.#binary(1);
      if (this.word() !== 'else') return { ...this.span(first.start), kind: 'unknown' };
      this.at++;
      const whenFalse = this.expression();
      return { ...this.span(first.start), kind: 'conditional', condition, whenTrue: first, whenFalse };
    }
    if (this.loose) this.newlines();
    if (!this.takes('?')) return first;
    const whenTrue = this.expression();
    this.newlines();
    if (!this.takes(':')) return { ...this.span(first.start), kind: 'unknown' };
    const whenFalse = this.expression();
    return { ...this.span(first.start), kind: 'conditional', condition: first, whenTrue, whenFalse };
  }

  #binary(level: number): Expression {
    let left = this.unary();
    for (;;) {
      if (this.loose) this.newlines();
      const operator = this.#operator();
      const binding = precedence.get(operator ?? '');
      if (operator === undefined || binding === undefined || binding < level) return left;
      this.at++;
      this.newlines();
      const right = this.#binary(binding + 1);
      left = { ...this.span(left.start), kind: 'binary', operator, left, right };
    }
  }

  #operator(): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind === 'word') return this.grammar.wordOperators[token.text];
    return token?.kind === 'mark' ? token.text : undefined;
  }

  protected unary(): Expression {
    const start = this.start();
    while (this.grammar.ignoredPrefixes.has(this.word() ?? '')) this.at++;
    if (this.takes('!') || this.word() === 'not') {
      if (this.word() === 'not') this.at++;
      return this.nested(() => ({ ...this.span(start), kind: 'not', of: this.unary() }));
    }
    if (this.takes('-')) {
      const value = this.nested(() => this.unary());
      return value.kind === 'literal' && typeof value.value === 'number'
        ? { ...this.span(start), kind: 'literal', value: -value.value }
        : { ...this.span(start), kind: 'unknown' };
    }
    return this.#postfix(this.#primary(), start);
  }

  protected nested(read: () => Expression): Expression {
    if (this.#depth >= maxDepth) return this.skipped(this.at);
    this.#depth++;
    const value = read();
    this.#depth--;
    return value;
  }

  #postfix(primary: Expression, start: number): Expression {
    let value = primary;
    for (let links = 0; links < maxLinks; links++) {
      const mark = this.mark();
      if (mark === '.' || mark === '?.') {
        this.at++;
        value = this.#member(value, start);
      } else if (mark === '[') {
        this.at++;
        value = this.#index(value, start);
      } else if (mark === '(') {
        const list = this.arguments();
        value = { ...this.span(start), kind: 'call', callee: value, arguments: list };
      } else if (mark === '!' && this.textAt(this.at + 1) !== '=') this.at++;
      else if (this.tokens[this.at]?.kind === 'string' && value.kind !== 'literal' && value.kind !== 'template') {
        // A tagged template: pulumi.interpolate`…`.
        value = { ...this.#primary(), start, end: this.end() };
      } else if (this.grammar.typeWords.has(this.word() ?? '')) this.skipType();
      else return value;
    }
    return this.skipped(this.at, start);
  }

  #member(of: Expression, start: number): Expression {
    const token = this.tokens[this.at];
    if (token?.kind === 'mark' && token.text === '*') {
      this.at++;
      return { ...this.span(start), kind: 'splat', of };
    }
    if (token?.kind === 'mark' && (token.text === '[' || token.text === '(')) return of;
    if (token?.kind !== 'word' && token?.kind !== 'number') return { ...this.span(start), kind: 'unknown' };
    this.at++;
    const value = token.kind === 'number' ? Number(token.text) : token.text;
    const key: Expression = { start: token.start, end: token.end, kind: 'literal', value };
    return { ...this.span(start), kind: 'member', of, key };
  }

  #index(of: Expression, start: number): Expression {
    this.newlines();
    if (this.mark() === '*' && this.textAt(this.at + 1) === ']') {
      this.at += 2;
      return { ...this.span(start), kind: 'splat', of };
    }
    const key = this.within(true, () => this.element());
    while (!this.closes(']')) this.separator();
    return { ...this.span(start), kind: 'member', of, key };
  }

  #primary(): Expression {
    this.newlines();
    const token = this.tokens[this.at];
    if (token === undefined) return { ...this.span(this.end()), kind: 'unknown' };
    if (this.#left-- <= 0) return this.skipped(this.at);
    if (token.kind === 'string') return this.#strings();
    if (token.kind === 'number') {
      this.at++;
      return { start: token.start, end: token.end, kind: 'literal', value: Number(token.text) };
    }
    if (token.kind === 'word') return this.#named(token);
    if (token.text === '(') return this.parenthesis();
    if (token.text === '[') return this.list();
    if (token.text === '{') return this.object();
    if (token.text === '...' || token.text === '**' || token.text === '*') {
      this.at++;
      const of = this.nested(() => this.unary());
      return { ...this.span(token.start), kind: 'spread', of };
    }
    return this.skipped(this.at);
  }

  #named(token: Token): Expression {
    this.at++;
    const range = { start: token.start, end: token.end };
    const constant = constants.get(token.text);
    if (constant !== undefined) return { ...range, kind: 'literal', value: constant };
    return { ...range, kind: 'name', name: token.text };
  }

  /** Parses one string, or several consecutive ones, which Python joins. */
  #strings(): Expression {
    const start = this.start();
    const parts: (string | Expression)[] = [];
    const first = this.tokens[this.at];
    let token = first;
    for (; token?.kind === 'string'; token = this.tokens[this.at]) {
      for (const part of token.parts ?? []) {
        parts.push(typeof part === 'string' ? part : new Parser(part, this.grammar).expression());
      }
      this.at++;
      if (!this.grammar.namedArguments) break;
    }
    const end = this.end();
    const single = this.tokens[this.at - 1] === first;
    const inner = (single ? first?.inner : undefined) ?? { start, end };
    if (parts.every((part) => typeof part === 'string')) {
      return { start, end, kind: 'literal', value: parts.join(''), inner };
    }
    return { start, end, kind: 'template', parts, inner };
  }
}
