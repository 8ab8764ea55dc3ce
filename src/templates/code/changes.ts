import type { SyntaxNode } from '@lezer/common';
import { type Argument, type Entry, type Expression, getPath } from '../expressions/expression.ts';
import { syntaxCalls } from '../syntax/pythonReader.ts';
import { toSet } from '../textUtilities.ts';
import { createDeclaration, type DeclaredValue } from './declarations.ts';

/** Methods that add items at the end of a list, that order it, and others that are mostly not followed. */
const addingMethods = toSet('push append');
const orderingMethods = toSet('sort reverse');
const changingMethods: ReadonlySet<string> = new Set([
  ...addingMethods,
  ...orderingMethods,
  ...toSet('unshift splice pop shift fill set add delete clear extend insert remove update setdefault popitem discard'),
]);
/** Functions that change their first argument. */
const changingFunctions: ReadonlySet<string> = new Set(['Object.assign', 'setattr', 'delattr', 'random.shuffle']);

const assignments = toSet('AssignmentExpression AssignStatement UpdateStatement');
/** `delete map.key`, `del map["key"]` */
const removals = toSet('UnaryExpression DeleteStatement');

/** The names of the collections that a statement may change: `names.push(x)`, `map.key = x`, `change(map)`. */
export function findChanged(node: SyntaxNode): readonly SyntaxNode[] {
  const call = node.name === 'ExpressionStatement' ? node.getChild('CallExpression') : undefined;
  const first = (call === undefined ? node : call)?.firstChild;
  const target = first?.name === 'delete' || first?.name === 'del' ? first.nextSibling : first;
  const argument = call?.getChild('ArgList')?.firstChild?.nextSibling;
  let name: SyntaxNode | null = target?.name === 'MemberExpression' ? target : null;
  while (name?.name === 'MemberExpression') name = name.firstChild;
  return [name, argument].flatMap((each) => (each?.name === 'VariableName' ? [each] : []));
}

/** The member of a collection that starts with its name. */
function findMember(name: SyntaxNode): SyntaxNode | undefined {
  let member = name;
  while (member.parent?.name === 'MemberExpression' && member.parent.from === name.from) member = member.parent;
  return member === name ? undefined : member;
}

/** Reads the change of a collection as a definition of its name. Undefined if the method or function does not change it. */
export function readChange(name: SyntaxNode, text: string): DeclaredValue | undefined {
  const change = { ...createDeclaration(name), isChange: true };
  if (name.parent?.name === 'ArgList') {
    const called = name.parent.prevSibling;
    return called && changingFunctions.has(text.slice(called.from, called.to)) ? change : undefined;
  }
  const member = findMember(name);
  const method = member?.parent?.name === 'CallExpression' ? member.getChild('PropertyName') : null;
  const written = method ? text.slice(method.from, method.to) : '';
  return method && !changingMethods.has(written) ? undefined : change;
}

/**
 * A collection after a change, as an expression: `[...names, x]`, `{ ...map, key: x }`, `{ ...map, ...others }`. Unknown for
 * other changes.
 */
export function toChanged(name: SyntaxNode, convert: (node: SyntaxNode) => Expression): Expression {
  const range = { start: name.from, end: name.to };
  const collection = convert(name);
  const withEntries = (...entries: readonly Entry[]): Expression => ({
    ...range,
    kind: 'object',
    entries: [{ key: undefined, value: collection }, ...entries],
  });
  const unknown: Expression = { ...range, kind: 'unknown' };
  const missing: Expression = { ...range, kind: 'literal', value: null };
  const member = findMember(name);
  const change = member?.parent ?? name.parent?.parent;
  const call = change?.name === 'CallExpression' ? convert(change) : undefined;
  if (call?.kind === 'call' && member === undefined) {
    const [key, value] = call.arguments.slice(1);
    switch (getPath(call.callee)?.join('.')) {
      case 'Object.assign':
        return withEntries(...call.arguments.slice(1).map(toEntry));
      case 'setattr':
        return key && value ? withEntries({ key: key.value, value: value.value }) : unknown;
      default:
        return unknown;
    }
  }
  const target = member && convert(member);
  if (!change || target?.kind !== 'member' || target.of.kind !== 'name') return unknown;
  const key = target.key.kind === 'literal' ? target.key.value : undefined;
  if (call?.kind === 'call') {
    if (orderingMethods.has(String(key))) return call;
    const [first] = call.arguments;
    if (key === 'pop' && first?.value.kind === 'literal' && typeof first.value.value === 'string')
      return withEntries({ key: first.value, value: missing });
    if (key === 'update') return withEntries(...call.arguments.map(toEntry));
    if (!addingMethods.has(String(key))) return unknown;
    const items = [{ ...range, kind: 'spread', of: collection } as const, ...call.arguments.map(({ value }) => value)];
    return { ...range, kind: 'list', items };
  }
  if (removals.has(change.name))
    return typeof key === 'number' ? unknown : withEntries({ key: target.key, value: missing });
  const value = change.lastChild;
  const isSingle = member?.nextSibling?.nextSibling?.from === value?.from;
  const isPlain = isSingle && /^(?:Equals|AssignOp)$/.test(member?.nextSibling?.name ?? '');
  if (!assignments.has(change.name) || !isPlain || !value) return unknown;
  if (typeof key !== 'number') return withEntries({ key: target.key, value: convert(value) });
  const callee: Expression = { ...target, key: { ...range, kind: 'literal', value: syntaxCalls.setItem } };
  const args = [target.key, convert(value)].map((each) => ({ name: undefined, value: each }));
  return { ...range, kind: 'call', callee, arguments: args };
}

/** An argument as an entry of an object: `name=value`, or the entries of another object. */
const toEntry = ({ name, value }: Argument): Entry => ({
  key: name === undefined ? undefined : { start: value.start, end: value.end, kind: 'literal', value: name },
  value,
});
