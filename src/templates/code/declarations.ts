import type { Parser, SyntaxNode } from '@lezer/common';
import type { Argument, Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import type { DefinitionSyntax } from '../syntax/definitions.ts';
import { isExpression } from '../syntax/expressionReader.ts';

/** What a name is defined as. */
export interface DeclaredValue {
  /** The assigned value, or for a parameter its default. */
  readonly value: SyntaxNode | undefined;
  /** Whether the name takes each element of its value, like a loop variable. */
  readonly isElement: boolean;
  /** The path within the value, for destructuring. */
  readonly path: readonly (string | number)[];
  /** What a destructured name is if there is nothing at the path. */
  readonly fallback: SyntaxNode | undefined;
  readonly parameter: Parameter | undefined;
  /** Whether the value is the name of a collection that changes there. */
  readonly isChange: boolean;
}

/** How a name is defined at one place. */
export interface Declaration extends DeclaredValue {
  /** Where the name is written. */
  readonly start: number;
  readonly effect: Effect;
}

/** Where a definition takes effect. */
export interface Effect {
  /** Where it has taken effect. */
  readonly end: number;
  /** The statements that it is one of. Undefined if it may not take place. */
  readonly block: Range | undefined;
  /** The start of the function that it takes place in. */
  readonly functionStart: number | undefined;
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

/** A class, which makes objects with fields. */
export interface FieldClass {
  readonly name: string;
  /** The name of the class that it extends. */
  readonly base: string | undefined;
  /** The start of the constructor, or of the class if it has none. */
  readonly start: number;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  /** The index of the argument that it is. */
  readonly argument: number | undefined;
  /** What it is without an argument, in terms of the constructor's parameters. A getter, for what that returns. */
  readonly value: SyntaxNode | undefined;
  /** Whether the constructor assigns to it. */
  readonly isAssigned: boolean;
}

/** What differs between the languages of programs. */
export interface ProgramSyntax extends DefinitionSyntax {
  readonly language: 'javascript' | 'python';
  /** Matches the paths of programs. */
  readonly path: RegExp;
  readonly getParser: (path: string) => Parser;
  /** Blanks what the parser would take too long for. */
  readonly maskText: (text: string) => string;
  readonly toExpression: (node: SyntaxNode, text: string) => Expression;
  /** Nodes of classes and enums. */
  readonly classNodes: ReadonlySet<string>;
  readonly functionNodes: ReadonlySet<string>;
  /** Nodes of statements that repeat others. */
  readonly loopNodes: ReadonlySet<string>;
  /** The names of the classes that a class extends. */
  readonly findBases: (classNode: SyntaxNode) => readonly SyntaxNode[];
  /** Matches the start of a call of the extended class's constructor, up to its list of arguments. */
  readonly superCall: RegExp;
  /** The name of the object that a method belongs to. */
  readonly ownNames: ReadonlySet<string>;
  /** `isMember` tells `this.name = x` from a change of an object: `object.name = x`. */
  readonly findScope: (name: SyntaxNode, isMember: boolean, text: string) => LexicalScope;
  /** Reads the definition of a name. Undefined beyond a limit. */
  readonly readDeclaration: (name: SyntaxNode, text: string, isMember: boolean) => DeclaredValue | undefined;
  readonly toFunction: (node: SyntaxNode, text: string) => ProgramFunction | undefined;
  /** Undefined if the fields of the class are unknown. */
  readonly toFieldClass: (classNode: SyntaxNode, text: string) => FieldClass | undefined;
  readonly toArguments: (list: SyntaxNode, text: string) => readonly Argument[];
}

/** A value without a path or a parameter. */
export const createDeclaration = (value: SyntaxNode | undefined, isElement = false): DeclaredValue => ({
  value,
  isElement,
  path: [],
  fallback: undefined,
  parameter: undefined,
  isChange: false,
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
  return around && readClassName(around, text);
}

export function readClassName(classNode: SyntaxNode, text: string): string | undefined {
  const name = classNode.getChild('VariableDefinition') ?? classNode.getChild('VariableName');
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
