import type { SlicedWork } from '../../timeSlicing.ts';
import { findInBody, mergeContents, type TemplateContents } from '../cloudformation/find.ts';
import { readBody } from '../expressions/body.ts';
import { getReferenceRanges } from '../expressions/ranges.ts';
import { memoize, once } from '../memoize.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { PackReference, TemplateDocument } from '../model.ts';
import { indexDefinitions } from '../syntax/definitions.ts';
import { maskLongLines } from '../syntax/longLines.ts';
import { getSyntaxDocument, type SyntaxDocument } from '../syntax/reparse.ts';
import { packTypes as terraformTypes } from '../terraform/resourceTypes.ts';
import type { ProgramSyntax } from './declarations.ts';
import { resolveNames } from './evaluation.ts';
import { indexImports } from './importers.ts';
import { getImportPaths } from './importPaths.ts';
import { type PackClass, packClasses } from './packClasses.ts';
import {
  apiCall,
  type PackSite,
  readApiCall,
  readApiParameter,
  readClassUse,
  readRawResource,
  readTerraformJson,
} from './packSites.ts';
import { addBranch } from './placements.ts';
import { dataName, Program, type RelatedPrograms } from './program.ts';
import { findOccurrences, findWord } from './words.ts';

/** Matches what every class, resource type and parameter of packs has in its name. */
const packMention = /ConformancePack|conformance_pack/g;

const typePrefix = 'AWS::Config::';

/** Mentions to look at. An account has at most 50 packs. */
const maxMentions = 1_000;

/** Aliases of the classes. */
const maxAliases = 10;

/** Finds the pack names of a program. */
export function* findInProgram(
  { path, text, files }: TemplateDocument,
  syntax: ProgramSyntax,
): SlicedWork<TemplateContents> {
  const document = getSyntaxDocument(path);
  const program = yield* readPrograms(path, text, files ?? new Map(), syntax);
  const contents: TemplateContents[] = [];
  for (const sites of findSites(program)) {
    for (const site of sites) contents.push(yield* readSite(site, program, document.getChild(String(contents.length))));
    yield;
  }
  document.dropUnusedChildren();
  const { packs, packTemplates } = mergeContents(contents);
  return { packs: packs.toSorted((a, b) => a.range.start - b.range.start), packTemplates };
}

/** Reads a program and those that it imports or that import it. */
function* readPrograms(
  path: string,
  text: string,
  files: ReadonlyMap<string, string>,
  syntax: ProgramSyntax,
): SlicedWork<Program> {
  const programs = new Map<string, Program>();
  function* read(each: string, content: string): SlicedWork<Program> {
    const program = yield* readProgram(each, content, syntax, {
      isData: each.endsWith('.json'),
      find: memoize((source) =>
        getImportPaths(each, source)
          .flatMap((imported) => programs.get(imported) ?? [])
          .at(0),
      ),
      getAll: () => programs.values(),
    });
    programs.set(each, program);
    return program;
  }
  for (const [each, content] of files) {
    const isData = each.endsWith('.json');
    if (each === path || !(isData || syntax.path.test(each))) continue;
    yield* read(each, isData ? toModule(content, syntax) : content);
  }
  const program = yield* read(path, text);
  yield* indexImports(programs.values());
  return program;
}

/** A file in JSON as a program: one value, which is the default export. */
const toModule = (json: string, { language }: ProgramSyntax): string =>
  language === 'python' ? `${dataName} = ${json}\n` : `const ${dataName} = ${json};\nexport default ${dataName};\n`;

function* readProgram(
  path: string,
  text: string,
  syntax: ProgramSyntax,
  related: RelatedPrograms,
): SlicedWork<Program> {
  const masked = syntax.maskText(maskLongLines(text));
  const parsed = yield* getSyntaxDocument(path).parse(syntax.getParser(path), masked);
  yield;
  const program = new Program(parsed, yield* indexDefinitions(parsed, syntax), syntax, related);
  yield;
  return program;
}

/** What is found at each mention of packs, and at each alias of a class: `import { CfnConformancePack as Pack }`. */
function* findSites(program: Program): Iterable<readonly PackSite[]> {
  const { text } = program;
  const aliases = new Map<string, readonly PackClass[]>();
  let count = 0;
  let end = 0;
  for (const { index: at } of text.matchAll(packMention)) {
    if (at < end) continue;
    if (++count > maxMentions) break;
    const word = findWord(text, at);
    end = word.end;
    const name = text.slice(word.start, word.end);
    const classes = packClasses.get(name.replace(/(?:Props|Config)$/, ''));
    const alias = classes && findAlias(program, word.start);
    if (alias === undefined) yield readMention(program, word.start, name, classes);
    else if (classes && aliases.size < maxAliases) aliases.set(alias, classes);
  }
  for (const [alias, classes] of aliases) {
    for (const at of findOccurrences(text, alias, maxMentions) ?? []) yield toList(readClassUse(program, at, classes));
  }
}

function readMention(
  program: Program,
  at: number,
  name: string,
  classes: readonly PackClass[] | undefined,
): readonly PackSite[] {
  if (/^(?:Organization)?ConformancePackNames?$/.test(name)) return readApiParameter(program, at, name);
  if (terraformTypes.has(name)) return readTerraformJson(program, at, name);
  if (apiCall.test(name)) return readApiCall(program, at);
  if (classes === undefined) return [];
  const isResourceType = program.text.startsWith(typePrefix, at - typePrefix.length);
  return toList(isResourceType ? readRawResource(program, at) : readClassUse(program, at, classes));
}

const toList = (site: PackSite | undefined): readonly PackSite[] => (site === undefined ? [] : [site]);

/** The name that an import gives to a class. */
function findAlias(program: Program, at: number): string | undefined {
  const keyword = program.bindings.nodeAt(at).nextSibling;
  const alias = keyword?.name === 'as' || keyword?.name === ':' ? keyword.nextSibling : null;
  const isName = alias?.name === 'VariableDefinition' || alias?.name === 'VariableName';
  return isName ? program.text.slice(alias.from, alias.to) : undefined;
}

function* readSite(
  { kind, name, body, range, getPlacements }: PackSite,
  program: Program,
  document: SyntaxDocument,
): SlicedWork<TemplateContents> {
  const pack: PackReference = {
    kind,
    ...getReferenceRanges(name),
    resourceRange: { start: range.start, end: range.end },
    getPlacements: once(() => addBranch(getPlacements(), program, range.start)),
    resolve: memoizeResolve((deploymentScope) => resolveNames(program, name, deploymentScope)),
  };
  const text = body && readBody(body, program);
  if (text === undefined) return { packs: [pack], packTemplates: [] };
  const { packTemplates } = yield* findInBody(text, pack, document);
  return { packs: [pack], packTemplates };
}
