import type { SyntaxNode } from '@lezer/common';
import type { Argument, Entry, Expression } from '../expressions/expression.ts';
import { createMissing, ExpressionReader, findChildren, isExpression } from './expressionReader.ts';
import { decodeEscape, findInnerRange } from './strings.ts';

/** Operators by the names that they have in JavaScript. */
const operators: Readonly<Record<string, string>> = { or: '||', and: '&&', is: '==' };

/** Calls that stand for syntax. A program cannot define their names. */
export const syntaxCalls = {
  slice: '[:]',
  setItem: '[]=',
  iterate: 'for x in',
  iteratePairs: 'for x, y in',
  flatten: 'for x in for y in',
} as const;

/** Converts expressions of Python. */
export class PythonReader extends ExpressionReader {
  protected convertNode(node: SyntaxNode): Expression {
    switch (node.name) {
      case 'Number':
        return this.#toNumber(node);
      case 'String':
      case 'FormatString':
      case 'ContinuedString':
        return this.#toString(node);
      case 'Boolean':
        return { ...this.range(node), kind: 'literal', value: this.read(node) === 'True' };
      case 'None':
        return { ...this.range(node), kind: 'literal', value: null };
      case 'VariableName':
        return this.toName(node);
      case 'ParenthesizedExpression':
        return { ...this.convertChild(node), ...this.range(node) };
      case 'AwaitExpression':
        return this.convertChild(node);
      case 'NamedExpression':
        return node.lastChild ? this.convert(node.lastChild) : this.unknown(node);
      case 'UnaryExpression':
        return this.toUnary(node);
      case 'BinaryExpression':
        return this.#toBinary(node);
      case 'UpdateStatement':
        return this.#toUpdated(node);
      case 'ConditionalExpression': {
        const [whenTrue, condition, whenFalse] = findChildren(node, isExpression, 3).map(this.convert);
        return this.toConditional(node, condition, whenTrue, whenFalse);
      }
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'SetExpression':
        return {
          ...this.range(node),
          kind: 'list',
          items: findChildren(node, isExpression).map((item) => this.toItem(item)),
        };
      case 'DictionaryExpression':
        return { ...this.range(node), kind: 'object', entries: this.#toEntries(node) };
      case 'ArrayComprehensionExpression':
      case 'ComprehensionExpression':
      case 'SetComprehensionExpression':
      case 'DictionaryComprehensionExpression':
        return this.#toFor(node);
      case 'MemberExpression':
      case 'CallExpression':
        return this.convertChain(node);
      default:
        return this.unknown(node);
    }
  }

  protected override convertIndex(of: Expression, link: SyntaxNode): Expression {
    return link.getChild(':') ? this.#toSlice(of, link) : super.convertIndex(of, link);
  }

  /** `text[from:to]` is a call of a method. */
  #toSlice(of: Expression, link: SyntaxNode): Expression {
    const colons = findChildren(link, ({ name }) => name === ':', 2);
    const [colon] = colons;
    if (colon === undefined || colons.length > 1) return this.unknown(link);
    const [from, to] = [colon.prevSibling, colon.nextSibling].map(
      (bound) => bound && isExpression(bound) && this.convert(bound),
    );
    const range = this.range(link);
    const start: Expression = from || { ...range, kind: 'literal', value: 0 };
    const key: Expression = { ...range, kind: 'literal', value: syntaxCalls.slice };
    const args = [start, ...(to ? [to] : [])].map((value) => ({ name: undefined, value }));
    return { ...range, kind: 'call', callee: { ...range, kind: 'member', of, key }, arguments: args };
  }

  /** A number with decimals is known only if it is written as Python prints it, unlike `1.50`. */
  #toNumber(node: SyntaxNode): Expression {
    const written = this.read(node);
    const hasDecimals = /^(?!0x).*[.e]/i.test(written);
    return hasDecimals && String(Number(written)) !== written ? this.unknown(node) : this.toNumber(node);
  }

  /** One string, or several consecutive ones, which Python joins. */
  #toString(node: SyntaxNode): Expression {
    if (node.name !== 'ContinuedString') {
      const inner = this.#findInner(node);
      return this.toTemplate(this.range(node), inner, this.#toStringParts(node));
    }
    const parts = findChildren(node, isExpression).flatMap((child) => this.#toStringParts(child));
    return this.toTemplate(this.range(node), this.range(node), parts);
  }

  #findInner(node: SyntaxNode) {
    const written = this.read(node);
    const [, prefix = '', quote = ''] = /^([a-zA-Z]{0,2})("""|'''|"|')/.exec(written) ?? [];
    return findInnerRange(node, written, prefix.length + quote.length);
  }

  #toStringParts(node: SyntaxNode): readonly (string | Expression)[] {
    const isRaw = /^[a-zA-Z]{0,2}["']/.exec(this.read(node).slice(0, 3))?.[0].toLowerCase().includes('r') ?? false;
    const isFormat = node.name === 'FormatString';
    return this.toParts(
      node,
      this.#findInner(node),
      (text) => (isFormat ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text),
      (child) => {
        if (child.name === 'FormatReplacement') return this.#toReplacement(child);
        return isRaw ? this.read(child) : decodeEscape(this.read(child));
      },
    );
  }

  /** `{name}`, `{number:02d}`. Other formats are not followed. */
  #toReplacement(node: SyntaxNode): Expression {
    const conversion = node.getChild('FormatConversion');
    const spec = node.getChild('FormatSpec');
    if ((conversion && this.read(conversion) !== '!s') || node.getChild('FormatSelfDoc')) return this.unknown(node);
    const value = this.convertChild(node);
    if (!spec) return value;
    const written = this.read(spec).slice(1);
    if (!/^0?\d{0,2}d$/.test(written)) return this.unknown(node);
    const format: Expression = { ...this.range(spec), kind: 'literal', value: `%${written}` };
    return { ...this.range(node), kind: 'binary', operator: '%', left: format, right: value };
  }

  #toBinary(node: SyntaxNode): Expression {
    const [left, right] = findChildren(node, isExpression, 2).map(this.convert);
    const operator = findChildren(node, (child) => !isExpression(child) && !child.type.isError)
      .map((child) => this.read(child))
      .join(' ');
    if (!left || !right || operator === '') return this.unknown(node);
    const name = operator === 'is not' ? '!=' : (operators[operator] ?? operator);
    return { ...this.range(node), kind: 'binary', operator: name, left, right };
  }

  #toUpdated(node: SyntaxNode): Expression {
    const operator = node.getChild('UpdateOp');
    const { lastChild } = node;
    if (!operator || this.read(operator) !== '+=' || !lastChild || !isExpression(lastChild)) return this.unknown(node);
    return this.toAddition(node, this.convert(lastChild));
  }

  toArguments(list: SyntaxNode): readonly Argument[] {
    if (list.getChild('for')) return [{ name: undefined, value: this.#toFor(list) }];
    const args: Argument[] = [];
    for (const child of findChildren(list, () => true)) {
      const next = child.nextSibling;
      if (child.name === 'VariableName' && next?.name === 'AssignOp') {
        const value = next.nextSibling;
        const isWritten = value !== null && isExpression(value);
        args.push({ name: this.read(child), value: isWritten ? this.convert(value) : createMissing(next.to) });
      } else if (isExpression(child) && child.prevSibling?.name !== 'AssignOp') {
        args.push({ name: undefined, value: this.toItem(child) });
      }
    }
    return args;
  }

  #toEntries(node: SyntaxNode): readonly Entry[] {
    return findChildren(node, isExpression).flatMap((child): readonly Entry[] => {
      if (child.prevSibling?.name === '**') return [{ key: undefined, value: this.convert(child) }];
      const colon = child.nextSibling;
      if (colon?.name !== ':') return [];
      const value = colon.nextSibling;
      const isWritten = value !== null && isExpression(value);
      return [{ key: this.convert(child), value: isWritten ? this.convert(value) : createMissing(colon.to) }];
    });
  }

  /** A comprehension. Each further `for` makes a list of lists, which are joined. */
  #toFor(node: SyntaxNode): Expression {
    const clauses = this.#readClauses(node);
    const keyword = node.getChild('for');
    const before = findChildren(node, (child) => isExpression(child) && child.to <= (keyword?.from ?? 0), 2);
    const isMap = node.name === 'DictionaryComprehensionExpression';
    const [first, second] = before.map(this.convert);
    const value = isMap ? second : first;
    if (clauses === undefined || value === undefined || (isMap && clauses.length > 1)) return this.unknown(node);
    return clauses.reduceRight<Expression>((inner, clause, index) => {
      const loop = this.#toLoop(node, clause, isMap ? first : undefined, inner);
      return index === clauses.length - 1 ? loop : callSyntax(loop, syntaxCalls.flatten);
    }, value);
  }

  /** The parts of `for name in collection if condition for …`. Undefined if a part is missing or repeated. */
  #readClauses(node: SyntaxNode): readonly Clause[] | undefined {
    const clauses: { variables: string[]; collection?: Expression; condition?: Expression }[] = [];
    for (let child = node.getChild('for'); child !== null; child = child.nextSibling) {
      const clause = clauses.at(-1);
      const part = child.prevSibling?.name;
      if (child.name === 'for') clauses.push({ variables: findLoopNames(child).map((name) => this.read(name)) });
      else if (!clause || !isExpression(child)) continue;
      else if (part === 'in' && !clause.collection) clause.collection = this.convert(child);
      else if (part === 'if' && !clause.condition) clause.condition = this.convert(child);
      else if (part === 'if') return undefined;
    }
    const complete = clauses.flatMap(({ variables, collection, condition }) =>
      collection && (variables.length === 1 || variables.length === 2) ? [{ variables, collection, condition }] : [],
    );
    return complete.length === clauses.length && complete.length > 0 ? complete : undefined;
  }

  /** Like Python, it iterates over the keys of a dictionary. Two variables take the parts of each pair. */
  #toLoop(node: SyntaxNode, clause: Clause, key: Expression | undefined, value: Expression): Expression {
    const { variables, collection, condition } = clause;
    const items = callSyntax(collection, variables.length === 1 ? syntaxCalls.iterate : syntaxCalls.iteratePairs);
    return { ...this.range(node), kind: 'for', variables, collection: items, key, value, condition };
  }
}

interface Clause {
  readonly variables: readonly string[];
  readonly collection: Expression;
  readonly condition: Expression | undefined;
}

/** Expresses a part of the syntax as a function call. */
function callSyntax(value: Expression, name: string): Expression {
  const { start, end } = value;
  return {
    start,
    end,
    kind: 'call',
    callee: { start, end, kind: 'name', name },
    arguments: [{ name: undefined, value }],
  };
}

/** The variables of a loop or comprehension after its `for`: `for name in …`, `for a, b in …`, `for (a, b) in …`. */
export function findLoopNames(keyword: SyntaxNode | null): readonly SyntaxNode[] {
  const names: SyntaxNode[] = [];
  for (let child = keyword?.nextSibling; child && child.name !== 'in'; child = child.nextSibling) {
    if (child.name === 'VariableName') names.push(child);
    else if (child.name === 'TupleExpression') names.push(...child.getChildren('VariableName'));
  }
  return names;
}
