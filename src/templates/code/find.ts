import type { SyntaxNode } from '@lezer/common';
import { findInBody, type TemplateContents } from '../cloudformation/find.ts';
import { createEmbeddedText } from '../cloudformation/tree.ts';
import type { Argument } from '../expressions/expression.ts';
import { getReferenceRanges } from '../expressions/ranges.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { PackReference, Range, TemplateDocument } from '../model.ts';
import { indexDefinitions } from '../syntax/definitions.ts';
import { getSyntaxDocument } from '../syntax/reparse.ts';
import type { Work } from '../timeSlicing.ts';
import type { ProgramSyntax } from './declarations.ts';
import { type PackClass, packClasses } from './packClasses.ts';
import { Program, type ProgramCall } from './program.ts';
import { findProperty } from './properties.ts';
import { findOccurrences, findWord } from './words.ts';

/** What every class of packs has in its name. */
const mention = 'ConformancePack';

/** Mentions to look at. An account has at most 50 packs. */
const maxMentions = 1_000;

/** Aliases of the classes. */
const maxAliases = 10;

/** Finds the pack names of a program. */
export function* findInProgram({ path, text }: TemplateDocument, syntax: ProgramSyntax): Work<TemplateContents> {
  const document = getSyntaxDocument(path);
  const parsed = yield* document.parse(syntax.getParser(path), text);
  yield;
  const program = new Program(parsed, yield* indexDefinitions(parsed, syntax), syntax);
  yield;
  const contents: TemplateContents[] = [];
  for (const [at, packClass] of findUses(program)) {
    const construction = readConstruction(program, at, packClass);
    if (construction !== undefined) contents.push(yield* findInProperties(construction, program, packClass));
    yield;
  }
  return {
    packs: contents.flatMap(({ packs }) => packs).toSorted((a, b) => a.range.start - b.range.start),
    packTemplates: contents.flatMap(({ packTemplates }) => packTemplates),
  };
}

/** The places that name a class or its alias: `import { CfnConformancePack as Pack }`. */
function* findUses(program: Program): Iterable<readonly [number, PackClass]> {
  const { text } = program;
  const aliases = new Map<string, PackClass>();
  let count = 0;
  let end = 0;
  for (let at = text.indexOf(mention); at >= 0 && count < maxMentions; at = text.indexOf(mention, end)) {
    count++;
    const word = findWord(text, at);
    end = Math.max(word.end, at + mention.length);
    const packClass = packClasses.get(text.slice(word.start, word.end).replace(/Props$/, ''));
    if (packClass === undefined) continue;
    const alias = findAlias(program, word.start);
    if (alias === undefined) yield [word.start, packClass];
    else if (aliases.size < maxAliases) aliases.set(alias, packClass);
  }
  for (const [alias, packClass] of aliases) {
    for (const at of findOccurrences(text, alias, maxMentions) ?? []) yield [at, packClass];
  }
}

/** The name that an import gives to a class. */
function findAlias(program: Program, at: number): string | undefined {
  const keyword = program.bindings.nodeAt(at).nextSibling;
  const alias = keyword?.name === 'as' || keyword?.name === ':' ? keyword.nextSibling : null;
  const isName = alias?.name === 'VariableDefinition' || alias?.name === 'VariableName';
  return isName ? program.text.slice(alias.from, alias.to) : undefined;
}

/** The arguments and the range of an object's construction. */
interface Construction {
  readonly properties: readonly Argument[];
  readonly range: Range;
}

/** The arguments of `new config.CfnConformancePack(…)`, without `new` in Python. */
function readConstruction(program: Program, at: number, packClass: PackClass): Construction | undefined {
  const node = program.bindings.nodeAt(at);
  if (node.name === 'TypeName') return readTypedProperties(program, node, packClass);
  const call = program.findCall(at);
  if (call === undefined || call.isNew !== (program.language === 'javascript')) return undefined;
  if (packClass.library === 'pulumi' && !isPulumi(program, call)) return undefined;
  const index = packClass.library === 'cdk' ? 2 : 1;
  const properties = program.language === 'python' ? call.arguments : call.arguments.slice(index, index + 1);
  return { properties, range: call.range };
}

/** Whether a class is `aws.cfg.ConformancePack` or imported from there. */
function isPulumi({ text }: Program, { path }: ProgramCall): boolean {
  if (path.length > 1) return path.at(-2) === 'cfg';
  return /@pulumi\/aws\/cfg|pulumi_aws\.cfg/.test(text);
}

/** Properties identified by their type: `const props: CfnConformancePackProps = { … }`. */
function readTypedProperties(program: Program, type: SyntaxNode, { library }: PackClass): Construction | undefined {
  const annotation = type.parent?.name === 'IndexedType' ? type.parent.parent : type.parent;
  const equals = annotation?.name === 'TypeAnnotation' ? annotation.nextSibling : null;
  const value = equals?.name === 'Equals' ? equals.nextSibling : null;
  if (library !== 'cdk' || !value) return undefined;
  const expression = program.toExpression(value);
  return { properties: [{ name: undefined, value: expression }], range: expression };
}

function* findInProperties(
  { properties, range }: Construction,
  program: Program,
  packClass: PackClass,
): Work<TemplateContents> {
  const name = findProperty(properties, packClass.nameProperty[program.language], program);
  if (name === undefined) return { packs: [], packTemplates: [] };
  const pack: PackReference = {
    kind: packClass.kind,
    ...getReferenceRanges(name),
    resourceRange: { start: range.start, end: range.end },
    resolve: memoizeResolve((deploymentScope) => program.resolveNames(name, deploymentScope)),
  };
  const template = findProperty(properties, packClass.bodyProperty[program.language], program);
  const inner = template === undefined ? undefined : program.findTextRange(template);
  if (inner === undefined) return { packs: [pack], packTemplates: [] };
  const text = program.text.slice(inner.start, inner.end);
  const { packTemplates } = yield* findInBody(createEmbeddedText(text, inner.start), pack);
  return { packs: [pack], packTemplates };
}
