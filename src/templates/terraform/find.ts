import type { SlicedWork } from '../../timeSlicing.ts';
import { findInBody, mergeContents, type TemplateContents } from '../cloudformation/find.ts';
import type { Expression } from '../expressions/expression.ts';
import type { TemplateDocument } from '../model.ts';
import { getFolder } from '../paths.ts';
import { getSyntaxDocument } from '../syntax/reparse.ts';
import type { Block, Configuration } from './blocks.ts';
import { readTemplateBody } from './body.ts';
import { type Files, readFiles } from './files.ts';
import { PassedNames } from './passedNames.ts';
import { createReference } from './references.ts';
import { findPacks, findStacks, getPackType } from './resourceTypes.ts';
import { findWrittenNames } from './writtenNames.ts';

/** Finds the pack names of a Terraform file: in its resources and in the arguments of its modules. */
export function* findInTerraform(document: TemplateDocument): SlicedWork<TemplateContents> {
  const { configuration, files } = yield* readFiles(document);
  const folder = getFolder(document.path);
  const passedNames = new PassedNames(files);
  const contents: TemplateContents[] = [];
  const blocks = [
    ...configuration.getBlocks('module'),
    ...findPacks(configuration),
    ...findStacks(configuration),
  ].toSorted((a, b) => a.start - b.start);
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
  const { packs, packTemplates } = mergeContents(contents);
  const known = new Set(packs.map(({ range }) => range.start));
  const written = (yield* findWrittenNames(files, document, configuration)).filter(
    ({ range }) => !known.has(range.start),
  );
  return { packs: [...packs, ...written], packTemplates };
}

const noContents: TemplateContents = { packs: [], packTemplates: [] };

function* findInResource(
  files: Files,
  folder: string,
  block: Block,
  merged: Block,
  document: TemplateDocument,
  configuration: Configuration,
): SlicedWork<TemplateContents> {
  const packType = getPackType(block);
  const attribute = block.attributes.get('template_body');
  const body = attribute && readTemplateBody(attribute, document, configuration);
  const getBodyDocument = () => getSyntaxDocument(document.path).getChild(block.labels.join('.'));
  if (packType === undefined) {
    return body === undefined ? noContents : yield* findInBody(body, undefined, getBodyDocument());
  }
  const { kind, nameAttribute } = packType;
  const name = block.attributes.get(nameAttribute);
  if (name === undefined || isTypeDocumentation(name.getExpression())) return noContents;
  const pack = createReference(kind, files, folder, merged, nameAttribute, name, document.text);
  const bodyContents = body === undefined ? noContents : yield* findInBody(body, pack, getBodyDocument());
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
