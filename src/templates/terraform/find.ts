import { findInBody, type TemplateContents } from '../cloudformation/find.ts';
import { createEmbeddedText } from '../cloudformation/tree.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import { getReferenceRanges } from '../expressions/ranges.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { DeploymentScope, PackReference, ResolvedName, TemplateDocument } from '../model.ts';
import type { Work } from '../timeSlicing.ts';
import { toResolvedNames } from '../values.ts';
import { type Block, readConfiguration } from './config.ts';
import { type Files, getFolder, type Inputs, readFiles } from './files.ts';
import { Module } from './module.ts';

/** Resource types of packs. Their name is in `name`. */
const packTypes: ReadonlyMap<string, PackReference['kind']> = new Map([
  ['aws_config_conformance_pack', 'pack'],
  ['aws_config_organization_conformance_pack', 'organization'],
]);

/** Resources whose `template_body` is a CloudFormation template. */
const stackTypes = new Set(['aws_cloudformation_stack', 'aws_cloudformation_stack_set']);

/** Depth of module calls that names are followed through. */
const maxCallDepth = 4;

/** Evaluation steps for one name, far more than any real configuration needs. */
const maxSteps = 5_000;

/** Variable assignments to evaluate per name. */
const maxAssignments = 32;

/** Whether the document or a module that it calls mentions packs. */
export function mentionsPacks({ text, files }: TemplateDocument): boolean {
  if (text.includes('conformance_pack') || (text.includes('ConformancePack') && text.includes('template_body')))
    return true;
  return text.includes('module') && [...(files?.values() ?? [])].some((other) => other.includes('conformance_pack'));
}

/** Finds the pack names of a Terraform file: in its resources and in the arguments of its modules. */
export function* findInTerraform(document: TemplateDocument): Work<TemplateContents> {
  const files = yield* readFiles(document);
  const folder = getFolder(document.path);
  const { blocks } = yield* readConfiguration(document.path, document.text);
  const found: TemplateContents[] = [];
  for (const block of blocks.some(mayName) ? files.locals() : []) {
    // Locals are searched in all blocks. Parse them here in short steps.
    void block.attributes;
    yield;
  }
  for (const block of blocks) {
    if (block.type === 'module') found.push(inCall(files, folder, block));
    else if (block.type === 'resource') found.push(yield* inResource(files, folder, block, document.text));
    yield;
  }
  return {
    packs: found.flatMap(({ packs }) => packs),
    packTemplates: found.flatMap(({ packTemplates }) => packTemplates),
  };
}

const mayName = ({ type, labels }: Block): boolean => type === 'module' || packTypes.has(labels[0] ?? '');

const nothing: TemplateContents = { packs: [], packTemplates: [] };

function* inResource(files: Files, folder: string, block: Block, text: string): Work<TemplateContents> {
  const [type = ''] = block.labels;
  const kind = packTypes.get(type);
  if (kind === undefined && !stackTypes.has(type)) return nothing;
  const body = bodyText(block, text);
  if (kind === undefined) return body === undefined ? nothing : yield* findInBody(body, undefined);
  const name = block.attributes.get('name')?.getExpression();
  if (name !== undefined && isType(name)) return nothing;
  const pack = name && reference(kind, files, folder, block, name, text);
  if (pack === undefined) return nothing;
  const inBody = body === undefined ? nothing : yield* findInBody(body, pack);
  return { packs: [pack, ...inBody.packs], packTemplates: inBody.packTemplates };
}

const types = new Set(['string', 'number', 'bool', 'list', 'map', 'set', 'object', 'any']);

/** `name = string (Required)` is documentation of a resource, not configuration. */
function isType(expression: Expression): boolean {
  const callee = expression.kind === 'call' ? expression.callee : expression;
  return callee.kind === 'name' && types.has(callee.name);
}

/** The text of a template body that is a heredoc. */
function bodyText(block: Block, text: string) {
  const body = block.attributes.get('template_body')?.getExpression();
  if (body?.kind !== 'literal' && body?.kind !== 'template') return undefined;
  const { start, end } = body.inner ?? body;
  return text.startsWith('<<', body.start) ? createEmbeddedText(text.slice(start, end), start) : undefined;
}

/** Finds the arguments of a module block that become pack names. */
function inCall(files: Files, folder: string, call: Block): TemplateContents {
  const called = files.calledFolder(folder, call);
  if (called === undefined) return nothing;
  const packs = [...nameVariables(files, called, 0)].flatMap(([variable, kind]) => {
    const name = call.attributes.get(variable)?.getExpression();
    return name === undefined ? [] : [reference(kind, files, folder, call, name)];
  });
  return { packs, packTemplates: [] };
}

/** The variables of a module that are used as a pack's name without changes. */
function nameVariables(files: Files, folder: string, depth: number): ReadonlyMap<string, PackReference['kind']> {
  const variables = new Map<string, PackReference['kind']>();
  if (depth === maxCallDepth) return variables;
  for (const block of files.configurations(folder).flatMap(({ blocks }) => blocks)) {
    const kind = block.type === 'resource' ? packTypes.get(block.labels[0] ?? '') : undefined;
    const name = variableOf(block.attributes.get('name')?.getExpression());
    if (kind !== undefined && name !== undefined && !variables.has(name)) variables.set(name, kind);
    const called = block.type === 'module' ? files.calledFolder(folder, block) : undefined;
    if (called === undefined) continue;
    for (const [inner, innerKind] of nameVariables(files, called, depth + 1)) {
      const passed = variableOf(block.attributes.get(inner)?.getExpression());
      if (passed !== undefined) variables.set(passed, innerKind);
    }
  }
  return variables;
}

/** The variable of an expression that is just `var.name` or `"${var.name}"`. */
function variableOf(expression: Expression | undefined): string | undefined {
  const [part] = expression?.kind === 'template' && expression.parts.length === 1 ? expression.parts : [expression];
  const [root, name, ...rest] = (typeof part === 'object' && getPath(part)) || [];
  return root === 'var' && rest.length === 0 ? name : undefined;
}

function reference(
  kind: PackReference['kind'],
  files: Files,
  folder: string,
  block: Block,
  name: Expression,
  text?: string,
): PackReference {
  return {
    kind,
    ...getReferenceRanges(name, text),
    resourceRange: { start: block.start, end: block.end },
    resolve: memoizeResolve((deploymentScope) => {
      const results = variableAssignments(files, folder, deploymentScope, 0).map((inputs) => {
        const budget = { left: maxSteps, depth: 0 };
        return toResolvedNames(
          new Module(files, folder, inputs, deploymentScope, budget).valuesIn(block, name),
          budget,
        );
      });
      return mostCertain(results);
    }),
  };
}

/** Omits names with more unknown parts than those of another variable assignment. */
function mostCertain(results: readonly (readonly ResolvedName[])[]): readonly ResolvedName[] {
  const least = Math.min(...results.map(openParts));
  const names = results.filter((result) => openParts(result) === least).flat();
  return [...new Map(names.map((name) => [name.text, name])).values()];
}

const openParts = (names: readonly ResolvedName[]): number =>
  Math.max(...names.map(({ kind, text }) => (kind === 'open' ? Number.MAX_VALUE : text.split('*').length)));

/** All possible values of a module's variables: from its callers or else from variable files. */
function variableAssignments(
  files: Files,
  folder: string,
  deploymentScope: DeploymentScope,
  depth: number,
): readonly Inputs[] {
  const calls = depth === maxCallDepth ? [] : files.callsOf(folder);
  if (calls.length === 0) return files.variableFiles(folder).slice(0, maxAssignments);
  const inputs = calls
    .slice(0, maxAssignments)
    .flatMap(({ caller, call }) =>
      variableAssignments(files, caller, deploymentScope, depth + 1).flatMap((given) =>
        new Module(files, caller, given, deploymentScope, { left: maxSteps, depth: 0 }).inputsOf(call),
      ),
    );
  return inputs.slice(0, maxAssignments);
}
