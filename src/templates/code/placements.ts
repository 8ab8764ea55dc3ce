import type { SyntaxNode } from '@lezer/common';
import { type Argument, type Expression, getPath } from '../expressions/expression.ts';
import type { Placement } from '../model.ts';
import { findCalls } from './callers.ts';
import type { ProgramCall } from './calls.ts';
import type { Declaration } from './declarations.ts';
import { findExactText } from './evaluation.ts';
import type { Program } from './program.ts';
import { findProperty } from './properties.ts';

/** More stacks of one class are not distinguished. */
const maxPlacements = 32;

/**
 * Where the stack of a pack is deployed: of the class around the call, or of the variable that is its first argument.
 * The packs of different classes need not be in the same place.
 */
export function findStackPlacements(program: Program, call: ProgramCall): readonly Placement[] {
  const scope = call.getArguments()[0]?.value;
  const created = scope && findCreation(program, scope);
  // Several functions may have a parameter of this name.
  const owner = scope && [getPath(scope)?.join('.'), created?.start].join(' ');
  const stack = created?.path.length === 0 && !created.isElement ? program.toValue(created) : undefined;
  if (stack?.kind === 'call') return [findEnvironment(program, stack.arguments, owner ?? '')];
  const className = program.findClassName(call.range.start);
  const stacks = (className === undefined ? undefined : findCalls(program, className)) ?? [];
  const group = className ?? owner ?? '';
  if (stacks.length === 0 || stacks.length > maxPlacements) return [{ group }];
  return stacks.map((each) => findEnvironment(each.program, each.call.getArguments(), group));
}

/** The declaration of a stack before what was changed in it. Undefined if it may be one of several. */
function findCreation(program: Program, scope: Expression): Declaration | undefined {
  for (let at = scope.start; ; ) {
    const declarations = program.findDeclarations(getPath(scope), at);
    const [created, ...others] = declarations.filter(({ isChange }) => !isChange);
    const [change] = declarations;
    if (created !== undefined || change === undefined || change.start >= at)
      return others.length > 0 ? undefined : created;
    at = change.start;
  }
}

/** Adds to placements the branch that an offset is in: of two packs in different branches, only one may be deployed. */
export function addBranch(placements: readonly Placement[], program: Program, at: number): readonly Placement[] {
  const branch = findBranch(program.bindings.nodeAt(at));
  return branch === undefined
    ? placements
    : placements.map((placement) => ({ ...placement, group: `${placement.group} branch ${branch}` }));
}

/** Whether a child of each kind of node is something that may not take place. */
const isBranch: Readonly<Record<string, (child: SyntaxNode, parent: SyntaxNode) => boolean>> = {
  IfStatement: () => true,
  ConditionalExpression: () => true,
  // `enabled && new Pack()`
  BinaryExpression: ({ prevSibling }) => /^(?:LogicOp|and|or)$/.test(prevSibling?.name ?? ''),
  TryStatement: ({ name, from }, parent) =>
    name === 'CatchClause' || (name === 'Body' && parent.getChild('Body')?.from !== from),
  SwitchBody: () => true,
  MatchBody: () => true,
};

/** The start of the innermost branch around a node. */
function findBranch(inner: SyntaxNode): number | undefined {
  for (let child = inner, { parent } = child; parent !== null; child = parent, parent = child.parent) {
    if (isBranch[parent.name]?.(child, parent)) return parent.name === 'SwitchBody' ? findCase(child) : child.from;
  }
  return undefined;
}

/** Statements of a case that are looked at. */
const maxStatements = 100;

/** The start of the case that a statement of a `switch` is in. */
function findCase(statement: SyntaxNode): number {
  let label = statement;
  for (let left = maxStatements; left > 0 && label.prevSibling && !label.name.endsWith('Label'); left--)
    label = label.prevSibling;
  return label.from;
}

/** `env: { region: 'eu-west-1', account: '111122223333' }` of a stack. */
function findEnvironment(program: Program, args: readonly Argument[], group: string): Placement {
  const properties = program.language === 'python' ? args : args.slice(2, 3);
  const environment = findProperty(properties, 'env', program);
  const find = (key: string) =>
    environment && findExactText(program, findProperty([{ name: 'args', value: environment }], key, program));
  return { group, region: find('region'), account: find('account') };
}

/** The region of the provider of a Pulumi resource: `{ provider }`, `pulumi.ResourceOptions(provider=provider)`. */
export function findProviderPlacements(program: Program, call: ProgramCall): readonly Placement[] {
  const options = call.getArguments().find(({ name }) => name === 'opts') ?? call.getArguments()[2];
  const provider = options && findProperty([{ name: 'args', value: options.value }], 'provider', program);
  if (provider === undefined) return [{ group: '' }];
  const group = getPath(provider)?.join('.') ?? `provider ${provider.start}`;
  return [{ group, region: findRegion(program, provider) }];
}

function findRegion(program: Program, provider: Expression): string | undefined {
  const declared = provider.kind === 'call' ? provider : program.findDeclaration(provider);
  if (declared?.kind !== 'call') return undefined;
  const properties = program.language === 'python' ? declared.arguments : declared.arguments.slice(1, 2);
  return findExactText(program, findProperty(properties, 'region', program));
}
