import { Choices } from '../choices.ts';
import { once } from '../memoize.ts';
import type { Range, ResolvedName } from '../model.ts';
import { EntryCache } from '../syntax/entryCache.ts';
import { OPEN, toResolvedNames } from '../values.ts';
import { evaluate } from './intrinsics.ts';
import { packTemplateTypes, packTypes, pulumiTypes, ruleType } from './resourceTypes.ts';
import {
  copyNode,
  createTextNode,
  type DocumentNode,
  detachText,
  getChild,
  getPlainText,
  type TreeEntry,
} from './tree.ts';

/** What a template's resource says about packs and rules. Offsets are relative to the resource's start. */
export interface Resource {
  readonly length: number;
  /** The type if it matters, else `other`. */
  readonly type: string;
  /** The name of a pack or of a rule. */
  readonly name: Name | undefined;
  /** The name of the condition under which the resource is created, or Pulumi's provider. */
  readonly condition: string | undefined;
  /** The template that the resource contains. */
  readonly body: DocumentNode | undefined;
}

/** The name of a pack or rule. Offsets are relative to the resource's start. */
export interface Name {
  readonly node: DocumentNode;
  /** What a name without a function resolves to outside of loops. */
  readonly getConstant: (() => readonly ResolvedName[]) | undefined;
  readonly range: Range;
  readonly valueRange: Range;
}

/** An entry that is not a resource. */
export const noResource = 'none';

const otherResource: Resource = { length: 0, type: 'other', name: undefined, condition: undefined, body: undefined };

/** The names of properties that contain a name, by resource type. */
const nameProperties: ReadonlyMap<string, string> = new Map([
  ...[...packTypes, ...pulumiTypes].map(([type, { nameProperty }]) => [type, nameProperty] as const),
  [ruleType, 'ConfigRuleName'],
]);
const types: ReadonlyMap<string, string> = new Map(
  [...packTypes.keys(), ...pulumiTypes.keys(), ...packTemplateTypes].map((type) => [type, type]),
);

/** Reads a resource of CloudFormation or of Pulumi. Undefined if the entry has no type. */
export function readResource(entry: TreeEntry): Resource | undefined {
  const resource = entry.value;
  const written = getPlainText(getChild(resource, 'Type') ?? getChild(resource, 'type'));
  if (written === undefined) return undefined;
  const type = types.get(written) ?? otherResource.type;
  const properties = getChild(resource, 'Properties') ?? getChild(resource, 'properties');
  const nameProperty = nameProperties.get(type);
  const condition = getPlainText(
    getChild(resource, 'Condition') ?? getChild(getChild(resource, 'options'), 'provider'),
  );
  const name = nameProperty === undefined ? undefined : getChild(properties, nameProperty);
  return {
    length: entry.range.end - entry.range.start,
    type,
    name: name ? createName(name, findRanges(name, entry.range.start)) : createPulumiName(entry, type),
    condition: condition && detachText(condition),
    body: getChild(properties, 'TemplateBody') ?? getChild(properties, 'templateBody'),
  };
}

/** The name that Pulumi gives to a resource without one: the logical name and random characters. */
function createPulumiName({ key, keyRange, range }: TreeEntry, type: string): Name | undefined {
  if (!pulumiTypes.has(type)) return undefined;
  const node = createTextNode(`${detachText(key)}-${OPEN}`, keyRange);
  return createName(node, findRanges(node, range.start));
}

function createName(node: DocumentNode, ranges: Pick<Name, 'range' | 'valueRange'>): Name {
  const isConstant = node.kind === 'scalar' && node.intrinsic === undefined;
  return { ...ranges, node, getConstant: isConstant ? createConstant(node) : undefined };
}

function findRanges(node: DocumentNode, start: number): Pick<Name, 'range' | 'valueRange'> {
  const isText = node.kind === 'scalar' && node.intrinsic === undefined;
  const toRelative = (range: Range): Range => ({ start: range.start - start, end: range.end - start });
  return { range: toRelative(isText ? node.textRange : node.range), valueRange: toRelative(node.range) };
}

const createConstant = (node: DocumentNode) =>
  once(() => {
    const budget = { left: 50, depth: 0 };
    const template = {
      findText: () => undefined,
      mapping: () => undefined,
      reference: () => [OPEN],
      service: undefined,
    };
    const choices = new Choices();
    const context = { template, deploymentScope: {}, loopVariables: new Map(), substitute: undefined, budget, choices };
    return toResolvedNames(evaluate(node, context), budget);
  });

/** Matches what a resource's meaning may depend on besides its own text: loops and tags of template engines. */
const context = /Fn::ForEach|[{<#][{%#]/;
const alias = /(?:^|[\s,[{])\*[^\s,*\]})]/;
/** Matches an alias that may make any resource a pack, a rule or one with a template. */
const definingAlias = /(?:<<|Type|TemplateBody)["']?\s*:\s*(?:[&!]\S+\s+)?\*|^[^\n]*?:\s*\*/;

/** An entry of a `Resources` section, as far as its own text tells. */
interface ReadResource {
  readonly key: string;
  /** Undefined if it must be read each time: it contains a template or depends on its context. */
  readonly resource: Resource | typeof noResource | undefined;
}

/** Resources by subtree. */
export const resources = new EntryCache<ReadResource>((entry, text) => ({
  key: detachText(entry.key),
  resource: readCacheable(entry, text),
}));

function readCacheable(entry: TreeEntry, text: string): ReadResource['resource'] {
  if (context.test(text)) return undefined;
  const isRelevant = text.includes('AWS::Config::') || text.includes('ConformancePack');
  if (!isRelevant) return definingAlias.test(text) ? undefined : otherResource;
  if (alias.test(text)) return undefined;
  const resource = readResource(entry);
  if (resource === undefined) return noResource;
  if (resource.body !== undefined) return undefined;
  if (resource.name === undefined) return resource;
  const node = copyNode(resource.name.node);
  return node && { ...resource, name: createName(node, resource.name) };
}
