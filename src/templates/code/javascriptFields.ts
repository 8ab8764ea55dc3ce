import type { SyntaxNode } from '@lezer/common';
import { isExpression } from '../syntax/expressionReader.ts';
import { type Field, type FieldClass, getElementIndex, readClassName } from './declarations.ts';
import { selectFinalFields } from './fields.ts';

/** Matches assignments to fields: `this.name = `, `this.name += `, `this.name++`. */
const fieldAssignment = /\bthis\.(\w+)\s*(?:=(?![=>])|[-+*/%|&?]{1,2}=|\+\+|--)/g;

/** Members of a class that are read. */
const maxMembers = 50;

/** The fields of a class: parameters of its constructor with a modifier, what it assigns, and properties. */
export function toFieldClass(node: SyntaxNode, text: string): FieldClass | undefined {
  const body = node.getChild('ClassBody');
  if (body === null) return undefined;
  const members = [...body.getChildren('PropertyDeclaration'), ...body.getChildren('MethodDeclaration')].filter(
    (member) => !member.getChild('static'),
  );
  const fields = new Map<string, Field>();
  let start = node.from;
  for (const member of members.slice(0, maxMembers)) {
    const definition = member.getChild('PropertyDefinition');
    const name = definition ? text.slice(definition.from, definition.to) : '';
    const isConstructor = name === 'constructor';
    if (!isConstructor && definition) {
      const value = member.getChild('get') ? member : findInitializer(definition);
      fields.set(name, { name, argument: undefined, value, isAssigned: false });
    }
    const parameters = isConstructor ? member.getChild('ParamList') : null;
    if (parameters === null) continue;
    start = member.from;
    for (const field of readParameterProperties(parameters, text)) fields.set(field.name, field);
    for (const field of readAssignedFields(member.getChild('Block'), text)) fields.set(field.name, field);
  }
  const final = selectFinalFields([...fields.values()], node, text, fieldAssignment);
  const base = node.getChild('extends')?.nextSibling;
  const name = readClassName(node, text) ?? '';
  return final && { name, base: base ? text.slice(base.from, base.to) : undefined, start, fields: final };
}

/** `constructor(readonly name: string)` */
const readParameterProperties = (list: SyntaxNode, text: string): readonly Field[] =>
  list
    .getChildren('VariableDefinition')
    .filter(isParameterProperty)
    .map((name) => ({
      name: text.slice(name.from, name.to),
      argument: getElementIndex(name),
      value: findInitializer(name),
      isAssigned: false,
    }));

/** `this.name = name;` */
const readAssignedFields = (block: SyntaxNode | null, text: string): readonly Field[] =>
  (block?.getChildren('ExpressionStatement') ?? []).flatMap((statement) => {
    const assignment = statement.getChild('AssignmentExpression');
    const target = assignment?.firstChild;
    const name = target?.name === 'MemberExpression' && target.firstChild?.name === 'this' ? target.lastChild : null;
    if (!assignment || !name) return [];
    return [{ name: text.slice(name.from, name.to), argument: undefined, value: assignment, isAssigned: true }];
  });

/** `constructor(private readonly name: string)` */
export const isParameterProperty = ({ prevSibling }: SyntaxNode): boolean =>
  prevSibling?.name === 'Privacy' || prevSibling?.name === 'readonly';

/** The value after a name or pattern with an optional type. */
export function findInitializer(pattern: SyntaxNode): SyntaxNode | undefined {
  let next = pattern.nextSibling;
  while (next?.name === 'Optional' || next?.name === 'LogicOp' || next?.name === 'TypeAnnotation')
    next = next.nextSibling;
  const value = next?.name === 'Equals' ? next.nextSibling : null;
  return value && isExpression(value) ? value : undefined;
}
