import { findInBody, type TemplateContents } from '../cloudformation/find.ts';
import type { Expression } from '../expressions/expression.ts';
import { getReferenceRanges } from '../expressions/ranges.ts';
import { once } from '../memoize.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { PackReference, ResolvedName, TemplateDocument } from '../model.ts';
import { getSyntaxDocument } from '../syntax/reparse.ts';
import type { Work } from '../timeSlicing.ts';
import { toResolvedNames } from '../values.ts';
import type { Attribute, Block, Configuration } from './blocks.ts';
import { readTemplateBody } from './body.ts';
import { readConfiguration } from './config.ts';
import { type Files, readFiles } from './files.ts';
import { PassedNames } from './passedNames.ts';
import { getFolder } from './paths.ts';
import { findPlacements } from './placements.ts';
import { getPackType, isStack } from './resourceTypes.ts';
import { VariableAssignments } from './variableAssignments.ts';

/** Finds the pack names of a Terraform file: in its resources and in the arguments of its modules. */
export function* findInTerraform(document: TemplateDocument): Work<TemplateContents> {
  const files = yield* readFiles(document);
  const folder = getFolder(document.path);
  const configuration = yield* readConfiguration(document.path, document.text);
  const passedNames = new PassedNames(files);
  const contents: TemplateContents[] = [];
  const blocks = configuration.blocks.filter(canContainNames);
  for (const block of blocks.length > 0 ? files.getLocals() : []) {
    // Locals are searched in all blocks. Read them here in short steps.
    block.attributes.has('');
    yield;
  }
  for (const block of blocks) {
    const merged = files.applyOverrides(document.path, block);
    if (block.type === 'module') contents.push(findInModuleCall(files, passedNames, folder, block, merged));
    else contents.push(yield* findInResource(files, folder, block, merged, document, configuration));
    yield;
  }
  getSyntaxDocument(document.path).dropUnusedChildren();
  return {
    packs: contents.flatMap(({ packs }) => packs),
    packTemplates: contents.flatMap(({ packTemplates }) => packTemplates),
  };
}

const canContainNames = (block: Block): boolean =>
  block.type === 'module' || getPackType(block) !== undefined || isStack(block);

const noContents: TemplateContents = { packs: [], packTemplates: [] };

function* findInResource(
  files: Files,
  folder: string,
  block: Block,
  merged: Block,
  document: TemplateDocument,
  configuration: Configuration,
): Work<TemplateContents> {
  const packType = getPackType(block);
  const attribute = block.attributes.get('template_body');
  const body = attribute && readTemplateBody(attribute, document, configuration);
  const bodyDocument = getSyntaxDocument(document.path).getChild(block.labels.join('.'));
  if (packType === undefined) return body === undefined ? noContents : yield* findInBody(body, undefined, bodyDocument);
  const { kind, nameAttribute } = packType;
  const name = block.attributes.get(nameAttribute);
  if (name === undefined || isTypeDocumentation(name.getExpression())) return noContents;
  const pack = createReference(kind, files, folder, merged, nameAttribute, name, document.text);
  const bodyContents = body === undefined ? noContents : yield* findInBody(body, pack, bodyDocument);
  return { packs: [pack, ...bodyContents.packs], packTemplates: bodyContents.packTemplates };
}

const types = new Set(['string', 'number', 'bool', 'list', 'map', 'set', 'object', 'any']);

/** `name = string (Required)` is documentation of a resource, not configuration. */
function isTypeDocumentation(expression: Expression): boolean {
  const callee = expression.kind === 'call' ? expression.callee : expression;
  return callee.kind === 'name' && types.has(callee.name);
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
    const name = call.attributes.get(variable);
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
  name: Attribute,
  text?: string,
): PackReference {
  // An override file may contain the name that is deployed.
  const deployedName = once(() => (block.attributes.get(attribute) ?? name).getExpression());
  return {
    kind,
    ...getReferenceRanges(name.getExpression(), text, name.base),
    resourceRange: { start: block.start, end: block.end },
    getPlacements: once(() => findPlacements(files, folder, block, text)),
    resolve: memoizeResolve((deploymentScope) => {
      const modules = new VariableAssignments(files, deploymentScope).findModules(folder);
      const results = modules.map((module) =>
        toResolvedNames(module.evaluateInBlock(block, deployedName()), module.budget),
      );
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
