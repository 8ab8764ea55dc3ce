import { Choices, resolveChoices } from '../choices.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { DeploymentScope, NameReference, PackReference, Range, ResolvedName } from '../model.ts';
import type { SyntaxDocument } from '../syntax/reparse.ts';
import { type Budget, OPEN, toText, type Values } from '../values.ts';
import { type EvaluationContext, evaluate, substituteVariables } from './intrinsics.ts';
import type { Name } from './resources.ts';
import type { PartialService } from './serviceFiles.ts';
import type { LocatedResource, Loop, Template } from './template.ts';
import type { EmbeddedText } from './tree.ts';

/** A text that contains a template, and its context. */
export interface TemplateText {
  readonly text: EmbeddedText;
  /** Keeps the syntax tree for the next time. */
  readonly document: SyntaxDocument;
  /** The other files of a Serverless service. */
  readonly service: PartialService | undefined;
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

/** A pack's or a rule's name. Its ranges are computed on access, because an edit may move thousands of rules. */
export class TemplateName implements NameReference {
  readonly #name: Name;
  readonly #located: LocatedResource;
  readonly #template: Template;
  readonly #source: TemplateText;
  #resolve: NameReference['resolve'] | undefined;

  constructor(name: Name, located: LocatedResource, template: Template, source: TemplateText) {
    this.#name = name;
    this.#located = located;
    this.#template = template;
    this.#source = source;
  }

  get range(): Range {
    return toDocument(this.#name.range, this.#source, this.#located.start);
  }

  get valueRange(): Range {
    return toDocument(this.#name.valueRange, this.#source, this.#located.start);
  }

  get resourceRange(): Range {
    return toDocument({ start: 0, end: this.#located.resource.length }, this.#source, this.#located.start);
  }

  readonly resolve = (deploymentScope?: DeploymentScope): readonly ResolvedName[] => {
    this.#resolve ??= this.#createResolve();
    return this.#resolve(deploymentScope);
  };

  #createResolve(): NameReference['resolve'] {
    const { getConstant, node } = this.#name;
    const { loops } = this.#located;
    const { isPulumi, service } = this.#template;
    const hasContext = loops.length > 0 || this.#source.substitute !== undefined || isPulumi || service !== undefined;
    if (!hasContext && getConstant !== undefined) return getConstant;
    return memoizeResolve((deploymentScope) =>
      resolveChoices(maxSteps, (choices, budget) => {
        const context = createContext(this.#template, this.#source, deploymentScope, choices, budget);
        return unrollLoops(loops, context).flatMap((loopContext) => evaluate(node, loopContext));
      }),
    );
  }
}

/** Resources of one stack under the same condition are deployed to the same place. */
export const getStackKey = ({ resource }: LocatedResource, { text, documentIndex }: TemplateText): string =>
  [text.toDocument(0), documentIndex, resource.condition].join(' ');

/** A new evaluation in a template. */
export function createContext(
  template: Template,
  source: TemplateText,
  deploymentScope: DeploymentScope,
  choices = new Choices(),
  budget: Budget = { left: maxSteps, depth: 0 },
): EvaluationContext {
  const context: EvaluationContext = {
    template,
    deploymentScope,
    loopVariables: new Map(),
    substitute: template.isPulumi ? (text) => substituteVariables(text, context) : source.substitute?.(deploymentScope),
    budget,
    choices,
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
export const toDocument = ({ start, end }: Range, { text }: TemplateText, base = 0): Range => ({
  start: text.toDocument(base + start),
  end: text.toDocument(base + end),
});
