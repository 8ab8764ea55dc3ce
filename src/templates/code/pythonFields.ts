import type { SyntaxNode } from '@lezer/common';
import type { Field, FieldClass } from './declarations.ts';

/** Fields of a class that are read. */
const maxFields = 50;

/** The fields of a class: what its constructor assigns, or without one the arguments of a data class. */
export function toFieldClass(node: SyntaxNode, text: string): FieldClass | undefined {
  const body = node.name === 'ClassDefinition' ? node.getChild('Body') : null;
  const bases = node.getChild('ArgList');
  if (body === null || (bases !== null && !/^\(\s*(?:\w+\.)?NamedTuple\s*\)$/.test(text.slice(bases.from, bases.to))))
    return undefined;
  const functions = body.getChildren('FunctionDefinition');
  const initializer = functions.find((each) => getName(each, text) === '__init__');
  const fields = initializer ? readAssignedFields(initializer, text) : readDataFields(body, text);
  const methods = functions.map((each) => ({ name: getName(each, text), argument: undefined, value: undefined }));
  return { start: (initializer ?? node).from, fields: [...fields, ...methods].slice(0, maxFields) };
}

function getName(definition: SyntaxNode, text: string): string {
  const { from = 0, to = 0 } = definition.getChild('VariableName') ?? {};
  return text.slice(from, to);
}

/** `name: str = "default"` */
const readDataFields = (body: SyntaxNode, text: string): readonly Field[] =>
  body
    .getChildren('AssignStatement')
    .filter((statement) => statement.getChild('TypeDef'))
    .flatMap((statement, argument) => {
      const name = statement.firstChild;
      const value = findLastOperator(statement)?.nextSibling ?? undefined;
      return name ? [{ name: text.slice(name.from, name.to), argument, value }] : [];
    });

/** `self.name = name` */
const readAssignedFields = (initializer: SyntaxNode, text: string): readonly Field[] =>
  (initializer.getChild('Body')?.getChildren('AssignStatement') ?? []).flatMap((statement) => {
    const target = statement.firstChild;
    const name = target?.name === 'MemberExpression' ? target.getChild('PropertyName') : null;
    const value = findLastOperator(statement)?.nextSibling;
    return name && value ? [{ name: text.slice(name.from, name.to), argument: undefined, value }] : [];
  });

/** The operator before the value of an assignment. */
export function findLastOperator(statement: SyntaxNode): SyntaxNode | undefined {
  const operators = statement.getChildren('AssignOp');
  return operators.at(-1);
}
