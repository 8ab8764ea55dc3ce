import { memoizeResolve } from '../memoizeResolve.ts';
import type { DeploymentScope, NameReference, PackReference, Range } from '../model.ts';
import type { SyntaxDocument } from '../syntax/reparse.ts';
import { OPEN, toResolvedNames, toText, type Values } from '../values.ts';
import { type EvaluationContext, evaluate, substituteVariables } from './intrinsics.ts';
import type { Name } from './resources.ts';
import type { LocatedResource, Loop, Template } from './template.ts';
import type { EmbeddedText } from './tree.ts';

/** A text that contains a template, and its context. */
export interface Source {
  readonly text: EmbeddedText;
  /** Keeps the syntax tree for the next time. */
  readonly document: SyntaxDocument;
  /** Replaces the variables of an outer `Fn::Sub`. */
  readonly substitute: ((deploymentScope: DeploymentScope) => (text: string) => Values) | undefined;
  /** The pack that contains the text, which is a pack template then. */
  readonly pack: PackReference | undefined;
  readonly depth: number;
  /** The index of the YAML document: each is a stack of its own. */
  readonly documentIndex?: number;
}

/** Evaluation steps for one name, far more than any real template needs. */
const maxSteps = 2_000;

/** A pack's or a rule's name. */
export function createReference(
  name: Name,
  template: Template,
  { start, resource, loops }: LocatedResource,
  source: Source,
): NameReference {
  const isConstant = loops.length === 0 && source.substitute === undefined && !template.isPulumi;
  return {
    range: toDocument(name.range, source, start),
    valueRange: toDocument(name.valueRange, source, start),
    resourceRange: toDocument({ start: 0, end: resource.length }, source, start),
    resolve:
      (isConstant ? name.getConstant : undefined) ??
      memoizeResolve((deploymentScope) => {
        const context = createContext(template, source, deploymentScope);
        const values = unrollLoops(loops, context).flatMap((loopContext) => evaluate(name.node, loopContext));
        return toResolvedNames(values, context.budget);
      }),
  };
}

/** A new evaluation in a template. */
export function createContext(template: Template, source: Source, deploymentScope: DeploymentScope): EvaluationContext {
  const context: EvaluationContext = {
    template,
    deploymentScope,
    loopVariables: new Map(),
    substitute: template.isPulumi ? (text) => substituteVariables(text, context) : source.substitute?.(deploymentScope),
    budget: { left: maxSteps, depth: 0 },
  };
  return context;
}

/** The contexts of a resource in loops, one per element. */
function unrollLoops([loop, ...inner]: readonly Loop[], context: EvaluationContext): readonly EvaluationContext[] {
  if (loop === undefined) return [context];
  const lists = evaluate(loop.collection, context).flatMap((list) => (Array.isArray(list) ? list : [OPEN]));
  return lists.slice(0, 64).flatMap((element) =>
    unrollLoops(inner, {
      ...context,
      loopVariables: new Map([...context.loopVariables, [loop.variable, toText(element)]]),
    }),
  );
}

/** A range of the document. `base` is added to the range of a part of the source. */
export const toDocument = ({ start, end }: Range, { text }: Source, base = 0): Range => ({
  start: text.toDocument(base + start),
  end: text.toDocument(base + end),
});
