import type { SyntaxNode } from '@lezer/common';
import type { Range } from '../model.ts';
import { toSet } from '../textUtilities.ts';
import { contains, type Declaration, type Effect, findAround, type ProgramSyntax } from './declarations.ts';

/** What a definition consists of. A definition within anything else, such as a condition, may not take place. */
const definitionNodes = toSet(
  'VariableDeclaration ExportDeclaration ExpressionStatement AssignmentExpression PostfixExpression UnaryExpression ' +
    'ObjectPattern ArrayPattern PatternProperty AssignStatement UpdateStatement StatementGroup TupleExpression MemberExpression CallExpression ArgList DeleteStatement',
);

/** Lists of statements that run one after the other. */
const statementLists = toSet('Script Block Body');

/** Where the definition of a name takes effect. */
export function findEffect(name: SyntaxNode, syntax: ProgramSyntax): Effect {
  let definition = name;
  while (definition.parent && definitionNodes.has(definition.parent.name)) definition = definition.parent;
  const list = definition.parent;
  const block = list?.name === 'ParamList' ? list.parent : list && statementLists.has(list.name) ? list : undefined;
  return {
    end: definition.to,
    block: block ? { start: block.from, end: block.to } : undefined,
    functionStart: findAround(name, syntax.functionNodes)?.from,
  };
}

/**
 * The declarations that decide what a name is at a node: the last one that surely ran before, and what may have run
 * since. All, if some take place in another function, because nobody knows when that runs.
 */
export function selectReaching(
  declarations: readonly Declaration[],
  node: SyntaxNode,
  at: number,
  syntax: ProgramSyntax,
): readonly Declaration[] {
  const functionStart = findAround(node, syntax.functionNodes)?.from;
  if (declarations.some(({ effect }) => effect.functionStart !== functionStart)) return declarations;
  const last = declarations.findLast((declaration) => isCertain(declaration, node, at));
  if (last === undefined) return declarations;
  const loops = findLoops(node, syntax).filter((loop) => !contains(loop, last.start));
  return declarations.filter(({ start, effect: { end } }) =>
    end <= at ? start >= last.start : loops.some((loop) => contains(loop, start)),
  );
}

/** Whether a declaration surely took effect before an offset, which a node in its function is at. */
export const isCertain = ({ effect: { end, block } }: Declaration, node: SyntaxNode, at: number): boolean =>
  end <= at && block !== undefined && block.start <= node.from && node.to <= block.end;

/** Whether a declaration is the change that has a name at an offset, and does not take place again. */
export const isOwnChange = (
  { isChange, start }: Declaration,
  node: SyntaxNode,
  at: number,
  syntax: ProgramSyntax,
): boolean => isChange && start === at && findLoops(node, syntax).length === 0;

/** The loops around a node. What comes later in a loop may have run before. */
function findLoops(node: SyntaxNode, { loopNodes }: ProgramSyntax): readonly Range[] {
  const loops: Range[] = [];
  for (let loop = findAround(node, loopNodes); loop !== undefined; loop = findAround(loop, loopNodes))
    loops.push({ start: loop.from, end: loop.to });
  return loops;
}
