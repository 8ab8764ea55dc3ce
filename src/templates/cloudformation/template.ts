import { memoize, once } from '../memoize.ts';
import { OPEN, toUniqueValues, type Values } from '../values.ts';
import { type EvaluationContext, evaluate } from './intrinsics.ts';
import { noResource, type Resource, readResource, resources } from './resources.ts';
import { packTypes } from './resourceTypes.ts';
import type { Service } from './service.ts';
import type { PartialService } from './serviceFiles.ts';
import { type DocumentNode, getChild, getPlainText } from './tree.ts';

/** A resource in a template and the `Fn::ForEach` loops around it. */
export interface LocatedResource {
  readonly start: number;
  readonly resource: Resource;
  readonly loops: readonly Loop[];
}

/** `Fn::ForEach`: a variable and the collection that it iterates over. */
export interface Loop {
  readonly variable: string;
  readonly collection: DocumentNode;
}

/** CloudFormation rejects deeper nested loops. */
const maxLoopDepth = 5;

/** The sections of a template by language. */
const sections = {
  cloudformation: { resources: 'Resources', parameters: ['Parameters'] },
  pulumi: { resources: 'resources', parameters: ['config', 'configuration'] },
  /** The resources of a Serverless service, which its main file includes one by one. */
  fragment: { resources: undefined, parameters: [] },
} as const;

/** A CloudFormation template or a Pulumi program: its resources and the definitions that their names may refer to. */
export class Template {
  /** Pulumi replaces `${…}` in all texts. */
  readonly isPulumi: boolean;
  readonly service: Service | undefined;
  readonly #root: DocumentNode;
  readonly #getResources: () => DocumentNode | undefined;
  readonly #getParameter: (name: string) => DocumentNode | undefined;
  readonly #getVariable: (name: string) => DocumentNode | undefined;
  readonly #getResource = memoize((name) => findResource(this.#getResources(), name));

  constructor(root: DocumentNode, language: keyof typeof sections = 'cloudformation', service?: Service) {
    const { resources, parameters } = sections[language];
    this.isPulumi = language === 'pulumi';
    this.service = service;
    this.#root = root;
    this.#getResources = once(() => (resources === undefined ? root : getChild(root, resources)));
    this.#getParameter = memoize((name) =>
      parameters.map((section) => getChild(getChild(root, section), name)).find((parameter) => parameter !== undefined),
    );
    this.#getVariable = memoize((name) => {
      if (!this.isPulumi) return undefined;
      return name === 'pulumi.project' ? getChild(root, 'name') : getChild(getChild(root, 'variables'), name);
    });
  }

  /** All resources. A resource in a loop appears once. Undefined is no resource but a moment to pause. */
  resources(): Iterable<LocatedResource | undefined> {
    return findResources(this.#getResources(), []);
  }

  mapping(name: string): DocumentNode | undefined {
    return getChild(getChild(this.#root, 'Mappings'), name);
  }

  findText(name: string): DocumentNode | undefined {
    const parameter = this.#getParameter(name);
    if (parameter === undefined) return this.#getVariable(name);
    if (isStored(parameter)) return undefined;
    return getChild(parameter, 'Default') ?? getChild(parameter, 'default');
  }

  /** The values of `Ref`: a parameter's default or its allowed values, a variable of Pulumi or a pack's name. */
  reference(name: string, context: EvaluationContext): Values {
    const parameter = this.#getParameter(name);
    const text = this.findText(name);
    if (parameter !== undefined) {
      const texts = text === undefined ? context.choices.select(parameter, getAllowedValues(parameter)) : [text];
      return texts.length === 0 ? [OPEN] : texts.flatMap((each) => evaluateText(getType(parameter), each, context));
    }
    if (text !== undefined) return evaluate(text, context);
    const resource = this.#getResource(name);
    const packType = packTypes.get(getPlainText(getChild(resource, 'Type')) ?? '');
    if (packType === undefined) return [OPEN];
    return evaluate(getChild(getChild(resource, 'Properties'), packType.nameProperty), context);
  }
}

/** The templates in a document: CloudFormation, Pulumi, or the one or more that Serverless merges. */
export function findTemplates(root: DocumentNode, service: PartialService | undefined): readonly Template[] {
  const findFile = service?.findFile ?? (() => undefined);
  const resources = getChild(root, 'Resources') === undefined ? getChild(root, 'resources') : undefined;
  if (resources === undefined) {
    const main = service?.root;
    const language = isFragment(root) ? 'fragment' : 'cloudformation';
    return [new Template(root, language, main && { root: main, findFile })];
  }
  const parts = (resources.kind === 'list' ? resources.items : [resources]).filter(
    (part) => getChild(part, 'Resources') !== undefined,
  );
  if (parts.length === 0) return [new Template(root, 'pulumi')];
  const own = { root, findFile };
  return parts.map((part) => new Template(part, 'cloudformation', own));
}

/** Entries of a file that are looked at to see whether they are resources. */
const maxEntries = 20;

/** Whether a file has packs instead of sections. */
function isFragment(root: DocumentNode): boolean {
  if (root.kind !== 'map' || getChild(root, 'Resources') !== undefined) return false;
  const entries = root.entries.slice(0, maxEntries);
  return entries.some(({ value }) => packTypes.has(getPlainText(getChild(value, 'Type')) ?? ''));
}

/** The resource with a logical name. */
function findResource(section: DocumentNode | undefined, name: string): DocumentNode | undefined {
  if (section?.kind !== 'map') return undefined;
  let hasMerges = false;
  for (const part of resources.read(section)) {
    for (const { value, readEntry } of part) {
      if (value.key === name) return readEntry()?.value;
      hasMerges ||= value.key === '<<';
    }
  }
  return hasMerges ? getChild(section, name) : undefined;
}

/** Parts of a section that are read between two moments to pause. */
const partsPerStep = 8;

function* findResources(
  section: DocumentNode | undefined,
  loops: readonly Loop[],
): Iterable<LocatedResource | undefined> {
  if (section?.kind !== 'map') return;
  let parts = 0;
  for (const part of resources.read(section)) {
    for (const { start, value, readEntry } of part) {
      const entry = value.resource === undefined ? readEntry() : undefined;
      if (entry?.key.startsWith('Fn::ForEach::')) yield* findLoopResources(entry.value, loops);
      else {
        const resource = value.resource ?? (entry && readResource(entry));
        if (resource !== undefined && resource !== noResource) yield { start, resource, loops };
      }
    }
    if (++parts % partsPerStep === 0) yield undefined;
  }
}

function findLoopResources(node: DocumentNode, outer: readonly Loop[]): Iterable<LocatedResource | undefined> {
  const [variable, collection, fragment] = node.kind === 'list' ? node.items : [];
  const name = getPlainText(variable);
  if (name === undefined || collection === undefined || outer.length === maxLoopDepth) return [];
  return findResources(fragment, [...outer, { variable: name, collection }]);
}

const getType = (parameter: DocumentNode): string => getPlainText(getChild(parameter, 'Type')) ?? 'String';

const isListType = (type: string): boolean => type === 'CommaDelimitedList' || type.startsWith('List<');

/** Whether the default of a parameter is the key of a stored value. */
const isStored = (parameter: DocumentNode): boolean => getType(parameter).startsWith('AWS::SSM::Parameter::');

/** What a parameter without a default may be. */
function getAllowedValues(parameter: DocumentNode): readonly DocumentNode[] {
  const allowed = getChild(parameter, 'AllowedValues');
  const isText = !isStored(parameter) && !isListType(getType(parameter));
  return allowed?.kind === 'list' && isText ? allowed.items : [];
}

/** The values of a default or an allowed value. */
function evaluateText(type: string, value: DocumentNode, context: EvaluationContext): Values {
  const isList = isListType(type);
  return toUniqueValues(
    evaluate(value, context).map((text) => {
      // An empty default leaves the value to the deployment.
      if (text === '') return OPEN;
      return isList && typeof text === 'string' ? text.split(',').map((item) => item.trim()) : text;
    }),
  );
}
