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
  const contents: TemplateContents[] = [];
  for (const block of blocks.some(canContainNames) ? files.getLocals() : []) {
    // Locals are searched in all blocks. Parse them here in short steps.
    void block.attributes;
    yield;
  }
  for (const block of blocks) {
    if (block.type === 'module') contents.push(findInModuleCall(files, folder, block));
    else if (block.type === 'resource') contents.push(yield* findInResource(files, folder, block, document.text));
    yield;
  }
  return {
    packs: contents.flatMap(({ packs }) => packs),
    packTemplates: contents.flatMap(({ packTemplates }) => packTemplates),
  };
}

const canContainNames = ({ type, labels }: Block): boolean => type === 'module' || packTypes.has(labels[0] ?? '');

const noContents: TemplateContents = { packs: [], packTemplates: [] };

function* findInResource(files: Files, folder: string, block: Block, text: string): Work<TemplateContents> {
  const [type = ''] = block.labels;
  const kind = packTypes.get(type);
  if (kind === undefined && !stackTypes.has(type)) return noContents;
  const body = getBodyText(block, text);
  if (kind === undefined) return body === undefined ? noContents : yield* findInBody(body, undefined);
  const name = block.attributes.get('name')?.getExpression();
  if (name !== undefined && isTypeDocumentation(name)) return noContents;
  const pack = name && createReference(kind, files, folder, block, name, text);
  if (pack === undefined) return noContents;
  const bodyContents = body === undefined ? noContents : yield* findInBody(body, pack);
  return { packs: [pack, ...bodyContents.packs], packTemplates: bodyContents.packTemplates };
}

const types = new Set(['string', 'number', 'bool', 'list', 'map', 'set', 'object', 'any']);

/** `name = string (Required)` is documentation of a resource, not configuration. */
function isTypeDocumentation(expression: Expression): boolean {
  const callee = expression.kind === 'call' ? expression.callee : expression;
  return callee.kind === 'name' && types.has(callee.name);
}

/** The text of a template body that is a heredoc. */
function getBodyText(block: Block, text: string) {
  const body = block.attributes.get('template_body')?.getExpression();
  if (body?.kind !== 'literal' && body?.kind !== 'template') return undefined;
  const { start, end } = body.inner ?? body;
  return text.startsWith('<<', body.start) ? createEmbeddedText(text.slice(start, end), start) : undefined;
}

/** Finds the arguments of a module block that become pack names. */
function findInModuleCall(files: Files, folder: string, call: Block): TemplateContents {
  const called = files.findCalledFolder(folder, call);
  if (called === undefined) return noContents;
  const packs = [...findNameVariables(files, called, 0)].flatMap(([variable, kind]) => {
    const name = call.attributes.get(variable)?.getExpression();
    return name === undefined ? [] : [createReference(kind, files, folder, call, name)];
  });
  return { packs, packTemplates: [] };
}

/** The variables of a module that are used as a pack's name without changes. */
function findNameVariables(files: Files, folder: string, depth: number): ReadonlyMap<string, PackReference['kind']> {
  const variables = new Map<string, PackReference['kind']>();
  if (depth === maxCallDepth) return variables;
  for (const block of files.getConfigurations(folder).flatMap(({ blocks }) => blocks)) {
    const kind = block.type === 'resource' ? packTypes.get(block.labels[0] ?? '') : undefined;
    const name = getVariable(block.attributes.get('name')?.getExpression());
    if (kind !== undefined && name !== undefined && !variables.has(name)) variables.set(name, kind);
    const called = block.type === 'module' ? files.findCalledFolder(folder, block) : undefined;
    if (called === undefined) continue;
    for (const [inner, innerKind] of findNameVariables(files, called, depth + 1)) {
      const passed = getVariable(block.attributes.get(inner)?.getExpression());
      if (passed !== undefined) variables.set(passed, innerKind);
    }
  }
  return variables;
}

/** The variable of an expression that is just `var.name` or `"${var.name}"`. */
function getVariable(expression: Expression | undefined): string | undefined {
  const [part] = expression?.kind === 'template' && expression.parts.length === 1 ? expression.parts : [expression];
  const [root, name, ...rest] = (typeof part === 'object' && getPath(part)) || [];
  return root === 'var' && rest.length === 0 ? name : undefined;
}

function createReference(
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
      const results = findVariableAssignments(files, folder, deploymentScope, 0).map((inputs) => {
        const budget = { left: maxSteps, depth: 0 };
        return toResolvedNames(
          new Module(files, folder, inputs, deploymentScope, budget).evaluateInBlock(block, name),
          budget,
        );
      });
      return selectMostResolved(results);
    }),
  };
}

/** Omits names with more unknown parts than those of another variable assignment. */
function selectMostResolved(results: readonly (readonly ResolvedName[])[]): readonly ResolvedName[] {
  const minOpenParts = Math.min(...results.map(countOpenParts));
  const names = results.filter((result) => countOpenParts(result) === minOpenParts).flat();
  return [...new Map(names.map((name) => [name.text, name])).values()];
}

const countOpenParts = (names: readonly ResolvedName[]): number =>
  Math.max(...names.map(({ kind, text }) => (kind === 'open' ? Number.MAX_VALUE : text.split('*').length)));

/** All possible values of a module's variables: from its callers or else from variable files. */
function findVariableAssignments(
  files: Files,
  folder: string,
  deploymentScope: DeploymentScope,
  depth: number,
): readonly Inputs[] {
  const calls = depth === maxCallDepth ? [] : files.findCalls(folder);
  if (calls.length === 0) return files.getVariableAssignments(folder).slice(0, maxAssignments);
  const inputs = calls
    .slice(0, maxAssignments)
    .flatMap(({ caller, call }) =>
      findVariableAssignments(files, caller, deploymentScope, depth + 1).flatMap((inputs) =>
        new Module(files, caller, inputs, deploymentScope, { left: maxSteps, depth: 0 }).evaluateInputs(call),
      ),
    );
  return inputs.slice(0, maxAssignments);
}
