import type { SyntaxNode } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { TemplateContents } from '../cloudformation/find.ts';
import type { TemplateDocument } from '../model.ts';
import { findChildren, isExpression } from '../syntax/expressionReader.ts';
import { parser } from '../syntax/pythonGrammar.ts';
import { findLoopNames, PythonReader } from '../syntax/pythonReader.ts';
import { toSet } from '../textUtilities.ts';
import { findChanged, readChange } from './changes.ts';
import {
  createDeclaration,
  type DeclaredValue,
  findAround,
  findClassName,
  findResults,
  getElementIndex,
  type LexicalScope,
  type ProgramFunction,
  type ProgramSyntax,
} from './declarations.ts';
import { findInProgram } from './find.ts';
import { findLastOperator, toFieldClass } from './pythonFields.ts';

const functionNodes = toSet('FunctionDefinition LambdaExpression ClassDefinition');
const scopeNodes: ReadonlySet<string> = new Set([...functionNodes, 'Script']);
const loopNodes = toSet('ForStatement WhileStatement');
const classNodes = toSet('ClassDefinition');
const ownNames = toSet('self cls');

/** Nodes that define variables of loops. */
const iterationNodes: ReadonlySet<string> = new Set([
  'ForStatement',
  ...['', 'Array', 'Set', 'Dictionary'].map((kind) => `${kind}ComprehensionExpression`),
]);

/** Finds the pack names of a program in Python. */
export const findInPython = (document: TemplateDocument): SlicedWork<TemplateContents> =>
  findInProgram(document, pythonSyntax);

/** Declarations of Python. */
const pythonSyntax: ProgramSyntax = {
  language: 'python',
  path: /\.py$/,
  getParser: () => parser,
  maskText: (text) => text,
  toExpression: (node, text) => new PythonReader(text).convert(node),
  classNodes,
  findBases,
  superCall: /\bsuper\([\w, ]{0,100}\)\.__init__\(/g,
  functionNodes,
  loopNodes,
  ownNames,
  definingNodes: new Set([
    ...toSet(
      'AssignStatement UpdateStatement ExpressionStatement DeleteStatement NamedExpression ParamList FunctionDefinition ClassDefinition',
    ),
    ...iterationNodes,
  ]),
  getDefinedNames,
  findScope,
  readDeclaration,
  toFunction,
  toFieldClass,
  toArguments: (list, text) => new PythonReader(text).toArguments(list),
};

function getDefinedNames(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.name) {
    case 'AssignStatement':
      return [...findTargets(node), ...findChanged(node)];
    case 'ExpressionStatement':
    case 'DeleteStatement':
      return findChanged(node);
    case 'NamedExpression':
    case 'UpdateStatement':
      return node.firstChild && isTarget(node.firstChild) ? [node.firstChild, ...findChanged(node)] : [];
    case 'ParamList':
      return node.getChildren('VariableName').filter(({ prevSibling }) => prevSibling?.name !== 'AssignOp');
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return node.getChildren('VariableName').slice(0, 1);
    default:
      return findLoopNames(node.getChild('for'));
  }
}

/** Characters of a list of parameters that are searched for a mark. */
const maxHeadLength = 1_000;

/** Targets of one assignment. */
const maxTargets = 100;

/** `name` or `self.name`. */
const isTarget = ({ name }: SyntaxNode): boolean => name === 'VariableName' || name === 'MemberExpression';

/** The targets of `a = b = value`, `a, b = values`, `(a, b) = values`. */
function findTargets(statement: SyntaxNode): readonly SyntaxNode[] {
  const value = findLastOperator(statement);
  if (value === undefined) return [];
  const targets: SyntaxNode[] = [];
  for (let child = statement.firstChild; child !== null && child.from < value.from; child = child.nextSibling) {
    if (isTarget(child)) targets.push(child);
    else if (child.name === 'TupleExpression') targets.push(...child.getChildren('VariableName'));
    if (targets.length > maxTargets) return [];
  }
  return targets;
}

function findScope(name: SyntaxNode, isMember: boolean, text: string): LexicalScope {
  const isInMember = name.parent?.name === 'MemberExpression';
  const target = isInMember && isMember && name.parent ? name.parent : name;
  const owner = target.parent ?? target;
  if (target !== name) return { range: undefined, memberOf: findAround(owner, classNodes)?.from, isAssignment: false };
  const isFunctionName = owner.name === 'FunctionDefinition' || owner.name === 'ClassDefinition';
  const loop = owner.name === 'TupleExpression' ? owner.parent : owner;
  const isLoop = loop !== null && iterationNodes.has(loop.name);
  const scope = isLoop ? loop : (findAround(isFunctionName ? owner : name, scopeNodes) ?? owner);
  return {
    range: { start: scope.from, end: scope.to },
    memberOf: scope.name === 'ClassDefinition' ? scope.from : undefined,
    isAssignment: isInMember || owner.name === 'ArgList' || isOuter(name, scope, text),
  };
}

/** Statements of a function that are searched for `global`. It comes first. */
const maxHeadStatements = 10;

/** Whether a function says that a name is one of those around it: `global NAME`. */
function isOuter(name: SyntaxNode, scope: SyntaxNode, text: string): boolean {
  const body = scope.name === 'FunctionDefinition' ? scope.getChild('Body') : null;
  let statement = body?.firstChild ?? null;
  for (let count = 0; statement !== null && count < maxHeadStatements; count++, statement = statement.nextSibling) {
    const names = statement.name === 'ScopeStatement' ? statement.getChildren('VariableName') : [];
    const written = text.slice(name.from, name.to);
    if (names.some(({ from, to }) => text.slice(from, to) === written)) return true;
  }
  return false;
}

/** Classes that one extends. */
const maxBases = 5;

/** `class Name(Base, file.Other, metaclass=Meta)` */
function findBases(classNode: SyntaxNode): readonly SyntaxNode[] {
  const isBase = (argument: SyntaxNode) =>
    isTarget(argument) && argument.prevSibling?.name !== 'AssignOp' && argument.nextSibling?.name !== 'AssignOp';
  const list = classNode.getChild('ArgList');
  return list === null ? [] : findChildren(list, isBase, maxBases);
}

function readDeclaration(name: SyntaxNode, text: string, isMember: boolean): DeclaredValue | undefined {
  if (name.parent?.name === 'ArgList') return readChange(name, text);
  if (name.parent?.name === 'MemberExpression' && !isMember)
    return ownNames.has(text.slice(name.from, name.to)) ? undefined : readChange(name, text);
  const target = name.parent?.name === 'MemberExpression' ? name.parent : name;
  const isInTuple = target.parent?.name === 'TupleExpression';
  const owner = isInTuple ? target.parent?.parent : target.parent;
  const pattern = isInTuple && target.parent ? target.parent : target;
  const path = isInTuple ? [getElementIndex(target) ?? -1] : [];
  switch (owner?.name) {
    case 'AssignStatement':
      // The rest of a list: `first, *others = names`.
      return target.prevSibling?.name === '*' ? createDeclaration(undefined) : readAssignment(owner, pattern, path);
    case 'UpdateStatement':
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return createDeclaration(owner);
    case 'NamedExpression':
      return createDeclaration(owner.lastChild ?? undefined);
    case 'ParamList':
      return readParameter(target, owner, text);
    default:
      return owner && iterationNodes.has(owner.name) ? readLoopVariable(owner, target) : undefined;
  }
}

function readAssignment(
  statement: SyntaxNode,
  target: SyntaxNode,
  path: (string | number)[],
): DeclaredValue | undefined {
  const operator = findLastOperator(statement);
  const value = operator?.nextSibling ?? undefined;
  if (value === undefined || !isExpression(value)) return createDeclaration(undefined);
  // `a, b = 1, 2` and `a, b = values`: the names and the values are children of the statement.
  const isList = target.nextSibling?.name === ',' || target.prevSibling?.name === ',';
  if (!isList) return { ...createDeclaration(value), path };
  const index = getElementIndex(target);
  if (index === undefined) return undefined;
  if (value.nextSibling?.name !== ',') return { ...createDeclaration(value), path: [index] };
  let part: SyntaxNode | null = value;
  for (let commas = 0; part !== null && commas < index; part = part.nextSibling) if (part.name === ',') commas++;
  return createDeclaration(part ?? undefined);
}

function readParameter(target: SyntaxNode, list: SyntaxNode, text: string): DeclaredValue {
  const owner = list.parent ?? list;
  let operator = target.nextSibling;
  if (operator?.name === 'TypeDef') operator = operator.nextSibling;
  const value = operator?.name === 'AssignOp' ? operator.nextSibling : null;
  const written = text.slice(target.from, target.to);
  const prefix = target.prevSibling?.name;
  // `/` takes the place of a parameter in the list, but not of an argument.
  const hasSlash = /,\s*\/\s*,/.test(text.slice(list.from, Math.min(target.from, list.from + maxHeadLength)));
  const position = getElementIndex(target);
  const index = position !== undefined && hasSlash ? position - 1 : position;
  const declaration = createDeclaration(value ?? undefined);
  if (prefix === '*' || prefix === '**' || index === undefined) return declaration;
  const first = list.getChild('VariableName');
  const isMethod = first !== null && ownNames.has(text.slice(first.from, first.to));
  const parameter = {
    owner: owner.from,
    callable: findCallable(owner, text),
    index: isMethod ? index - 1 : index,
    name: written,
  };
  return { ...declaration, parameter };
}

/** The name by which a function is called: the class's for `__init__`, the variable's for a lambda. */
function findCallable(owner: SyntaxNode, text: string): string | undefined {
  const isLambda = owner.name === 'LambdaExpression';
  const name = isLambda ? owner.prevSibling?.prevSibling : owner.getChild('VariableName');
  if (name?.name !== 'VariableName') return undefined;
  const written = text.slice(name.from, name.to);
  return written === '__init__' ? findClassName(owner, classNodes, text) : written;
}

/** `for name in packs`, `for name, uri in packs.items()`, in a statement or a comprehension. */
function readLoopVariable(loop: SyntaxNode, target: SyntaxNode): DeclaredValue {
  const value = loop.getChild('in')?.nextSibling ?? undefined;
  const names = findLoopNames(loop.getChild('for'));
  const index = names.findIndex(({ from }) => from === target.from);
  return { ...createDeclaration(value), isElement: true, path: names.length > 1 ? [index] : [] };
}

function toFunction(node: SyntaxNode, text: string): ProgramFunction | undefined {
  if (node.name !== 'FunctionDefinition' && node.name !== 'LambdaExpression') return undefined;
  return {
    start: node.from,
    isGetter: isProperty(node, text),
    getResults: () => findResults(node, functionNodes),
  };
}

/** Whether the decorator is `@property`, `@cached_property` or the like. */
const isProperty = ({ prevSibling }: SyntaxNode, text: string): boolean =>
  prevSibling?.name === 'Decorator' && text.slice(prevSibling.from, prevSibling.to).trimEnd().endsWith('property');
