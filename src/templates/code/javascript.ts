import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { TemplateContents } from '../cloudformation/find.ts';
import type { TemplateDocument } from '../model.ts';
import { isExpression } from '../syntax/expressionReader.ts';
import { maskCostlyLines } from '../syntax/javascriptMask.ts';
import { JavaScriptReader } from '../syntax/javascriptReader.ts';
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
import { findInitializer, isParameterProperty, toFieldClass } from './javascriptFields.ts';

const parsers = {
  ts: parser.configure({ dialect: 'ts' }),
  tsx: parser.configure({ dialect: 'ts jsx' }),
  js: parser.configure({ dialect: 'jsx' }),
};

const functionNodes = toSet('FunctionDeclaration FunctionExpression ArrowFunction MethodDeclaration');

/** Nodes in which declared names are visible. Parameters are visible in their function. */
const scopeNodes: ReadonlySet<string> = new Set([
  ...functionNodes,
  ...toSet('Script Block ForStatement CatchClause SwitchBody ParamList'),
]);

const loopNodes = toSet('ForStatement WhileStatement DoStatement');
const classNodes = toSet('ClassDeclaration ClassExpression EnumDeclaration');
const memberNodes = toSet('PropertyDeclaration MethodDeclaration EnumBody');
/** `name = value`, `name++`, `++name` */
const assignmentNodes = toSet('AssignmentExpression PostfixExpression UnaryExpression');

const loopMethods = toSet('forEach map flatMap filter every some');

/** Finds the pack names of a program in TypeScript or JavaScript. */
export const findInJavaScript = (document: TemplateDocument): SlicedWork<TemplateContents> =>
  findInProgram(document, javascriptSyntax);

/** Declarations of TypeScript and JavaScript. */
const javascriptSyntax: ProgramSyntax = {
  language: 'javascript',
  path: /\.[cm]?[jt]sx?$/,
  getParser: (path) => (/\.tsx$/i.test(path) ? parsers.tsx : /ts$/i.test(path) ? parsers.ts : parsers.js),
  maskText: maskCostlyLines,
  toExpression: (node, text) => new JavaScriptReader(text).convert(node),
  classNodes,
  findBases: (classNode) => {
    const base = classNode.getChild('extends')?.nextSibling;
    return base ? [base] : [];
  },
  superCall: /\bsuper\(/g,
  functionNodes,
  loopNodes,
  ownNames: new Set(['this']),
  definingNodes: new Set([
    'VariableDefinition',
    'EnumDeclaration',
    'ExpressionStatement',
    ...assignmentNodes,
    ...memberNodes,
  ]),
  getDefinedNames,
  findScope,
  readDeclaration,
  toFunction,
  toFieldClass,
  toArguments: (list, text) => new JavaScriptReader(text).toArguments(list),
};

function getDefinedNames(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.name) {
    case 'VariableDefinition':
      return [node];
    case 'AssignmentExpression':
    case 'PostfixExpression':
    case 'UnaryExpression': {
      const target = node.firstChild?.name === 'ArithOp' ? node.lastChild : node.firstChild;
      if (target?.name === 'VariableName') return [target];
      return target?.name === 'MemberExpression' ? [target, ...findChanged(node)] : findChanged(node);
    }
    case 'ExpressionStatement':
      return findChanged(node);
    case 'EnumBody':
      return node.getChildren('PropertyName');
    case 'EnumDeclaration':
      return node.getChildren('TypeDefinition');
    default:
      return [...node.getChildren('PropertyDefinition'), ...node.getChildren('PrivatePropertyDefinition')];
  }
}

function findScope(name: SyntaxNode, isMember: boolean): LexicalScope {
  const owner = name.parent ?? name;
  const isChange = (owner.name === 'MemberExpression' && !isMember) || owner.name === 'ArgList';
  if ((owner.name === 'MemberExpression' && isMember) || memberNodes.has(owner.name))
    return { range: undefined, memberOf: findAround(name, classNodes)?.from, isAssignment: false };
  const isFunctionName = functionNodes.has(owner.name) || classNodes.has(owner.name);
  const scope = findAround(isFunctionName ? owner : name, scopeNodes) ?? owner;
  const { from, to } = (scope.name === 'ParamList' ? scope.parent : scope) ?? scope;
  return {
    range: { start: from, end: to },
    memberOf: isParameterProperty(name) ? findAround(name, classNodes)?.from : undefined,
    isAssignment: isChange || assignmentNodes.has(owner.name),
  };
}

function readDeclaration(name: SyntaxNode, text: string, isMember: boolean): DeclaredValue | undefined {
  const owner = name.parent;
  switch (owner?.name) {
    case 'MemberExpression':
      if (!isMember) return readChange(name, text);
      return owner.parent ? createDeclaration(owner.parent) : undefined;
    case 'ArgList':
      return readChange(name, text);
    case 'AssignmentExpression':
    case 'PostfixExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'MethodDeclaration':
    case 'ClassDeclaration':
      return createDeclaration(owner);
    case 'UnaryExpression':
      return name.prevSibling && /^(?:\+\+|--)$/.test(text.slice(owner.from, name.from))
        ? createDeclaration(owner)
        : undefined;
    case 'PropertyDeclaration':
    case 'EnumBody':
      return createDeclaration(findInitializer(name));
    case 'EnumDeclaration':
      return createDeclaration(owner.getChild('EnumBody') ?? undefined);
    default:
      return readPattern(name, text);
  }
}

/** `const { name } = props`, `for (const [name, uri] of packs)`, `({ name }) => …`, or a plain name. */
function readPattern(name: SyntaxNode, text: string): DeclaredValue | undefined {
  const path: (string | number)[] = [];
  let fallback: SyntaxNode | undefined;
  let pattern = name;
  for (let outer = name.parent; outer !== null; outer = pattern.parent) {
    if (outer.name === 'PatternProperty') {
      const key = outer.firstChild;
      if (!key || key.name === '[') return undefined;
      // What is left of an object has its other entries at the same paths.
      if (key.name !== 'Spread') path.unshift(text.slice(key.from, key.to).replaceAll(/^["']|["']$/g, ''));
    } else if (outer.name === 'ArrayPattern') path.unshift(getElementIndex(pattern) ?? -1);
    else if (outer.name !== 'ObjectPattern') break;
    if (outer.name !== 'ObjectPattern') fallback ??= findInitializer(pattern);
    pattern = outer;
  }
  const declaration = readRoot(pattern, name, text);
  return declaration && { ...declaration, path: [...declaration.path, ...path], fallback };
}

/** Reads what the outermost pattern takes its value from. */
function readRoot(pattern: SyntaxNode, name: SyntaxNode, text: string): DeclaredValue | undefined {
  const owner = pattern.parent;
  switch (owner?.name) {
    case 'VariableDeclaration':
      return createDeclaration(findInitializer(pattern));
    case 'ForOfSpec':
      return createDeclaration(getValueBefore(owner, ')'), true);
    case 'ParamList':
      return readParameter(pattern, owner, text.slice(name.from, name.to), text);
    default:
      return undefined;
  }
}

const getValueBefore = (node: SyntaxNode, mark: string): SyntaxNode | undefined => {
  const last = node.lastChild?.name === mark ? node.lastChild.prevSibling : node.lastChild;
  return last && isExpression(last) ? last : undefined;
};

function readParameter(pattern: SyntaxNode, list: SyntaxNode, name: string, text: string): DeclaredValue | undefined {
  const owner = list.parent;
  const index = getElementIndex(pattern);
  if (owner === null || index === undefined || pattern.prevSibling?.name === 'Spread') return undefined;
  const collection = index === 0 ? findLoopCollection(owner, text) : undefined;
  if (collection !== undefined) return createDeclaration(collection, true);
  const parameter = { owner: owner.from, callable: findCallable(owner, text), index, name };
  return { ...createDeclaration(findInitializer(pattern)), parameter };
}

/** The collection of `collection.forEach((element) => …)` if the function is such a callback. */
function findLoopCollection({ parent: list, prevSibling }: SyntaxNode, text: string): SyntaxNode | undefined {
  const callee = list?.name === 'ArgList' && prevSibling?.name === '(' ? list.prevSibling : null;
  const method = callee?.name === 'MemberExpression' ? callee.getChild('PropertyName') : null;
  const isLoop = method && loopMethods.has(text.slice(method.from, method.to));
  return isLoop ? (callee?.firstChild ?? undefined) : undefined;
}

/** The name by which a function is called. */
function findCallable(node: SyntaxNode, text: string): string | undefined {
  let name = node.getChild('VariableDefinition') ?? node.getChild('PropertyDefinition');
  const before = node.prevSibling;
  if (name === null && (before?.name === 'Equals' || before?.name === ':')) name = before.prevSibling;
  while (name?.name === 'TypeAnnotation') name = name.prevSibling;
  const written = name === null ? undefined : text.slice(name.from, name.to);
  return written === 'constructor' ? findClassName(node, classNodes, text) : written;
}

function toFunction(node: SyntaxNode): ProgramFunction | undefined {
  if (!functionNodes.has(node.name)) return undefined;
  return {
    start: node.from,
    isGetter: node.getChild('get') !== null,
    getResults: () => findResults(node, functionNodes),
  };
}
