import { isProperty } from './packItems.ts';
import { type Condition, countColumn, isGrouped, type Query, type Scalar } from './query.ts';
import { createExpressionError, type Token, tokenize } from './tokens.ts';

/**
 * Parses an expression of an advanced query. Throws InvalidExpressionException for everything else, such as LIMIT,
 * joins and functions, which AWS does not have either, and for NOT, BETWEEN and comparisons, which the local service lacks.
 */
export function parseQuery(expression: string): Query {
  return new Parser(tokenize(expression)).parse();
}

const keywords = new Set(['SELECT', 'WHERE', 'GROUP', 'ORDER', 'BY', 'AND', 'OR', 'LIKE', 'IN', 'ASC', 'DESC']);

/** A parser by recursive descent: one method per rule of the grammar. */
class Parser {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** `SELECT column, … [WHERE condition] [GROUP BY property, …] [ORDER BY column [ASC | DESC], …]` */
  parse(): Query {
    this.#expectWord('SELECT');
    const columns = this.#parseList(() => this.#parseColumn());
    const where = this.#takeWord('WHERE') ? this.#parseOr() : undefined;
    const groupBy = this.#takeWords('GROUP', 'BY') ? this.#parseList(() => this.#parseProperty()) : [];
    const orderBy = this.#takeWords('ORDER', 'BY') ? this.#parseList(() => this.#parseOrder(columns)) : [];
    if (this.#token.kind !== 'end') throw this.#createError();
    const query = { columns, ...(where && { where }), groupBy, orderBy };
    const single = columns.find((column) => column !== countColumn && !groupBy.includes(column));
    if (isGrouped(query) && single !== undefined) throw createExpressionError(`${single} is not in GROUP BY`, 0);
    return query;
  }

  /** `property | COUNT(*)` */
  #parseColumn(): string {
    if (!this.#takeWord('COUNT')) return this.#parseProperty();
    for (const symbol of '(*)') this.#expectSymbol(symbol);
    return countColumn;
  }

  #parseProperty(): string {
    const { kind, text } = this.#token;
    if (kind !== 'word' || keywords.has(text.toUpperCase())) throw this.#createError();
    if (!isProperty(text)) throw createExpressionError(`unknown property ${text}`, this.#token.at);
    this.#index += 1;
    return text;
  }

  /** `column [ASC | DESC]` */
  #parseOrder(columns: readonly string[]) {
    const { at } = this.#token;
    const column = this.#parseColumn();
    if (!columns.includes(column)) throw createExpressionError(`${column} is not selected`, at);
    const descending = this.#takeWord('DESC');
    if (!descending) this.#takeWord('ASC');
    return { column, descending };
  }

  /** `and OR and …` */
  #parseOr(): Condition {
    const conditions = [this.#parseAnd()];
    while (this.#takeWord('OR')) conditions.push(this.#parseAnd());
    return { kind: 'or', conditions };
  }

  /** `test AND test …` */
  #parseAnd(): Condition {
    const conditions = [this.#parseTest()];
    while (this.#takeWord('AND')) conditions.push(this.#parseTest());
    return { kind: 'and', conditions };
  }

  /** `(condition) | property = value | property IN (value, …) | property LIKE 'prefix%'` */
  #parseTest(): Condition {
    if (this.#takeSymbol('(')) {
      const condition = this.#parseOr();
      this.#expectSymbol(')');
      return condition;
    }
    const property = this.#parseProperty();
    if (this.#takeSymbol('=')) return { kind: 'in', property, values: [this.#parseValue()] };
    if (this.#takeWord('LIKE')) return this.#parsePrefix(property);
    this.#expectWord('IN');
    this.#expectSymbol('(');
    const values = this.#parseList(() => this.#parseValue());
    this.#expectSymbol(')');
    return { kind: 'in', property, values };
  }

  /** AWS supports the wildcard only at the end. */
  #parsePrefix(property: string): Condition {
    const { kind, text } = this.#token;
    if (kind !== 'string' || !text.endsWith('%') || text.slice(0, -1).includes('%')) throw this.#createError();
    this.#index += 1;
    return { kind: 'startsWith', property, prefix: text.slice(0, -1) };
  }

  /** `'text' | number | TRUE | FALSE` */
  #parseValue(): Scalar {
    const { kind, text } = this.#token;
    const word = kind === 'word' ? text.toUpperCase() : '';
    if (kind !== 'string' && kind !== 'number' && word !== 'TRUE' && word !== 'FALSE') throw this.#createError();
    this.#index += 1;
    if (kind === 'string') return text;
    return kind === 'number' ? Number(text) : word === 'TRUE';
  }

  #parseList<Item>(parseItem: () => Item): Item[] {
    const items = [parseItem()];
    while (this.#takeSymbol(',')) items.push(parseItem());
    return items;
  }

  get #token(): Token {
    return this.#tokens[this.#index] ?? { kind: 'end', text: 'the end', at: 0 };
  }

  #takeWord(word: string): boolean {
    return this.#take('word', word);
  }

  #takeSymbol(symbol: string): boolean {
    return this.#take('symbol', symbol);
  }

  #takeWords(first: string, second: string): boolean {
    if (!this.#takeWord(first)) return false;
    this.#expectWord(second);
    return true;
  }

  #expectWord(word: string): void {
    if (!this.#takeWord(word)) throw this.#createError();
  }

  #expectSymbol(symbol: string): void {
    if (!this.#takeSymbol(symbol)) throw this.#createError();
  }

  #take(kind: Token['kind'], text: string): boolean {
    const isNext = this.#token.kind === kind && this.#token.text.toUpperCase() === text;
    if (isNext) this.#index += 1;
    return isNext;
  }

  #createError() {
    return createExpressionError(`unexpected ${this.#token.text}`, this.#token.at);
  }
}
