import type { SyntaxNode } from '@lezer/common';
import { type Field, type FieldClass, readClassName } from './declarations.ts';
import { selectFinalFields } from './fields.ts';

/** Matches assignments to fields: `self.name = `, `self.name += `, `self.name: str = `. */
const fieldAssignment = /\bself\.(\w+)[ \t]{0,9}(?::[^=\n]{0,100})?(?:=(?!=)|[-+*/%|&]{1,2}=)/g;

/** The fields of a class: what its constructor assigns, or without one the arguments of a data class. */
export function toFieldClass(node: SyntaxNode, text: string): FieldClass | undefined {
  const body = node.name === 'ClassDefinition' ? node.getChild('Body') : null;
  const bases = node.getChild('ArgList');
  const base = bases && bases.to - bases.from < maxBaseLength ? text.slice(bases.from + 1, bases.to - 1).trim() : '';
  if (body === null || !/^[\w.]*$/.test(base) || (bases !== null && base === '')) return undefined;
  const functions = body.getChildren('FunctionDefinition');
  const initializer = functions.find((each) => getName(each, text) === '__init__');
  const isExtended = base !== '' && !/^(?:\w+\.)?(?:NamedTuple|object|ABC)$/.test(base);
  // The arguments of a derived data class begin with those of its base.
  if (initializer === undefined && isExtended) return undefined;
  const fields = initializer ? readAssignedFields(initializer, text) : readDataFields(body, text);
  const methods = functions.map((each) => createField(getName(each, text), undefined));
  const final = selectFinalFields([...fields, ...methods], node, text, fieldAssignment);
  const name = readClassName(node, text) ?? '';
  return final && { name, base: isExtended ? base : undefined, start: (initializer ?? node).from, fields: final };
}

const createField = (name: string, value: SyntaxNode | undefined, argument?: number): Field => ({
  name,
  argument,
  value,
  isAssigned: false,
});

function getName(definition: SyntaxNode, text: string): string {
  const { from = 0, to = 0 } = definition.getChild('VariableName') ?? {};
  return text.slice(from, to);
}

/** Characters. A longer list of bases is not read. */
const maxBaseLength = 200;

/** Matches a field that is no positional argument: `ClassVar[str]`, `field(init=False)`, `field(kw_only=True)`. */
const noArgument = /\bClassVar\b|\b(?:init\s*=\s*False|kw_only)\b/;

/** Characters of a field's declaration that are searched for that. */
const maxFieldLength = 300;

/** `name: str = "default"` */
function readDataFields(body: SyntaxNode, text: string): readonly Field[] {
  const fields: Field[] = [];
  let argument = 0;
  for (const statement of body.getChildren('AssignStatement')) {
    const name = statement.firstChild;
    if (!name || !statement.getChild('TypeDef')) continue;
    const written = text.slice(name.from, name.to);
    if (noArgument.test(text.slice(statement.from, Math.min(statement.to, statement.from + maxFieldLength))))
      fields.push(createField(written, undefined));
    else fields.push(createField(written, findLastOperator(statement)?.nextSibling ?? undefined, argument++));
  }
  return fields;
}

/** `self.name = name` */
const readAssignedFields = (initializer: SyntaxNode, text: string): readonly Field[] =>
  (initializer.getChild('Body')?.getChildren('AssignStatement') ?? []).flatMap((statement) => {
    const target = statement.firstChild;
    const written = target?.name === 'MemberExpression' ? text.slice(target.from, target.to) : '';
    const [, name] = /^self\.(\w+)$/.exec(written) ?? [];
    const isSingle = target?.nextSibling?.name !== ',';
    const value = isSingle ? (findLastOperator(statement)?.nextSibling ?? undefined) : undefined;
    return name === undefined ? [] : [{ ...createField(name, value), isAssigned: true }];
  });

/** Parts of an assignment that are searched for its value. */
const maxParts = 1_000;

/** The operator before the value of an assignment. */
export function findLastOperator(statement: SyntaxNode): SyntaxNode | undefined {
  let last: SyntaxNode | undefined;
  let child = statement.firstChild;
  for (let parts = 0; child !== null && parts < maxParts; parts++, child = child.nextSibling)
    if (child.name === 'AssignOp') last = child;
  return last;
}
