import type { SlicedWork } from '../../timeSlicing.ts';
import type { DeploymentScope, PackReference, PackTemplate, RuleReference, TemplateDocument } from '../model.ts';
import { getSyntaxDocument, SyntaxDocument } from '../syntax/reparse.ts';
import { dedent } from '../textUtilities.ts';
import { OPEN, type Values } from '../values.ts';
import { substituteVariables } from './intrinsics.ts';
import { parseDocuments } from './parse.ts';
import { createContext, getStackKey, TemplateName, type TemplateText, toDocument } from './references.ts';
import { packTemplateTypes, packTypes, pulumiTypes, ruleType } from './resourceTypes.ts';
import { readService } from './serviceFiles.ts';
import { mentionsService } from './servicePaths.ts';
import { prepareStages } from './serviceStages.ts';
import { findTemplates, type Template } from './template.ts';
import { createEmbeddedText, type DocumentNode, type EmbeddedText, parseIntrinsicCall } from './tree.ts';
import { findWrittenNames, type PackName } from './writtenNames.ts';

/** The packs and pack templates found in a text. */
export interface TemplateContents {
  readonly packs: readonly PackReference[];
  readonly packTemplates: readonly PackTemplate[];
}

/** Depth of embedded templates. */
const maxEmbeddingDepth = 3;

/** Characters, several times the service's limit for a template body. */
const maxBodyLength = 250_000;

/** Resources to read between two yields. */
const resourcesPerStep = 5;

/** Whether the text mentions packs or rules. A cheap check that skips all other texts. */
const mentionsPacks = (text: string): boolean =>
  text.includes('ConformancePack') || text.includes('AWS::Config::ConfigRule');

/** Finds the pack and rule names of a CloudFormation template and of the templates embedded in it. */
export function* findInCloudFormation({ path, text, files }: TemplateDocument): SlicedWork<TemplateContents> {
  return yield* findInSource({
    text: createEmbeddedText(text, 0),
    document: getSyntaxDocument(path),
    service: mentionsService(text) ? yield* readService(path, files ?? new Map()) : undefined,
    substitute: undefined,
    pack: undefined,
    depth: 0,
  });
}

/** Finds packs and rules in a CloudFormation template that is embedded in another language. */
export const findInBody = (
  text: EmbeddedText,
  pack: PackReference | undefined,
  document = new SyntaxDocument(),
): SlicedWork<TemplateContents> =>
  findInSource({ text, document, service: undefined, substitute: () => replaceInterpolations, pack, depth: 1 });

/** The outer language replaces `${…}` first. It escapes a literal `${` as `$${`. */
const replaceInterpolations = (text: string): Values => [
  text.replaceAll(/(?<!\$)\$\{[^}]*(?:\}|$)/g, OPEN).replaceAll('$${', () => '${'),
];

function* findInSource(source: TemplateText): SlicedWork<TemplateContents> {
  const contents: TemplateContents[] = [];
  const roots = yield* parseDocuments(source.text.text, source.document);
  yield;
  for (const [documentIndex, root] of roots.entries()) {
    for (const template of findTemplates(root, source.service)) {
      yield;
      if (template.service !== undefined) yield* prepareStages(template.service);
      contents.push(yield* findInTemplate(template, { ...source, documentIndex }));
    }
  }
  source.document.dropUnusedChildren();
  return mergeContents(contents);
}

/** What the parts of a document contain together. */
export const mergeContents = (contents: readonly TemplateContents[]): TemplateContents => ({
  packs: contents.flatMap(({ packs }) => packs),
  packTemplates: contents.flatMap(({ packTemplates }) => packTemplates),
});

function* findInTemplate(template: Template, source: TemplateText): SlicedWork<TemplateContents> {
  const packs: PackReference[] = [];
  const embedded: TemplateContents[] = [];
  const rules: RuleReference[] = [];
  const names: PackName[] = [];
  let ruleCount = 0;
  let isPackTemplate = source.depth === 0;
  let count = 0;
  for (const located of template.resources()) {
    if (located === undefined) {
      yield;
      continue;
    }
    const { type, name, body } = located.resource;
    const packType = packTypes.get(type) ?? pulumiTypes.get(type);
    const reference = name && new TemplateName(name, located, template, source);
    const pack = reference && packType && createPack(packType.kind, reference, getStackKey(located, source));
    if (pack !== undefined && name !== undefined) {
      packs.push(pack);
      names.push({ kind: pack.kind, node: name.node });
    }
    if (body !== undefined) embedded.push(yield* findInProperty(body, template, source, pack, embedded.length));
    if (type === ruleType) {
      ruleCount++;
      if (reference !== undefined) rules.push(reference);
    }
    isPackTemplate &&= packTemplateTypes.has(type);
    if (++count % resourcesPerStep === 0) yield;
  }
  const isConformancePackTemplate = ruleCount > 0 && (isPackTemplate || source.pack !== undefined);
  return mergeContents([
    {
      packs: [...packs, ...(yield* findWrittenNames(names, template, source))],
      packTemplates: isConformancePackTemplate ? [createPackTemplate(source, ruleCount, rules)] : [],
    },
    ...embedded,
  ]);
}

const createPack = (
  kind: PackReference['kind'],
  { range, valueRange, resourceRange, resolve }: TemplateName,
  group: string,
): PackReference => ({ kind, range, valueRange, resourceRange, resolve, getPlacements: () => [{ group }] });

function createPackTemplate(source: TemplateText, ruleCount: number, rules: readonly RuleReference[]): PackTemplate {
  const { text } = source.text;
  return {
    range: toDocument({ start: 0, end: text.length }, source),
    bytes: Buffer.byteLength(source.depth === 0 ? text : dedent(text)),
    ruleCount,
    rules,
    pack: source.pack,
  };
}

/** Finds packs and rules in a resource's template body, which may be in `Fn::Sub`. */
function* findInProperty(
  body: DocumentNode,
  template: Template,
  source: TemplateText,
  pack: PackReference | undefined,
  index: number,
): SlicedWork<TemplateContents> {
  const call = parseIntrinsicCall(body);
  const argument = call?.name === 'Fn::Sub' ? call.argument : body;
  const [node, variables] = argument?.kind === 'list' ? argument.items : [argument];
  if (node?.kind !== 'scalar' || source.depth === maxEmbeddingDepth) return mergeContents([]);
  if (node.range.end - node.range.start > maxBodyLength) return mergeContents([]);
  const text = node.embedded();
  if (!mentionsPacks(text.text)) return mergeContents([]);
  const substitute = (deploymentScope: DeploymentScope) => {
    const context = createContext(template, source, deploymentScope);
    return (part: string) => substituteVariables(part, context, variables);
  };
  return yield* findInSource({
    text: { text: text.text, toDocument: (offset) => source.text.toDocument(text.toDocument(offset)) },
    document: source.document.getChild(String(index)),
    service: undefined,
    substitute: call !== undefined ? substitute : template.isPulumi ? () => replaceInterpolations : undefined,
    pack,
    depth: source.depth + 1,
  });
}
