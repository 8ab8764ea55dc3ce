import type { NameReference, PackReference, PackTemplate, DeploymentScope, Range, RuleReference } from '../model.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { Work } from '../timeSlicing.ts';
import { byteLength, dedent } from '../textUtilities.ts';
import { OPEN, toResolvedNames, toText, type Values } from '../values.ts';
import { evaluate, type EvaluationContext, substitute } from './intrinsics.ts';
import { isJson, parseJson } from './json.ts';
import { packTemplateTypes, packTypes, ruleType } from './resourceTypes.ts';
import { type Loop, type Resource, Template } from './template.ts';
import { createEmbeddedText, getChild, type EmbeddedText, parseIntrinsicCall, type TreeNode } from './tree.ts';
import { parseYaml } from './yaml.ts';

/** The packs and pack templates of a text. */
export interface TemplateContents {
  readonly packs: readonly PackReference[];
  readonly packTemplates: readonly PackTemplate[];
}

/** A text that holds a template, and what surrounds it. */
interface Source {
  readonly text: EmbeddedText;
  /** What an outer `Fn::Sub` puts into it, for a place. */
  readonly substitute: ((place: DeploymentScope) => (text: string) => Values) | undefined;
  /** The pack that carries it with it: then it is a pack template whatever it holds. */
  readonly pack: PackReference | undefined;
  readonly depth: number;
}

/** Templates in templates in templates: further nobody goes. */
const deepestEmbedding = 3;

/** In characters: several times what the service takes as a template's text. */
const longestBody = 250_000;

/** Evaluation steps for one name: far more than any template needs. */
const mostSteps = 2_000;

/** Does the text hold anything of ours? Costs next to nothing, so that nothing else is read in vain. */
export const mentionsPacks = (text: string): boolean =>
  text.includes('ConformancePack') || text.includes('AWS::Config::ConfigRule');

/** Finds the pack and rule names of a CloudFormation template, and of the templates within it. */
export const findInCloudFormation = (text: string): Work<TemplateContents> =>
  findIn({ text: createEmbeddedText(text, 0), substitute: undefined, pack: undefined, depth: 0 });

/** Finds what a template holds that stands in another language's text: a pack's own, or a stack's. */
export const findInBody = (text: EmbeddedText, pack: PackReference | undefined): Work<TemplateContents> =>
  findIn({ text, substitute: () => interpolated, pack, depth: 1 });

/** The other language fills in its `${…}` first; `$${` is how it writes a plain one. */
const interpolated = (text: string): Values => [
  text.replaceAll(/(?<!\$)\$\{[^}]*(?:\}|$)/g, OPEN).replaceAll('$${', () => '${'),
];

function* findIn(source: Source): Work<TemplateContents> {
  const { text } = source.text;
  const found: TemplateContents[] = [];
  for (const root of yield* templatesOf(text)) found.push(yield* findInTemplate(new Template(root, text), source));
  return merge(found);
}

function* templatesOf(text: string): Work<readonly TreeNode[]> {
  if (!isJson(text)) return yield* parseYaml(text);
  const root = yield* parseJson(text);
  return root === undefined ? [] : [root];
}

const merge = (found: readonly TemplateContents[]): TemplateContents => ({
  packs: found.flatMap(({ packs }) => packs),
  packTemplates: found.flatMap(({ packTemplates }) => packTemplates),
});

function* findInTemplate(template: Template, source: Source): Work<TemplateContents> {
  const packs: PackReference[] = [];
  const embedded: TemplateContents[] = [];
  const rules: RuleReference[] = [];
  let ruleCount = 0;
  let isPackTemplate = source.depth === 0;
  for (const resource of template.resources()) {
    const { type, properties } = resource;
    const packType = packTypes.get(type);
    const name = packType && getChild(properties, packType.nameProperty);
    const pack = packType && name && { kind: packType.kind, ...reference(name, template, resource, source) };
    if (pack !== undefined) packs.push(pack);
    const body = getChild(properties, 'TemplateBody');
    if (body !== undefined) embedded.push(yield* findInProperty(body, template, source, pack));
    const ruleName = type === ruleType ? getChild(properties, 'ConfigRuleName') : undefined;
    if (ruleName !== undefined) rules.push(reference(ruleName, template, resource, source));
    if (type === ruleType) ruleCount++;
    isPackTemplate &&= packTemplateTypes.has(type);
    yield;
  }
  const isOne = ruleCount > 0 && (isPackTemplate || source.pack !== undefined);
  return merge([{ packs, packTemplates: isOne ? [packTemplate(source, ruleCount, rules)] : [] }, ...embedded]);
}

function packTemplate(source: Source, ruleCount: number, rules: readonly RuleReference[]): PackTemplate {
  const { text } = source.text;
  return {
    range: toDocument({ start: 0, end: text.length }, source),
    bytes: byteLength(source.depth === 0 ? text : dedent(text)),
    ruleCount,
    rules,
    pack: source.pack,
  };
}

/** Looks into the template that a resource carries as a text, plain or below `Fn::Sub`. */
function* findInProperty(
  body: TreeNode,
  template: Template,
  source: Source,
  pack: PackReference | undefined,
): Work<TemplateContents> {
  const call = parseIntrinsicCall(body);
  const argument = call?.name === 'Fn::Sub' ? call.argument : body;
  const [node, variables] = argument?.kind === 'list' ? argument.items : [argument];
  if (node?.kind !== 'scalar' || source.depth === deepestEmbedding) return merge([]);
  if (node.range.end - node.range.start > longestBody) return merge([]);
  const text = node.embedded();
  if (!mentionsPacks(text.text)) return merge([]);
  const substitute = (place: DeploymentScope) => {
    const scope = scopeOf(template, source, place);
    return (part: string) => substitute(part, scope, variables);
  };
  return yield* findIn({
    text: { text: text.text, toDocument: (offset) => source.text.toDocument(text.toDocument(offset)) },
    substitute: call === undefined ? undefined : substitute,
    pack,
    depth: source.depth + 1,
  });
}

function reference(name: TreeNode, template: Template, { entry, loops }: Resource, source: Source): NameReference {
  const isText = name.kind === 'scalar' && name.intrinsic === undefined;
  return {
    range: toDocument(isText ? name.textRange : name.range, source),
    valueRange: toDocument(name.range, source),
    resourceRange: toDocument(entry.range, source),
    resolve: memoizeResolve((place) => {
      const scope = scopeOf(template, source, place);
      const values = unroll(loops, scope).flatMap((inLoop) => evaluate(name, inLoop));
      return toResolvedNames(values, scope.budget);
    }),
  };
}

const scopeOf = (template: Template, source: Source, place: DeploymentScope): EvaluationContext => ({
  template,
  place,
  loop: new Map(),
  substitute: source.substitute?.(place),
  budget: { left: mostSteps, depth: 0 },
});

/** The scopes a looped resource is evaluated in: one for each element, open where the elements are. */
function unroll([loop, ...inner]: readonly Loop[], scope: EvaluationContext): readonly EvaluationContext[] {
  if (loop === undefined) return [scope];
  const lists = evaluate(loop.collection, scope).flatMap((list) => (Array.isArray(list) ? list : [OPEN]));
  return lists
    .slice(0, 64)
    .flatMap((element) =>
      unroll(inner, { ...scope, loop: new Map([...scope.loop, [loop.variable, toText(element)]]) }),
    );
}

const toDocument = ({ start, end }: Range, { text }: Source): Range => ({
  start: text.toDocument(start),
  end: text.toDocument(end),
});
