import type { SyntaxNode } from '@lezer/common';
import type { Argument, Entry, Expression } from '../expressions/expression.ts';
import { maxParts, OPEN } from '../values.ts';
import { createMissing, ExpressionReader, findChildren, isExpression } from './expressionReader.ts';
import { parser } from './hclParser.ts';
import { trackTemplateScopes } from './hclTokens.ts';
import { decodeEscape } from './strings.ts';
import { getChildren } from './tree.ts';

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Operators before one expression. Those of more are unknown. */
const maxOperators = 60;

/** Converts expressions of HCL. */
export class HclReader extends ExpressionReader {
  protected convertNode(node: SyntaxNode): Expression {
    const range = this.range(node);
    switch (node.name) {
      case 'Number':
        return this.toNumber(node);
      case 'VariableName': {
        const value = constants.get(this.read(node));
        return value === undefined ? this.toName(node) : { ...range, kind: 'literal', value };
      }
      case 'String':
      case 'Heredoc':
        return this.#toString(node);
      case 'ParenthesizedExpression':
        return { ...this.convertChild(node), ...range };
      case 'FunctionCall':
        return this.#toCall(node);
      case 'MemberExpression':
        return this.convertChain(node);
      case 'UnaryExpression':
        return this.toUnary(node);
      case 'BinaryExpression': {
        const [left, right] = this.convertChildren(node);
        const operator = node.getChild('Operator');
        if (!left || !right || !operator) return this.unknown(node);
        return { ...range, kind: 'binary', operator: this.read(operator), left, right };
      }
      case 'ConditionalExpression': {
        const [condition, whenTrue, whenFalse] = this.convertChildren(node);
        return this.toConditional(node, condition, whenTrue, whenFalse);
      }
      case 'Tuple':
        return { ...range, kind: 'list', items: this.convertChildren(node) };
      case 'Object': {
        const elements = findChildren(node, ({ name }) => name === 'ObjectElement');
        return { ...range, kind: 'object', entries: elements.map((element) => this.#toEntry(element)) };
      }
      case 'ForTuple':
      case 'ForObject':
        return this.#toFor(node);
      default:
        return this.unknown(node);
    }
  }

  /** A quoted string or a heredoc. */
  #toString(node: SyntaxNode): Expression {
    const pieces = findChildren(node, ({ type }) => !type.isError);
    const range = this.range(node);
    const written = this.read(node);
    // The text of a heredoc begins on its next line.
    const opening = node.name === 'Heredoc' ? (/^[^\r\n]*(?:\r?\n|\r|$)/.exec(written)?.[0].length ?? 0) : 1;
    const start = range.start + opening;
    const last = pieces.at(-1);
    const inner = { start, end: Math.max(start, last === undefined ? 0 : this.range(last).end) };
    return this.toTemplate(range, inner, this.toPieces(pieces));
  }

  /** The parts of a template. A directive (`%{ … }`) may leave out or repeat the text around it. */
  toPieces(pieces: readonly SyntaxNode[]): readonly (string | Expression)[] {
    return pieces.map((piece) => {
      if (piece.name === 'StringContent') return this.read(piece);
      if (piece.name === 'Escape') return decodeEscape(this.read(piece));
      const expression = piece.name === 'Interpolation' ? piece.getChild('Expression') : null;
      return expression === null ? OPEN : this.convert(expression);
    });
  }

  #toCall(node: SyntaxNode): Expression {
    const name = node.getChild('FunctionName');
    const list = node.getChild('Arguments');
    if (!name || !list) return this.unknown(node);
    return { ...this.range(node), kind: 'call', callee: this.toName(name), arguments: this.toArguments(list) };
  }

  toArguments(list: SyntaxNode): readonly Argument[] {
    const values = this.convertChildren(list);
    const isExpanded = list.getChild('Ellipsis') !== null;
    return values.map((value, index) => {
      const isSpread = isExpanded && index === values.length - 1;
      const { start, end } = value;
      return { name: undefined, value: isSpread ? { start, end, kind: 'spread', of: value } : value };
    });
  }

  protected override convertLink(of: Expression, link: SyntaxNode): Expression {
    const range = this.range(link);
    const access = findChildren(link, ({ name }) => accesses.has(name), 1)[0];
    if (access?.name === 'Splat') return { ...range, kind: 'splat', of };
    if (access?.name === 'GetIndex') return { ...range, kind: 'member', of, key: this.convertChild(access) };
    const key = access && (access.getChild('AttributeName') ?? access.getChild('Number'));
    if (!key) return this.unknown(link);
    // `list.0.1` is read as one number.
    const names = key.name === 'Number' ? this.read(key).split('.').map(Number) : [this.read(key)];
    return names.reduce<Expression>(
      (inner, value) => ({ ...range, kind: 'member', of: inner, key: { ...this.range(key), kind: 'literal', value } }),
      of,
    );
  }

  protected override toUnary(node: SyntaxNode): Expression {
    const operators = findChildren(node, ({ name }) => name === 'Operator', maxOperators + 1);
    if (operators.length > maxOperators) return this.unknown(node);
    return operators.reduceRight<Expression>(
      (of, operator) =>
        this.read(operator) === '!' ? { ...this.range(node), kind: 'not', of } : this.toNegative(node, of),
      this.convertChild(node),
    );
  }

  #toEntry(node: SyntaxNode): Entry {
    const [key, value] = findChildren(node, isExpression, 2);
    const { end } = this.range(node);
    return {
      key: key && (key.name === 'VariableName' ? this.toText(key) : this.convert(key)),
      value: value ? this.convert(value) : createMissing(end),
    };
  }

  #toFor(node: SyntaxNode): Expression {
    const keyword = node.getChild('in');
    if (!keyword) return this.unknown(node);
    const [collection, first, second] = findChildren(
      node,
      (child) => isExpression(child) && child.from >= keyword.to,
      3,
    ).map(this.convert);
    const condition = node.getChild('ForCondition');
    const value = node.name === 'ForObject' ? second : first;
    if (!collection || !value) return this.unknown(node);
    const variables = findChildren(node, ({ name, to }) => name === 'VariableName' && to <= keyword.from, 2);
    return {
      ...this.range(node),
      kind: 'for',
      variables: variables.map((variable) => this.read(variable)),
      collection,
      key: node.name === 'ForObject' ? first : undefined,
      value,
      condition: condition ? this.convertChild(condition) : undefined,
    };
  }
}

const accesses: ReadonlySet<string> = new Set(['GetAttribute', 'GetIndex', 'Splat']);

const templateParser = parser.configure({ top: 'Template', contextTracker: trackTemplateScopes });

/** Reads the parts of a template without quotes, as in the strings of `.tf.json`. */
export function readHclTemplate(text: string): readonly (string | Expression)[] {
  const pieces = getChildren(templateParser.parse(text).topNode);
  return pieces.length > maxParts ? [OPEN] : new HclReader(text).toPieces(pieces);
}
