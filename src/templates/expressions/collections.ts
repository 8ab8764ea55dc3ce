import { Cursor } from './cursor.ts';
import type { Argument, Entry, Expression } from './expression.ts';

/** Parses arguments, lists, objects and comprehensions. */
export abstract class Collections extends Cursor {
  /** Parses the next expression. */
  abstract expression(): Expression;

  /** Parses the next value with its prefixes and suffixes, without binary operators. */
  protected abstract unary(): Expression;

  /** Limits the depth of recursion that bypasses `expression`. */
  protected abstract nested(read: () => Expression): Expression;

  /** Parses the arguments of a call from its opening bracket. */
  arguments(): readonly Argument[] {
    this.at++;
    return this.within(true, () => {
      const list: Argument[] = [];
      while (!this.closes(')')) {
        const name = this.grammar.namedArguments && this.textAt(this.at + 1) === '=' ? this.word() : undefined;
        if (name !== undefined) this.at += 2;
        list.push({ name, value: this.element() });
        this.separator();
      }
      return list;
    });
  }

  protected parenthesis(): Expression {
    const start = this.start();
    this.at++;
    const items = this.within(true, () => this.#elements(')'));
    if (this.mark() === '=>') return this.skipped(this.at, start);
    const [value, ...others] = items;
    if (value === undefined) return { ...this.span(start), kind: 'unknown' };
    return others.length === 0 ? { ...value, ...this.span(start) } : { ...this.span(start), kind: 'list', items };
  }

  protected list(): Expression {
    const start = this.start();
    this.at++;
    this.newlines();
    if (this.word() === 'for') return this.#forExpression(start, ']');
    const items = this.within(true, () => this.#elements(']'));
    return { ...this.span(start), kind: 'list', items };
  }

  #elements(close: string): Expression[] {
    const elements: Expression[] = [];
    while (!this.closes(close)) {
      elements.push(this.element());
      this.separator();
    }
    return elements;
  }

  protected object(): Expression {
    const start = this.start();
    this.at++;
    this.newlines();
    if (this.word() === 'for') return this.#forExpression(start, '}');
    const entries = this.within(false, () => this.#entries());
    return { ...this.span(start), kind: 'object', entries };
  }

  #entries(): Entry[] {
    const entries: Entry[] = [];
    while (!this.closes('}')) {
      const key = this.#key();
      const separated = this.takes(':') || this.takes('=') || this.takes('=>');
      if (separated) entries.push({ key: key.kind === 'name' ? asText(key) : key, value: this.element() });
      else if (key.kind === 'spread') entries.push({ key: undefined, value: key.of });
      else if (key.kind === 'name') entries.push({ key: asText(key), value: key });
      else this.skipped(this.at);
      this.separator();
    }
    return entries;
  }

  /** Parses an object's key. A word is a text unless it is in brackets. */
  #key(): Expression {
    this.newlines();
    const token = this.tokens[this.at];
    if (token?.kind === 'mark' && token.text === '[') {
      this.at++;
      const key = this.element();
      while (!this.closes(']')) this.separator();
      return key;
    }
    return this.nested(() => this.unary());
  }

  #forExpression(start: number, close: string): Expression {
    this.at++;
    const variables: string[] = [];
    while (this.tokens[this.at]?.kind === 'word' && this.word() !== 'in') {
      variables.push(this.word() ?? '');
      this.at++;
      this.takes(',');
    }
    this.at++;
    const collection = this.expression();
    this.newlines();
    this.takes(':');
    const first = this.expression();
    this.newlines();
    const second = this.takes('=>') ? this.expression() : undefined;
    this.takes('...');
    this.newlines();
    let condition: Expression | undefined;
    if (this.word() === 'if') {
      this.at++;
      condition = this.expression();
    }
    while (!this.closes(close)) this.separator();
    const [key, value] = second === undefined ? [undefined, first] : [first, second];
    return { ...this.span(start), kind: 'for', variables, collection, key, value, condition };
  }

  /** Parses an expression up to a comma, a closing bracket or, in an object, the line's end. */
  protected element(): Expression {
    this.newlines();
    const start = this.start();
    const value = this.expression();
    const mark = this.mark();
    const ended = this.at >= this.tokens.length || (mark !== undefined && ',)]};:'.includes(mark));
    const lineEnded = this.tokens[this.at]?.kind === 'newline' || this.tokens[this.at - 1]?.kind === 'newline';
    if (ended || lineEnded) return value;
    if (mark === '=' || mark === '=>') return mark === '=' ? value : this.skipped(this.at, start);
    return this.skipped(this.at, start);
  }
}

const asText = ({ start, end, name }: Expression & { kind: 'name' }): Expression => ({
  start,
  end,
  kind: 'literal',
  value: name,
});
