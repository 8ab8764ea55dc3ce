import { memoizeResolve } from '../memoizeResolve.ts';
import type { PackReference } from '../model.ts';
import { toResolvedNames } from '../values.ts';
import { type EvaluationContext, evaluate, findMappingValues, getArguments } from './intrinsics.ts';
import { createContext, type TemplateText, toDocument } from './references.ts';
import type { Template } from './template.ts';
import { type DocumentNode, parseIntrinsicCall, type ScalarNode } from './tree.ts';

/** Depth of conditions around a reference. */
const maxDepth = 4;

/**
 * Collects the texts outside of packs that become a pack's name without changes: defaults of parameters and values of
 * mappings.
 */
export class WrittenNames {
  readonly #template: Template;
  readonly #source: TemplateText;
  readonly #packs = new Map<number, PackReference>();

  constructor(template: Template, source: TemplateText) {
    this.#template = template;
    this.#source = source;
  }

  get packs(): Iterable<PackReference> {
    return this.#packs.values();
  }

  /** Adds the texts that a pack's name may come from. */
  add(kind: PackReference['kind'], name: DocumentNode): void {
    for (const node of findTexts(name, createContext(this.#template, this.#source, {}))) {
      const start = this.#source.text.toDocument(node.textRange.start);
      if (node.text !== '' && !this.#packs.has(start)) this.#packs.set(start, this.#createPack(kind, node));
    }
  }

  #createPack(kind: PackReference['kind'], node: ScalarNode): PackReference {
    const valueRange = toDocument(node.range, this.#source);
    return {
      kind,
      isSource: true,
      range: toDocument(node.textRange, this.#source),
      valueRange,
      resourceRange: valueRange,
      resolve: memoizeResolve((deploymentScope) => {
        const context = createContext(this.#template, this.#source, deploymentScope);
        return toResolvedNames(evaluate(node, context), context.budget);
      }),
    };
  }
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
