import type { SyntaxNode } from '@lezer/common';
import type { Argument, Entry, Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import { maxParts, OPEN } from '../values.ts';
import { parser } from './hclParser.ts';
import { toTemplateParts } from './hclTemplates.ts';
import { trackTemplateScopes } from './hclTokens.ts';
import { getChildren } from './tree.ts';

/** Depth of nested expressions. Protects the stack from hostile documents. */
const maxDepth = 60;

/** Expressions to convert for one value. The others are unknown. */
const maxExpressions = 5_000;

/** Length of a chain of members. */
const maxLinks = 500;

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Converts one value of an HCL syntax tree to an expression. What cannot be read is `unknown`. */
export class HclConverter {
  readonly #text: string;
  /** The offset of the text in the document. Ranges are relative to it. */
  readonly #base: number;
  #depth = 0;
  #left = maxExpressions;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  readonly convert = (node: SyntaxNode): Expression => {
    if (this.#depth >= maxDepth || this.#left <= 0) return this.#unknown(node);
    this.#depth++;
    this.#left--;
    const expression = this.#convert(node);
    this.#depth--;
    return expression;
  };

  #convert(node: SyntaxNode): Expression {
    const range = this.#range(node);
    switch (node.name) {
      case 'Number':
        return { ...range, kind: 'literal', value: Number(this.#read(node)) };
      case 'VariableName':
        return this.#toName(node);
      case 'String':
      case 'Heredoc':
        return this.#toTemplate(node);
      case 'ParenthesizedExpression':
        return { ...this.#child(node), ...range };
      case 'FunctionCall':
        return this.#toCall(node);
      case 'MemberExpression':
        return this.#toMember(node);
      case 'UnaryExpression':
        return this.#toUnary(node);
      case 'BinaryExpression': {
        const [left, right] = this.#children(node);
        const operator = node.getChild('Operator');
        if (!left || !right || !operator) return this.#unknown(node);
        return { ...range, kind: 'binary', operator: this.#read(operator), left, right };
      }
      case 'ConditionalExpression': {
        const [condition, whenTrue, whenFalse] = this.#children(node);
        if (!condition || !whenTrue || !whenFalse) return this.#unknown(node);
        return { ...range, kind: 'conditional', condition, whenTrue, whenFalse };
      }
      case 'Tuple':
        return { ...range, kind: 'list', items: this.#children(node) };
      case 'Object': {
        const entries = findChildren(node, ({ name }) => name === 'ObjectElement');
        return { ...range, kind: 'object', entries: entries.map((entry) => this.#toEntry(entry)) };
      }
      case 'ForTuple':
      case 'ForObject':
        return this.#toFor(node);
      default:
        return this.#unknown(node);
    }
  }

  #toName(node: SyntaxNode): Expression {
    const name = this.#read(node);
    const constant = constants.get(name);
    if (constant === undefined) return { ...this.#range(node), kind: 'name', name };
    return { ...this.#range(node), kind: 'literal', value: constant };
  }

  /** A quoted string or a heredoc. */
  #toTemplate(node: SyntaxNode): Expression {
    const pieces = findChildren(node, ({ type }) => !type.isError);
    if (pieces.length > maxParts) return this.#unknown(node);
    const range = this.#range(node);
    const start = node.name === 'Heredoc' ? this.#findNextLine(range) : range.start + 1;
    const inner = { start, end: Math.max(start, (pieces.at(-1)?.to ?? node.from) - this.#base) };
    const parts = toTemplateParts(pieces, this.#read, this.convert);
    if (parts.every((part) => typeof part === 'string')) {
      return { ...range, kind: 'literal', value: parts.join(''), inner };
    }
    return { ...range, kind: 'template', parts, inner };
  }

  #findNextLine({ start, end }: Range): number {
    const lineEnd = /\r?\n|\r/g;
    lineEnd.lastIndex = start;
    return lineEnd.test(this.#text) ? Math.min(end, lineEnd.lastIndex) : end;
  }

  #toCall(node: SyntaxNode): Expression {
    const name = node.getChild('FunctionName');
    const list = node.getChild('Arguments');
    if (!name || !list) return this.#unknown(node);
    const values = this.#children(list);
    const isExpanded = list.getChild('Ellipsis') !== null;
    const args = values.map((value, index): Argument => {
      const isSpread = isExpanded && index === values.length - 1;
      const { start, end } = value;
      return { name: undefined, value: isSpread ? { start, end, kind: 'spread', of: value } : value };
    });
    const callee: Expression = { ...this.#range(name), kind: 'name', name: this.#read(name) };
    return { ...this.#range(node), kind: 'call', callee, arguments: args };
  }

  /** Converts a chain of members in a loop, because it may be longer than expressions are deep. */
  #toMember(node: SyntaxNode): Expression {
    const links: SyntaxNode[] = [];
    let base: SyntaxNode = node;
    while (base.name === 'MemberExpression' && base.firstChild) {
      if (links.length === maxLinks) return this.#unknown(node);
      links.push(base);
      base = base.firstChild;
    }
    return links.reduceRight<Expression>((of, link) => this.#toLink(of, link), this.convert(base));
  }

  #toLink(of: Expression, link: SyntaxNode): Expression {
    const range = this.#range(link);
    const access = findChildren(link, ({ name }) => accesses.has(name))[0];
    if (access?.name === 'Splat') return { ...range, kind: 'splat', of };
    if (access?.name === 'GetIndex') return { ...range, kind: 'member', of, key: this.#child(access) };
    const key = access && (access.getChild('AttributeName') ?? access.getChild('Number'));
    if (!key) return this.#unknown(link);
    // `list.0.1` is read as one number.
    const names = key.name === 'Number' ? this.#read(key).split('.').map(Number) : [this.#read(key)];
    return names.reduce<Expression>(
      (inner, value) => ({ ...range, kind: 'member', of: inner, key: { ...this.#range(key), kind: 'literal', value } }),
      of,
    );
  }

  #toUnary(node: SyntaxNode): Expression {
    const operators = findChildren(node, ({ name }) => name === 'Operator').map((operator) => this.#read(operator));
    const range = this.#range(node);
    return operators.slice(0, maxDepth).reduceRight<Expression>(
      (of, operator) => {
        if (operator === '!') return { ...range, kind: 'not', of };
        const isNumber = of.kind === 'literal' && typeof of.value === 'number';
        return isNumber ? { ...range, kind: 'literal', value: -Number(of.value) } : this.#unknown(node);
      },
      operators.length > maxDepth ? this.#unknown(node) : this.#child(node),
    );
  }

  #toEntry(node: SyntaxNode): Entry {
    const [key, value] = findChildren(node, isExpression, 2);
    const end = node.to - this.#base;
    return {
      key: key && (key.name === 'VariableName' ? this.#toText(key) : this.convert(key)),
      value: value ? this.convert(value) : { start: end, end, kind: 'unknown' },
    };
  }

  #toText(node: SyntaxNode): Expression {
    return { ...this.#range(node), kind: 'literal', value: this.#read(node) };
  }

  #toFor(node: SyntaxNode): Expression {
    const keyword = node.getChild('in');
    if (!keyword) return this.#unknown(node);
    const [collection, first, second] = findChildren(
      node,
      (child) => isExpression(child) && child.from >= keyword.to,
      3,
    ).map(this.convert);
    const condition = node.getChild('ForCondition');
    const value = node.name === 'ForObject' ? second : first;
    if (!collection || !value) return this.#unknown(node);
    const variables = findChildren(node, ({ name, to }) => name === 'VariableName' && to <= keyword.from, 2);
    return {
      ...this.#range(node),
      kind: 'for',
      variables: variables.map((variable) => this.#read(variable)),
      collection,
      key: node.name === 'ForObject' ? first : undefined,
      value,
      condition: condition ? this.#child(condition) : undefined,
    };
  }

  #children(node: SyntaxNode): readonly Expression[] {
    return findChildren(node, isExpression).map(this.convert);
  }

  #child(node: SyntaxNode): Expression {
    const [child] = findChildren(node, isExpression, 1);
    return child ? this.convert(child) : this.#unknown(node);
  }

  readonly #read = ({ from, to }: SyntaxNode): string => this.#text.slice(from - this.#base, to - this.#base);

  #range({ from, to }: SyntaxNode): Range {
    return { start: from - this.#base, end: to - this.#base };
  }

  #unknown(node: SyntaxNode): Expression {
    return { ...this.#range(node), kind: 'unknown' };
  }
}

const accesses: ReadonlySet<string> = new Set(['GetAttribute', 'GetIndex', 'Splat']);

const isExpression = ({ type }: SyntaxNode): boolean => type.is('Expression');

/** The first children of a kind. One more than a name may have parts tells that there are too many. */
function findChildren(node: SyntaxNode, isFound: (child: SyntaxNode) => boolean, limit = maxParts + 1): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null && children.length < limit; child = child.nextSibling) {
    if (isFound(child)) children.push(child);
  }
  return children;
}

const templateParser = parser.configure({ top: 'Template', contextTracker: trackTemplateScopes });

/** Reads the parts of a template without quotes, as in the strings of `.tf.json`. */
export function readHclTemplate(text: string): readonly (string | Expression)[] {
  const pieces = getChildren(templateParser.parse(text).topNode);
  const read = ({ from, to }: SyntaxNode) => text.slice(from, to);
  return pieces.length > maxParts ? [OPEN] : toTemplateParts(pieces, read, new HclConverter(text, 0).convert);
}
