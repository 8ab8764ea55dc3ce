import { type Argument, type Expression, getPath } from '../expressions/expression.ts';
import type { Placement } from '../model.ts';
import { toSet } from '../textUtilities.ts';
import { findCalls } from './callers.ts';
import type { ProgramCall } from './calls.ts';
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
  const owner = scope && getPath(scope)?.join('.');
  const stack = scope && program.findDeclaration(scope);
  if (stack?.kind === 'call') return [findEnvironment(program, stack.arguments, owner ?? '')];
  const className = program.findClassName(call.range.start);
  const stacks = (className === undefined ? undefined : findCalls(program, className)) ?? [];
  // Several functions may have a parameter of this name.
  const group = className ?? (owner === undefined ? '' : `${owner} ${findDeclarationStart(program, scope)}`);
  if (stacks.length === 0 || stacks.length > maxPlacements) return [{ group }];
  return stacks.map((each) => findEnvironment(each.program, each.call.getArguments(), group));
}

const findDeclarationStart = (program: Program, scope: Expression | undefined): number | undefined =>
  scope && program.findDeclarations(getPath(scope), scope.start)[0]?.start;

/** What has parts of which only some take place. */
const conditionalNodes = toSet('IfStatement ConditionalExpression BinaryExpression TryStatement SwitchBody MatchBody');

/** Adds to placements the branch that an offset is in: of two packs in different branches, only one may be deployed. */
export function addBranch(placements: readonly Placement[], program: Program, at: number): readonly Placement[] {
  let node = program.bindings.nodeAt(at);
  while (node.parent !== null && !conditionalNodes.has(node.parent.name)) node = node.parent;
  if (node.parent === null) return placements;
  return placements.map((placement) => ({ ...placement, group: `${placement.group} branch ${node.from}` }));
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
