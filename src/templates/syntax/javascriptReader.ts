import type { SyntaxNode } from '@lezer/common';
import type { Argument, Entry, Expression } from '../expressions/expression.ts';
import { createMissing, ExpressionReader, findChildren, isExpression } from './expressionReader.ts';
import { decodeEscape, findInnerRange } from './strings.ts';

/** Converts expressions of TypeScript and JavaScript. */
export class JavaScriptReader extends ExpressionReader {
  protected convertNode(node: SyntaxNode): Expression {
    switch (node.name) {
      case 'Number':
        return this.toNumber(node);
      case 'String':
      case 'TemplateString':
        return this.#toString(node);
      case 'TaggedTemplateExpression':
        return this.#toTagged(node);
      case 'BooleanLiteral':
        return { ...this.range(node), kind: 'literal', value: this.read(node) === 'true' };
      case 'null':
        return { ...this.range(node), kind: 'literal', value: null };
      case 'VariableName':
        if (this.read(node) === 'undefined') return { ...this.range(node), kind: 'literal', value: null };
        return this.toName(node);
      case 'this':
        return this.toName(node);
      case 'ParenthesizedExpression':
      case 'InstantiationExpression':
        return { ...this.convertChild(node), ...this.range(node) };
      case 'AwaitExpression':
      case 'PrefixCast':
        return this.convertChild(node);
      case 'PostfixExpression':
        if (!node.lastChild || this.read(node.lastChild) !== '!') return this.unknown(node);
        return { ...this.convertChild(node), ...this.range(node) };
      case 'SequenceExpression':
        return node.lastChild ? this.convert(node.lastChild) : this.unknown(node);
      case 'UnaryExpression':
        return this.toUnary(node);
      case 'BinaryExpression':
        return this.#toBinary(node);
      case 'AssignmentExpression':
        return this.#toAssigned(node);
      case 'ConditionalExpression': {
        const [condition, whenTrue, whenFalse] = findChildren(node, isExpression, 3).map(this.convert);
        return this.toConditional(node, condition, whenTrue, whenFalse);
      }
      case 'ArrayExpression':
        return { ...this.range(node), kind: 'list', items: this.#toItems(node) };
      case 'ObjectExpression': {
        const properties = findChildren(node, ({ name }) => name === 'Property');
        return { ...this.range(node), kind: 'object', entries: properties.map((each) => this.#toEntry(each)) };
      }
      case 'EnumBody': {
        const members = findChildren(node, ({ name }) => name === 'PropertyName');
        return { ...this.range(node), kind: 'object', entries: members.map((each) => this.#toEnumEntry(each)) };
      }
      case 'NewExpression':
        return this.#toNew(node);
      case 'MemberExpression':
      case 'CallExpression':
        return this.convertChain(node);
      default:
        return this.unknown(node);
    }
  }

  #toNew(node: SyntaxNode): Expression {
    const list = node.getChild('ArgList');
    const args = list ? this.toArguments(list) : [];
    return { ...this.range(node), kind: 'call', callee: this.convertChild(node), arguments: args };
  }

  #toString(node: SyntaxNode): Expression {
    const inner = findInnerRange(node, this.read(node), 1);
    const parts = this.toParts(
      node,
      inner,
      (text) => text,
      (child) => (child.name === 'Interpolation' ? this.convertChild(child) : decodeEscape(this.read(child))),
    );
    return this.toTemplate(this.range(node), inner, parts);
  }

  /** `` pulumi.interpolate`…` `` */
  #toTagged(node: SyntaxNode): Expression {
    const template = node.getChild('TemplateString');
    return template ? { ...this.#toString(template), ...this.range(node) } : this.unknown(node);
  }

  #toBinary(node: SyntaxNode): Expression {
    const left = node.firstChild;
    const operator = left?.nextSibling;
    if (!left || !operator) return this.unknown(node);
    // Types do not change the value.
    if (operator.name === 'as' || operator.name === 'satisfies') return this.convert(left);
    const [, right] = findChildren(node, isExpression, 2).map(this.convert);
    if (!right) return this.unknown(node);
    return { ...this.range(node), kind: 'binary', operator: this.read(operator), left: this.convert(left), right };
  }

  /** The value of `name = value`, `name += value`, `name ??= value` or `name ||= value`. */
  #toAssigned(node: SyntaxNode): Expression {
    const operator = node.getChild('Equals') ?? node.getChild('UpdateOp');
    const { lastChild } = node;
    if (!operator || !lastChild || !isExpression(lastChild) || lastChild.from < operator.to) return this.unknown(node);
    const value = this.convert(lastChild);
    const written = this.read(operator);
    if (written === '=') return value;
    if (written === '+=') return this.toAddition(node, value);
    if (written !== '??=' && written !== '||=') return this.unknown(node);
    return {
      ...this.range(node),
      kind: 'binary',
      operator: written.slice(0, -1),
      left: this.convertChild(node),
      right: value,
    };
  }

  #toItems(list: SyntaxNode): readonly Expression[] {
    return findChildren(list, isExpression).map((item) => this.toItem(item));
  }

  toArguments(list: SyntaxNode): readonly Argument[] {
    return this.#toItems(list).map((value) => ({ name: undefined, value }));
  }

  #toEntry(property: SyntaxNode): Entry {
    const first = property.firstChild;
    const colon = property.getChild(':');
    const value = colon?.nextSibling;
    if (first?.name === 'Spread') return { key: undefined, value: this.convertChild(property) };
    const key = first?.name === 'PropertyDefinition' ? this.toText(first) : this.convertChild(property);
    if (value && isExpression(value)) return { key, value: this.convert(value) };
    if (colon) return { key, value: createMissing(colon.to) };
    const isShorthand = first?.name === 'PropertyDefinition' && first.to === property.to;
    return { key, value: isShorthand ? this.toName(first) : this.unknown(property) };
  }

  #toEnumEntry(member: SyntaxNode): Entry {
    const equals = member.nextSibling;
    const value = equals?.name === 'Equals' ? equals.nextSibling : null;
    return { key: this.toText(member), value: value ? this.convert(value) : this.unknown(member) };
  }
}
