import type { Parser, SyntaxNode } from '@lezer/common';
import type { Argument, Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import type { DefinitionSyntax } from '../syntax/definitions.ts';
import { isExpression } from '../syntax/expressionReader.ts';

/** How a name is defined at one place. */
export interface Declaration {
  /** The assigned value, or for a parameter its default. */
  readonly value: SyntaxNode | undefined;
  /** Whether the name takes each element of its value, like a loop variable. */
  readonly isElement: boolean;
  /** The path within the value, for destructuring. */
  readonly path: readonly (string | number)[];
  readonly parameter: Parameter | undefined;
}

export interface Parameter {
  /** The start of the function. */
  readonly owner: number;
  /** The name by which the function is called: its own, or its class's for a constructor. */
  readonly callable: string | undefined;
  readonly index: number;
  readonly name: string;
}

/** Where a name is visible. */
export interface LexicalScope {
  /** Undefined for a name that is visible as a member only. */
  readonly range: Range | undefined;
  /** The start of the class or enum that the name is a member of. */
  readonly memberOf: number | undefined;
  /** Whether the node assigns to a name that is declared elsewhere. */
  readonly isAssignment: boolean;
}

/** A function of a program. */
export interface ProgramFunction {
  readonly start: number;
  /** Whether it is evaluated without a call: a getter or a property. */
  readonly isGetter: boolean;
  readonly getResults: () => readonly SyntaxNode[];
}

/** What differs between the languages of programs. */
export interface ProgramSyntax extends DefinitionSyntax {
  readonly language: 'javascript' | 'python';
  readonly getParser: (path: string) => Parser;
  /** Blanks what the parser would take too long for. */
  readonly maskText: (text: string) => string;
  readonly toExpression: (node: SyntaxNode, text: string) => Expression;
  /** Nodes of classes and enums. */
  readonly classNodes: ReadonlySet<string>;
  /** The name of the object that a method belongs to. */
  readonly ownNames: ReadonlySet<string>;
  readonly findScope: (name: SyntaxNode) => LexicalScope;
  /** Reads the definition of a name. Several for a destructured name with a default. */
  readonly readDeclarations: (name: SyntaxNode, text: string) => readonly Declaration[];
  readonly toFunction: (node: SyntaxNode, text: string) => ProgramFunction | undefined;
  readonly toArguments: (list: SyntaxNode, text: string) => readonly Argument[];
}

/** A declaration without a path or a parameter. */
export const createDeclaration = (value: SyntaxNode | undefined, isElement = false): Declaration => ({
  value,
  isElement,
  path: [],
  parameter: undefined,
});

export const contains = (range: Range, at: number): boolean => range.start <= at && at <= range.end;

/** Elements of a list of parameters or a pattern. */
const maxElements = 500;

/** The index of an element among its siblings. Undefined if there are too many. */
export function getElementIndex(element: SyntaxNode): number | undefined {
  let index = 0;
  let sibling = element.parent?.firstChild ?? null;
  for (; sibling !== null && sibling.from < element.from && index < maxElements; sibling = sibling.nextSibling) {
    if (sibling.name === ',') index++;
  }
  return index < maxElements ? index : undefined;
}

/** The nearest node around a node with one of the names. */
export function findAround(node: SyntaxNode, names: ReadonlySet<string>): SyntaxNode | undefined {
  let around = node.parent;
  while (around !== null && !names.has(around.name)) around = around.parent;
  return around ?? undefined;
}

/** The name of the class around a node. */
export function findClassName(node: SyntaxNode, classNodes: ReadonlySet<string>, text: string): string | undefined {
  const around = findAround(node, classNodes);
  const name = around?.getChild('VariableDefinition') ?? around?.getChild('VariableName');
  return name ? text.slice(name.from, name.to) : undefined;
}

/** Results of a function that are read. */
const maxResults = 20;

/** Statements that are searched for results. */
const maxStatements = 2_000;

/** The results of a function: its body if that is an expression, or what it returns. */
export function findResults({ lastChild }: SyntaxNode, functionNodes: ReadonlySet<string>): readonly SyntaxNode[] {
  if (!lastChild) return [];
  return isExpression(lastChild) ? [lastChild] : findReturned(lastChild, functionNodes);
}

/** The values that a function's body returns, without those of functions in it. */
function findReturned(body: SyntaxNode, functionNodes: ReadonlySet<string>): readonly SyntaxNode[] {
  const results: SyntaxNode[] = [];
  let left = maxStatements;
  body.cursor().iterate((node) => {
    if (left-- <= 0 || functionNodes.has(node.name)) return false;
    if (node.name !== 'ReturnStatement') return true;
    const value = node.node.lastChild?.name === ';' ? node.node.lastChild.prevSibling : node.node.lastChild;
    if (value && isExpression(value) && results.length < maxResults) results.push(value);
    return false;
  });
  return results;
}
