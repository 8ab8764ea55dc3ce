import { findInBody, type TemplateContents } from '../cloudformation/find.ts';
import { createEmbeddedText } from '../cloudformation/tree.ts';
import type { Expression } from '../expressions/expression.ts';
import { getReferenceRanges } from '../expressions/ranges.ts';
import { once } from '../memoize.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { DeploymentScope, PackReference, ResolvedName, TemplateDocument } from '../model.ts';
import type { Work } from '../timeSlicing.ts';
import { toResolvedNames } from '../values.ts';
import { type Block, readConfiguration } from './config.ts';
import { type Files, type Inputs, readFiles } from './files.ts';
import { Module } from './module.ts';
import { PassedNames } from './passedNames.ts';
import { getFolder } from './paths.ts';
import { packTypes } from './resourceTypes.ts';

/** Resources whose `template_body` is a CloudFormation template. */
const stackTypes = new Set(['aws_cloudformation_stack', 'aws_cloudformation_stack_set']);

/** Evaluation steps for one name, far more than any real configuration needs. */
const maxSteps = 5_000;

/** Depth of module calls that names are followed through. */
const maxCallDepth = 4;

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
  const passedNames = new PassedNames(files);
  const contents: TemplateContents[] = [];
  for (const block of blocks.some(canContainNames) ? files.getLocals() : []) {
    // Locals are searched in all blocks. Parse them here in short steps.
    void block.attributes;
    yield;
  }
  for (const block of blocks) {
    const merged = files.applyOverrides(document.path, block);
    if (block.type === 'module') contents.push(findInModuleCall(files, passedNames, folder, block, merged));
    else if (block.type === 'resource')
      contents.push(yield* findInResource(files, folder, block, merged, document.text));
    yield;
  }
  return {
    packs: contents.flatMap(({ packs }) => packs),
    packTemplates: contents.flatMap(({ packTemplates }) => packTemplates),
  };
}

const canContainNames = ({ type, labels }: Block): boolean => type === 'module' || packTypes.has(labels[0] ?? '');

const noContents: TemplateContents = { packs: [], packTemplates: [] };

function* findInResource(
  files: Files,
  folder: string,
  block: Block,
  merged: Block,
  text: string,
): Work<TemplateContents> {
  const [type = ''] = block.labels;
  const kind = packTypes.get(type);
  if (kind === undefined && !stackTypes.has(type)) return noContents;
  const body = getBodyText(block, text);
  if (kind === undefined) return body === undefined ? noContents : yield* findInBody(body, undefined);
  const name = block.attributes.get('name')?.getExpression();
  if (name !== undefined && isTypeDocumentation(name)) return noContents;
  const pack = name && createReference(kind, files, folder, merged, 'name', name, text);
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
function findInModuleCall(
  files: Files,
  passedNames: PassedNames,
  folder: string,
  call: Block,
  merged: Block,
): TemplateContents {
  const called = files.findCalledFolder(folder, merged);
  if (called === undefined) return noContents;
  const packs = [...passedNames.findVariables(called)].flatMap(([variable, kind]) => {
    const name = call.attributes.get(variable)?.getExpression();
    return name === undefined ? [] : [createReference(kind, files, folder, merged, variable, name)];
  });
  return { packs, packTemplates: [] };
}

function createReference(
  kind: PackReference['kind'],
  files: Files,
  folder: string,
  block: Block,
  attribute: string,
  name: Expression,
  text?: string,
): PackReference {
  // An override file may contain the name that is deployed.
  const deployedName = once(() => block.attributes.get(attribute)?.getExpression() ?? name);
  return {
    kind,
    ...getReferenceRanges(name, text),
    resourceRange: { start: block.start, end: block.end },
    resolve: memoizeResolve((deploymentScope) => {
      const results = new VariableAssignments(files, deploymentScope).find(folder).map((inputs) => {
        const budget = { left: maxSteps, depth: 0 };
        return toResolvedNames(
          new Module(files, folder, inputs, deploymentScope, budget).evaluateInBlock(block, deployedName()),
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
class VariableAssignments {
  readonly #files: Files;
  readonly #deploymentScope: DeploymentScope;
  readonly #found = new Map<string, readonly Inputs[]>();

  constructor(files: Files, deploymentScope: DeploymentScope) {
    this.#files = files;
    this.#deploymentScope = deploymentScope;
  }

  find(folder: string, depth = 0): readonly Inputs[] {
    const key = `${depth} ${folder}`;
    const found = this.#found.get(key) ?? this.#findNew(folder, depth);
    this.#found.set(key, found);
    return found;
  }

  #findNew(folder: string, depth: number): readonly Inputs[] {
    const calls = depth === maxCallDepth ? [] : this.#files.findCalls(folder);
    if (calls.length === 0) return this.#files.getVariableAssignments(folder).slice(0, maxAssignments);
    const found: Inputs[] = [];
    for (const { caller, call } of calls) {
      for (const inputs of this.find(caller, depth + 1)) {
        if (found.length >= maxAssignments) return found.slice(0, maxAssignments);
        const budget = { left: maxSteps, depth: 0 };
        found.push(...new Module(this.#files, caller, inputs, this.#deploymentScope, budget).evaluateInputs(call));
      }
    }
    return found.slice(0, maxAssignments);
  }
}
