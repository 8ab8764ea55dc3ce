import type { SlicedWork } from '../../timeSlicing.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { PackReference, Range } from '../model.ts';
import { toResolvedNames } from '../values.ts';
import { type EvaluationContext, evaluate, findMappingValues, getArguments } from './intrinsics.ts';
import { createContext, type TemplateText, toDocument } from './references.ts';
import type { Template } from './template.ts';
import { type DocumentNode, parseIntrinsicCall, type ScalarNode } from './tree.ts';

/** Depth of conditions around a reference. */
const maxDepth = 4;

/** A pack's kind and the value of its name. */
export interface PackName {
  readonly kind: PackReference['kind'];
  readonly node: DocumentNode;
}

/**
 * Finds the texts outside of packs that become a pack's name without changes: defaults of parameters and values of
 * mappings.
 */
export function* findWrittenNames(
  names: readonly PackName[],
  template: Template,
  source: TemplateText,
): SlicedWork<readonly PackReference[]> {
  const packs = new Map<number, PackReference>();
  for (const { kind, node } of names) {
    for (const text of findTexts(node, createContext(template, source, {}))) {
      const range = toDocument(text.textRange, source);
      if (text.text !== '' && !packs.has(range.start))
        packs.set(range.start, createPack(kind, range, text, template, source));
    }
    yield;
  }
  return [...packs.values()];
}

function createPack(
  kind: PackReference['kind'],
  range: Range,
  node: ScalarNode,
  template: Template,
  source: TemplateText,
): PackReference {
  const valueRange = toDocument(node.range, source);
  return {
    kind,
    isSource: true,
    range,
    valueRange,
    resourceRange: valueRange,
    resolve: memoizeResolve((deploymentScope) => {
      const context = createContext(template, source, deploymentScope);
      return toResolvedNames(evaluate(node, context), context.budget);
    }),
  };
}

function findTexts(node: DocumentNode, context: EvaluationContext, depth = 0): readonly ScalarNode[] {
  if (depth > maxDepth || context.budget.left-- <= 0) return [];
  return findNodes(node, context, depth).filter(
    (text): text is ScalarNode => text?.kind === 'scalar' && text.intrinsic === undefined,
  );
}

function findNodes(
  node: DocumentNode,
  context: EvaluationContext,
  depth: number,
): readonly (DocumentNode | undefined)[] {
  const call = parseIntrinsicCall(node);
  if (call === undefined) {
    const hasReferences = node.kind === 'scalar' && context.substitute !== undefined;
    return hasReferences ? findReferencedNode(node.text, context) : [];
  }
  const { name, argument } = call;
  if (name === 'Fn::If') {
    const branches = getArguments(argument).slice(1);
    return branches.flatMap((branch) => findTexts(branch, context, depth + 1));
  }
  if (name === 'Fn::FindInMap') {
    // Conditions multiply the values of mappings.
    const values = findMappingValues(argument, context).slice(0, Math.max(0, context.budget.left));
    context.budget.left -= values.length;
    return values;
  }
  if (argument.kind !== 'scalar') return [];
  if (name === 'Ref') return [context.template.findText(argument.text)];
  return name === 'Fn::Sub' ? findReferencedNode(argument.text, context) : [];
}

/** The value of a text that is nothing but a reference. */
function findReferencedNode(text: string, { template }: EvaluationContext): readonly (DocumentNode | undefined)[] {
  const name = /^\$\{([\w:-]+)\}$/.exec(text)?.[1];
  return name === undefined ? [] : [template.findText(name)];
}
