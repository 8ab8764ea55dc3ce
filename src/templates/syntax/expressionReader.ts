import type { SyntaxNode } from '@lezer/common';
import type { Argument, Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import { toSet } from '../textUtilities.ts';
import { maxParts } from '../values.ts';

/** Depth of nested expressions. Protects the stack from hostile documents. */
const maxDepth = 60;

/** Expressions to convert for one value. The others are unknown. */
const maxExpressions = 5_000;

/** Length of a chain of members and calls. */
const maxLinks = 500;

/** Nodes that add a link to a chain. */
const linkNames = toSet('MemberExpression CallExpression');

const spreadMarks = toSet('Spread * **');

/** Converts nodes of a syntax tree to expressions. What cannot be read is `unknown`. */
export abstract class ExpressionReader {
  readonly #text: string;
  /** The offset of the text in the document. Ranges are relative to it. */
  readonly #base: number;
  #depth = 0;
  #left = maxExpressions;

  constructor(text: string, base = 0) {
    this.#text = text;
    this.#base = base;
  }

  readonly convert = (node: SyntaxNode): Expression => {
    if (this.#depth >= maxDepth || this.#left <= 0) return this.unknown(node);
    this.#depth++;
    this.#left--;
    const expression = this.convertNode(node);
    this.#depth--;
    return expression;
  };

  protected abstract convertNode(node: SyntaxNode): Expression;

  /** Converts the arguments of a call. */
  abstract toArguments(list: SyntaxNode): readonly Argument[];

  /** Converts `of[…]`. */
  protected convertIndex(of: Expression, link: SyntaxNode): Expression {
    const [, index] = findChildren(link, isExpression, 2);
    return index ? { ...this.range(link), kind: 'member', of, key: this.convert(index) } : this.unknown(link);
  }

  /** Adds one link of a chain, a member or a call, to the expression before it. */
  protected convertLink(of: Expression, link: SyntaxNode): Expression {
    const range = this.range(link);
    if (link.name === 'CallExpression') {
      const list = link.getChild('ArgList');
      return list ? { ...range, kind: 'call', callee: of, arguments: this.toArguments(list) } : this.unknown(link);
    }
    const name = link.getChild('PropertyName') ?? link.getChild('PrivatePropertyName');
    return name ? { ...range, kind: 'member', of, key: this.toText(name) } : this.convertIndex(of, link);
  }

  /** Converts a chain of members and calls in a loop, because it may be longer than expressions are deep. */
  protected convertChain(node: SyntaxNode): Expression {
    const links: SyntaxNode[] = [];
    let base: SyntaxNode | null = node;
    while (base !== null && linkNames.has(base.name)) {
      if (links.length === maxLinks) return this.unknown(node);
      links.push(base);
      base = base.firstChild;
    }
    if (base === null) return this.unknown(node);
    return links.reduceRight<Expression>((of, link) => {
      // Missing brackets or commas may join the next line to a value: what comes before the error is the value.
      const isBroken = link.firstChild?.nextSibling?.type.isError || of.end + this.#base < (link.firstChild?.to ?? 0);
      return isBroken ? of : this.convertLink(of, link);
    }, this.convert(base));
  }

  /** The text or template of a string's pieces. A string without interpolations is a literal. */
  protected toTemplate(range: Range, inner: Range, parts: readonly (string | Expression)[]): Expression {
    if (parts.length > maxParts) return { ...range, kind: 'unknown' };
    if (parts.every((part) => typeof part === 'string')) {
      return { ...range, kind: 'literal', value: parts.join(''), inner };
    }
    return { ...range, kind: 'template', parts, inner };
  }

  /** The pieces of a string: the text between its child nodes, and what they stand for. */
  protected toParts(
    node: SyntaxNode,
    inner: Range,
    toText: (text: string) => string,
    toPart: (child: SyntaxNode) => string | Expression,
  ): readonly (string | Expression)[] {
    const parts: (string | Expression)[] = [];
    let at = inner.start;
    for (const child of findChildren(node, ({ type }) => !type.isError)) {
      if (child.from < at || child.to > inner.end) continue;
      if (child.from > at) parts.push(toText(this.#text.slice(at, child.from)));
      parts.push(toPart(child));
      at = child.to;
    }
    if (at < inner.end) parts.push(toText(this.#text.slice(at, inner.end)));
    return parts;
  }

  protected toText(node: SyntaxNode): Expression {
    return { ...this.range(node), kind: 'literal', value: this.read(node) };
  }

  protected toNumber(node: SyntaxNode): Expression {
    const value = Number(this.read(node).replaceAll('_', ''));
    return Number.isNaN(value) ? this.unknown(node) : { ...this.range(node), kind: 'literal', value };
  }

  protected toNegative(node: SyntaxNode, of: Expression): Expression {
    const isNumber = of.kind === 'literal' && typeof of.value === 'number';
    return isNumber ? { ...this.range(node), kind: 'literal', value: -Number(of.value) } : this.unknown(node);
  }

  /** `condition ? whenTrue : whenFalse`. */
  protected toConditional(
    node: SyntaxNode,
    condition: Expression | undefined,
    whenTrue: Expression | undefined,
    whenFalse: Expression | undefined,
  ): Expression {
    if (!condition || !whenTrue || !whenFalse) return this.unknown(node);
    return { ...this.range(node), kind: 'conditional', condition, whenTrue, whenFalse };
  }

  /** `not` or `-` before an expression. */
  protected toUnary(node: SyntaxNode): Expression {
    const operator = node.firstChild && this.read(node.firstChild);
    if (operator === '!' || operator === 'not')
      return { ...this.range(node), kind: 'not', of: this.convertChild(node) };
    return operator === '-' ? this.toNegative(node, this.convertChild(node)) : this.unknown(node);
  }

  /** `name += value` */
  protected toAddition(node: SyntaxNode, right: Expression): Expression {
    return { ...this.range(node), kind: 'binary', operator: '+', left: this.convertChild(node), right };
  }

  /** An item of a list or an argument, spread by a mark before it. */
  protected toItem(item: SyntaxNode): Expression {
    const of = this.convert(item);
    return spreadMarks.has(item.prevSibling?.name ?? '') ? { ...this.range(item), kind: 'spread', of } : of;
  }

  protected toName(node: SyntaxNode): Expression {
    return { ...this.range(node), kind: 'name', name: this.read(node) };
  }

  /** All children that are expressions. */
  protected convertChildren(node: SyntaxNode): readonly Expression[] {
    return findChildren(node, isExpression).map(this.convert);
  }

  /** The first child that is an expression. */
  protected convertChild(node: SyntaxNode): Expression {
    const [child] = findChildren(node, isExpression, 1);
    return child === undefined ? this.unknown(node) : this.convert(child);
  }

  protected read({ from, to }: SyntaxNode): string {
    return this.#text.slice(from - this.#base, to - this.#base);
  }

  protected range({ from, to }: SyntaxNode): Range {
    return { start: from - this.#base, end: to - this.#base };
  }

  protected unknown(node: SyntaxNode): Expression {
    return { ...this.range(node), kind: 'unknown' };
  }
}

/** A value that is not yet written. */
export const createMissing = (at: number): Expression => ({ start: at, end: at, kind: 'unknown' });

/** Expressions that Python's grammar does not group with the others. */
const otherExpressions = toSet(
  'BinaryExpression ConditionalExpression LambdaExpression NamedExpression UnaryExpression',
);

export const isExpression = ({ type }: SyntaxNode): boolean =>
  (type.is('Expression') || otherExpressions.has(type.name)) && !type.isError;

/** The first children of a kind. One more than a name may have parts tells that there are too many. */
export function findChildren(
  node: SyntaxNode,
  isFound: (child: SyntaxNode) => boolean,
  limit = maxParts + 1,
): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null && children.length < limit; child = child.nextSibling) {
    if (isFound(child)) children.push(child);
  }
  return children;
}
