import type { SyntaxNode } from '@lezer/common';
import { packTypes } from '../cloudformation/resourceTypes.ts';
import { type Argument, type Expression, getEntry } from '../expressions/expression.ts';
import type { PackReference, Placement, Range } from '../model.ts';
import { packTypes as terraformTypes } from '../terraform/resourceTypes.ts';
import type { ProgramCall } from './calls.ts';
import { bodyProperty, type PackClass, pulumiModules } from './packClasses.ts';
import { findProviderPlacements, findStackPlacements } from './placements.ts';
import type { Program } from './program.ts';
import { findProperty } from './properties.ts';

/** A place in a program that names a pack. */
export interface PackSite {
  readonly kind: PackReference['kind'];
  readonly name: Expression;
  /** The pack's template. */
  readonly body: Expression | undefined;
  readonly range: Range;
  readonly getPlacements: () => readonly Placement[];
}

/** Reads `new config.CfnConformancePack(…)`, without `new` in Python, or properties that have the class's type. */
export function readClassUse(program: Program, at: number, classes: readonly PackClass[]): PackSite | undefined {
  const node = program.bindings.nodeAt(at);
  if (node.name === 'TypeName') return readTypedProperties(program, node, classes);
  const call = program.calls.findAt(at);
  if (call === undefined || call.isNew !== (program.language === 'javascript')) return undefined;
  const candidates = classes.filter(({ library }) => isFromLibrary(program, call, library));
  const index = candidates.some(({ library }) => isConstruct(library)) ? 2 : 1;
  const properties = program.language === 'python' ? call.getArguments() : call.getArguments().slice(index, index + 1);
  const findName = ({ nameProperty }: PackClass) => findProperty(properties, nameProperty[program.language], program);
  const packClass = candidates.find((each) => findName(each) !== undefined) ?? candidates[0];
  if (packClass === undefined) return undefined;
  const name = findName(packClass);
  const isGenerated = name === undefined && index === 1 && areKnown(properties);
  const written = isGenerated ? toGeneratedName(call) : name;
  if (written === undefined) return undefined;
  return {
    kind: packClass.kind,
    name: written,
    body: findProperty(properties, bodyProperty[program.language], program),
    range: call.range,
    getPlacements: () => findPlacements(program, call, packClass),
  };
}

function findPlacements(program: Program, call: ProgramCall, { library }: PackClass): readonly Placement[] {
  if (library === 'cdk') return findStackPlacements(program, call);
  // Several stacks and providers may well have a pack of the same name.
  if (library === 'cdktf') return [{ group: `class ${call.range.start}` }];
  return findProviderPlacements(program, call);
}

/** Whether a library has constructs: classes that take their scope, their id and their properties. */
const isConstruct = (library: PackClass['library']): library is 'cdk' | 'cdktf' =>
  library === 'cdk' || library === 'cdktf';

/** Whether a class is a construct, or `aws.cfg.ConformancePack` or imported from there. */
function isFromLibrary(program: Program, { path, range }: ProgramCall, library: PackClass['library']): boolean {
  if (isConstruct(library)) return true;
  const { name, imported } = pulumiModules[library];
  const [className = '', ...others] = path;
  if (others.length > 0) return path.at(-2) === name;
  return imported.test(program.findSource(className, range.start));
}

/** Whether the properties are written in the call, so that a missing one is not set. */
const areKnown = (properties: readonly Argument[]): boolean =>
  properties.every(({ name, value }) => {
    if (name !== undefined) return name !== 'args';
    if (value.kind === 'object') return value.entries.every(({ key }) => key?.kind === 'literal');
    return value.kind === 'literal' || value.kind === 'template';
  });

/** Pulumi names a pack after its resource, with a random suffix. */
function toGeneratedName({ getArguments }: ProgramCall): Expression | undefined {
  const args = getArguments();
  const resourceName = (args.find(({ name }) => name === 'resource_name') ?? args[0])?.value;
  if (resourceName === undefined) return undefined;
  const { start, end } = resourceName;
  const isQuoted = resourceName.kind === 'literal' || resourceName.kind === 'template';
  const inner = (isQuoted ? resourceName.inner : undefined) ?? { start, end };
  return { start, end, kind: 'template', parts: [resourceName, '-', { start, end, kind: 'unknown' }], inner };
}

/** `const props: CfnConformancePackProps = { … }` */
function readTypedProperties(
  program: Program,
  type: SyntaxNode,
  [packClass]: readonly PackClass[],
): PackSite | undefined {
  const annotation = type.parent?.name === 'IndexedType' ? type.parent.parent : type.parent;
  const equals = annotation?.name === 'TypeAnnotation' ? annotation.nextSibling : null;
  const value = equals?.name === 'Equals' ? equals.nextSibling : null;
  if (packClass?.library !== 'cdk' || !value) return undefined;
  const expression = program.toExpression(value);
  const properties = [{ name: undefined, value: expression }];
  const name = findProperty(properties, packClass.nameProperty[program.language], program);
  if (name === undefined) return undefined;
  const body = findProperty(properties, bodyProperty[program.language], program);
  const getPlacements = () => [{ group: `properties ${expression.start}` }];
  return { kind: packClass.kind, name, body, range: expression, getPlacements };
}

/** Reads `new CfnResource(this, 'Pack', { type: 'AWS::Config::ConformancePack', properties: { … } })`. */
export function readRawResource(program: Program, at: number): PackSite | undefined {
  const call = program.calls.findAround(at);
  if (call?.path.at(-1) !== 'CfnResource' || call.isNew !== (program.language === 'javascript')) return undefined;
  const settings = program.language === 'python' ? call.getArguments() : call.getArguments().slice(2, 3);
  const type = findProperty(settings, 'type', program);
  const packType = type?.kind === 'literal' ? packTypes.get(String(type.value)) : undefined;
  const properties = findProperty(settings, 'properties', program);
  const name = packType && properties && getEntry(properties, packType.nameProperty);
  if (packType === undefined || properties === undefined || name === undefined) return undefined;
  return {
    kind: packType.kind,
    name,
    body: getEntry(properties, 'TemplateBody'),
    range: call.range,
    getPlacements: () => findStackPlacements(program, call),
  };
}

/** The calls and commands of the service's API that take names of packs. */
export const apiCall =
  /^(?:put|delete|describe|get)(?:_organization)?_conformance_pack\w*$|^(?:put|delete|describe|get)(?:Organization)?ConformancePack\w*$/i;

const apiParameters = ['', 'Organization'].flatMap((prefix) =>
  ['Name', 'Names'].map((suffix) => `${prefix}ConformancePack${suffix}`),
);

/** Reads the parameters of an API call that are declared elsewhere: `client.put_conformance_pack(**parameters)`. */
export function readApiCall(program: Program, at: number): readonly PackSite[] {
  const call = program.calls.findAt(at);
  if (call === undefined) return [];
  return apiParameters.flatMap((parameter) => {
    const value = findApiParameter(program, call, parameter);
    const isDeclared = value !== undefined && (value.start < call.range.start || value.start >= call.range.end);
    return isDeclared ? toApiSites(call, parameter, value) : [];
  });
}

/** Functions of boto3 and of the SDK for JavaScript, and its commands. */
const operation = /^(?:\w*_conformance_pack\w*|\w*ConformancePack\w*|paginate)$/;

/**
 * Reads a parameter of the service's API: `put_conformance_pack(ConformancePackName='x')`,
 * `new DescribeConformancePacksCommand({ ConformancePackNames: ['x'] })`.
 */
export function readApiParameter(program: Program, at: number, parameter: string): readonly PackSite[] {
  const call = program.calls.findAround(at);
  if (call === undefined || !operation.test(call.path.at(-1) ?? '')) return [];
  const value = findApiParameter(program, call, parameter);
  if (value === undefined || at < call.range.start || value.start < at) return [];
  return toApiSites(call, parameter, value);
}

const findApiParameter = (program: Program, call: ProgramCall, parameter: string): Expression | undefined =>
  findProperty(
    program.language === 'python' ? call.getArguments() : call.getArguments().slice(0, 1),
    parameter,
    program,
  );

function toApiSites(call: ProgramCall, parameter: string, value: Expression): readonly PackSite[] {
  const isList = parameter.endsWith('Names');
  const names = isList ? (value.kind === 'list' ? value.items : []) : [value];
  return names.map((name) => ({
    kind: parameter.startsWith('Organization') ? 'organization' : 'pack',
    name,
    body: undefined,
    range: call.range,
    // Several calls may well name the same pack.
    getPlacements: () => [{ group: `call ${call.range.start}` }],
  }));
}

/**
 * Reads the resources of a type in an object that becomes Terraform JSON:
 * `{ "aws_config_conformance_pack": { "baseline": { "name": "x" } } }`.
 */
export function readTerraformJson(program: Program, at: number, type: string): readonly PackSite[] {
  const key = program.bindings.nodeAt(at);
  const value = key.nextSibling?.name === ':' ? key.nextSibling.nextSibling : null;
  const packType = terraformTypes.get(type);
  const resources = value && program.toExpression(value);
  if (packType === undefined || resources?.kind !== 'object') return [];
  const { kind, nameAttribute } = packType;
  return resources.entries.flatMap(({ value: resource }) => {
    const name = getEntry(resource, nameAttribute);
    if (name === undefined) return [];
    const { start, end } = resource;
    const getPlacements = () => [{ group: `resource ${start}` }];
    return [{ kind, name, body: getEntry(resource, 'template_body'), range: { start, end }, getPlacements }];
  });
}
