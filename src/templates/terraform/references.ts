import type { Expression } from '../expressions/expression.ts';
import { getReferenceRanges } from '../expressions/ranges.ts';
import { once } from '../memoize.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { DeploymentScope, PackReference, ResolvedName } from '../model.ts';
import type { Attribute } from '../syntax/hclStatements.ts';
import { toResolvedNames } from '../values.ts';
import type { Block } from './blocks.ts';
import type { Files } from './files.ts';
import { findPlacements } from './placements.ts';
import { getConstants, resolveOnce } from './resolvedNames.ts';
import { findModules } from './variableAssignments.ts';

/** Creates the reference of a pack's name in an attribute of a block. */
export function createReference(
  kind: PackReference['kind'],
  files: Files,
  folder: string,
  block: Block,
  attribute: string,
  name: Attribute,
  text?: string,
): PackReference {
  // An override file may contain the name that is deployed.
  const deployedName = once(() => (block.attributes.get(attribute) ?? name).getExpression());
  return {
    kind,
    ...getReferenceRanges(name.getExpression(), text, name.base),
    resourceRange: { start: block.start, end: block.end },
    getPlacements: once(() => findPlacements(files, folder, block, text)),
    resolve: memoizeResolve((deploymentScope) => {
      const evaluate = () => evaluateName(files, folder, block, deployedName(), deploymentScope);
      const isSingle = !block.attributes.has('for_each') && !block.attributes.has('count');
      return isSingle ? resolveOnce(deployedName(), getConstants(files, folder), evaluate) : evaluate();
    }),
  };
}

function evaluateName(
  files: Files,
  folder: string,
  block: Block,
  name: Expression,
  deploymentScope: DeploymentScope,
): readonly ResolvedName[] {
  const modules = findModules(files, folder, deploymentScope);
  return selectMostResolved(
    modules.map((module) => toResolvedNames(module.evaluateInBlock(block, name), module.budget)),
  );
}

/** Omits names with more unknown parts than those of another variable assignment. */
function selectMostResolved(results: readonly (readonly ResolvedName[])[]): readonly ResolvedName[] {
  const minOpenParts = Math.min(...results.map(countOpenParts));
  const names = results.filter((result) => countOpenParts(result) === minOpenParts).flat();
  return [...new Map(names.map((name) => [name.text, name])).values()];
}

const countOpenParts = (names: readonly ResolvedName[]): number =>
  Math.max(...names.map(({ kind, text }) => (kind === 'open' ? Number.MAX_VALUE : text.split('*').length)));
