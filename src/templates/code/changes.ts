import type { SyntaxNode } from '@lezer/common';
import type { Expression } from '../expressions/expression.ts';
import { toSet } from '../textUtilities.ts';
import { createDeclaration, type DeclaredValue } from './declarations.ts';

/** Methods that add items at the end of a list, and others that change a collection in ways that are not followed. */
const addingMethods = toSet('push append');
const changingMethods = toSet(
  'unshift splice pop shift fill sort reverse set add delete clear extend insert remove update setdefault popitem discard',
);
/** Functions that change their first argument. */
const changingFunctions: ReadonlySet<string> = new Set(['Object.assign', 'setattr', 'delattr', 'random.shuffle']);

const assignments = toSet('AssignmentExpression AssignStatement UpdateStatement');

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
  const isChange = method ? addingMethods.has(written) || changingMethods.has(written) : true;
  return isChange ? change : undefined;
}

/** A collection after a change, as an expression: `[...names, x]`, `{ ...map, key: x }`. Unknown for other changes. */
export function toChanged(name: SyntaxNode, convert: (node: SyntaxNode) => Expression): Expression {
  const member = findMember(name);
  const range = { start: name.from, end: name.to };
  const change = member?.parent;
  const collection = convert(name);
  const target = member && convert(member);
  if (!change || target?.kind !== 'member' || target.of.kind !== 'name') return { ...range, kind: 'unknown' };
  const key = target.key.kind === 'literal' ? target.key.value : undefined;
  if (change.name === 'CallExpression') {
    const call = convert(change);
    if (call.kind !== 'call' || !addingMethods.has(String(key))) return { ...range, kind: 'unknown' };
    const items = [{ ...range, kind: 'spread', of: collection } as const, ...call.arguments.map(({ value }) => value)];
    return { ...range, kind: 'list', items };
  }
  const value = change.lastChild;
  const isSingle = member?.nextSibling?.nextSibling?.from === value?.from;
  const isPlain = isSingle && /^(?:Equals|AssignOp)$/.test(member?.nextSibling?.name ?? '');
  if (!assignments.has(change.name) || !isPlain || !value || typeof key === 'number')
    return { ...range, kind: 'unknown' };
  const entries = [
    { key: undefined, value: collection },
    { key: target.key, value: convert(value) },
  ];
  return { ...range, kind: 'object', entries };
}
