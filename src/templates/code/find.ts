import { findInBody, type TemplateContents } from '../cloudformation/find.ts';
import { createEmbeddedText } from '../cloudformation/tree.ts';
import { type Argument, type Expression, getEntry } from '../expressions/expression.ts';
import { getReferenceRanges } from '../expressions/ranges.ts';
import { memoizeResolve } from '../memoizeResolve.ts';
import type { PackReference, Range, TemplateDocument } from '../model.ts';
import type { Work } from '../timeSlicing.ts';
import { javascript, javascriptGrammar } from './javascript.ts';
import { Program, type ProgramLanguage } from './program.ts';
import { python, pythonGrammar } from './python.ts';
import { readSource, type Source } from './source.ts';

/** A CDK or Pulumi class that represents a pack. */
interface PackClass {
  readonly kind: PackReference['kind'];
  readonly nameProperty: { readonly javascript: string; readonly python: string };
  readonly bodyProperty: { readonly javascript: string; readonly python: string };
  readonly library: 'cdk' | 'pulumi';
}

const body = { javascript: 'templateBody', python: 'template_body' };
const pulumiName = { javascript: 'name', python: 'name' };

const packClasses: ReadonlyMap<string, PackClass> = new Map([
  [
    'CfnConformancePack',
    {
      kind: 'pack',
      nameProperty: { javascript: 'conformancePackName', python: 'conformance_pack_name' },
      bodyProperty: body,
      library: 'cdk',
    },
  ],
  [
    'CfnOrganizationConformancePack',
    {
      kind: 'organization',
      nameProperty: { javascript: 'organizationConformancePackName', python: 'organization_conformance_pack_name' },
      bodyProperty: body,
      library: 'cdk',
    },
  ],
  ['ConformancePack', { kind: 'pack', nameProperty: pulumiName, bodyProperty: body, library: 'pulumi' }],
  [
    'OrganizationConformancePack',
    { kind: 'organization', nameProperty: pulumiName, bodyProperty: body, library: 'pulumi' },
  ],
]);

/** Finds the pack names of a CDK or Pulumi program. */
export function* findInJavaScript({ text }: TemplateDocument): Work<TemplateContents> {
  return yield* findInProgram(yield* readSource(text, javascript, javascriptGrammar), 'javascript');
}

/** Finds the pack names of a CDK or Pulumi program. */
export function* findInPython({ text }: TemplateDocument): Work<TemplateContents> {
  return yield* findInProgram(yield* readSource(text, python, pythonGrammar), 'python');
}

/** Uses of a class to evaluate. An account has at most 50 packs. */
const maxUses = 200;

function* findInProgram(source: Source, language: ProgramLanguage): Work<TemplateContents> {
  const program = new Program(source, language);
  yield;
  const contents: TemplateContents[] = [];
  for (const [name, packClass] of findClassNames(source)) {
    for (const at of source.findOccurrences(name).slice(0, maxUses)) {
      const construction = readConstruction(source, at, packClass, language);
      if (construction !== undefined)
        contents.push(yield* findInProperties(construction, program, packClass, language));
      yield;
    }
    for (const at of source.findOccurrences(`${name}Props`).slice(0, maxUses)) {
      const construction = readTypedProperties(source, at, packClass);
      if (construction !== undefined)
        contents.push(yield* findInProperties(construction, program, packClass, language));
      yield;
    }
  }
  return {
    packs: contents.flatMap(({ packs }) => packs).toSorted((a, b) => a.range.start - b.range.start),
    packTemplates: contents.flatMap(({ packTemplates }) => packTemplates),
  };
}

/** Aliases per class. */
const maxAliases = 10;

/** The classes by name and alias: `import { CfnConformancePack as Pack }`. */
function findClassNames(source: Source): readonly (readonly [string, PackClass])[] {
  return [...packClasses].flatMap(([name, packClass]) => {
    const aliases = source
      .findOccurrences(name)
      .filter((at) => source.word(at + 1) === 'as')
      .map((at) => source.word(at + 2));
    return [...new Set([name, ...aliases])].slice(0, maxAliases).map((alias) => [alias, packClass] as const);
  });
}

/** The arguments and the range of an object's construction. */
interface Construction {
  readonly properties: readonly Argument[];
  readonly range: Range;
}

/** The arguments of `new config.CfnConformancePack(…)`, without `new` in Python. */
function readConstruction(
  source: Source,
  at: number,
  { library }: PackClass,
  language: ProgramLanguage,
): Construction | undefined {
  if (source.word(at + 1) !== '(') return undefined;
  let first = at;
  while (source.word(first - 1) === '.') first -= 2;
  const before = source.word(first - 1);
  if (language === 'javascript' ? before !== 'new' : before === 'class' || before === 'def') return undefined;
  if (library === 'pulumi' && !isPulumi(source, at, first)) return undefined;
  const list = source.argumentsAt(at + 1);
  const properties = language === 'python' ? list : list.slice(library === 'cdk' ? 2 : 1).slice(0, 1);
  return { properties, range: source.span(first, source.partner(at + 1)) };
}

/** Whether a class is `aws.cfg.ConformancePack` or imported from there. */
function isPulumi(source: Source, at: number, first: number): boolean {
  if (first < at) return source.word(at - 2) === 'cfg';
  return /@pulumi\/aws\/cfg|pulumi_aws\.cfg/.test(source.text);
}

/** Properties identified by their type: `const props: CfnConformancePackProps = { … }`. */
function readTypedProperties(source: Source, at: number, { library }: PackClass): Construction | undefined {
  if (library !== 'cdk' || source.word(at + 1) !== '=') return undefined;
  const value = source.expressionAt(at + 2);
  return { properties: [{ name: undefined, value }], range: value };
}

function* findInProperties(
  { properties, range }: Construction,
  program: Program,
  packClass: PackClass,
  language: ProgramLanguage,
): Work<TemplateContents> {
  const name = findProperty(properties, packClass.nameProperty[language], program, language);
  if (name === undefined) return { packs: [], packTemplates: [] };
  const pack: PackReference = {
    kind: packClass.kind,
    ...getReferenceRanges(name),
    resourceRange: { start: range.start, end: range.end },
    resolve: memoizeResolve((deploymentScope) => program.resolveNames(name, deploymentScope)),
  };
  const template = findProperty(properties, packClass.bodyProperty[language], program, language);
  const inner = template === undefined ? undefined : program.findTextRange(template);
  if (inner === undefined) return { packs: [pack], packTemplates: [] };
  const text = program.source.text.slice(inner.start, inner.end);
  const { packTemplates } = yield* findInBody(createEmbeddedText(text, inner.start), pack);
  return { packs: [pack], packTemplates };
}

/** A property's value: from a named argument, from an object, or from an object spread into one of them. */
function findProperty(
  properties: readonly Argument[],
  key: string,
  program: Program,
  language: ProgramLanguage,
): Expression | undefined {
  const named = properties.find(({ name }) => name === key);
  if (named !== undefined) return named.value;
  const containers = properties.filter(
    ({ name, value }) => language === 'javascript' || name === 'args' || isContainer(value),
  );
  for (const { value } of containers) {
    const contents = findInContainer(value.kind === 'spread' ? value.of : value, key, program, 0);
    if (contents !== undefined) return contents;
  }
  return undefined;
}

const isContainer = ({ kind }: Expression): boolean => kind === 'spread' || kind === 'call' || kind === 'object';

/** Depth of spread objects. */
const maxSpreadDepth = 4;

function findInContainer(container: Expression, key: string, program: Program, depth: number): Expression | undefined {
  if (depth === maxSpreadDepth) return undefined;
  if (container.kind === 'call') return findKeywordArgument(container.arguments, key);
  if (container.kind !== 'object') {
    const declared = program.findDeclaration(container);
    return declared === undefined ? undefined : findInContainer(declared, key, program, depth + 1);
  }
  const ownValue = getEntry(container, key);
  if (ownValue !== undefined) return ownValue;
  for (const { key: spread, value } of container.entries.toReversed()) {
    const contents = spread === undefined ? findInContainer(value, key, program, depth + 1) : undefined;
    if (contents !== undefined) return contents;
  }
  return undefined;
}

/** `dict(name=…)`, `ConformancePackArgs(name=…)`. */
const findKeywordArgument = (list: readonly Argument[], key: string): Expression | undefined =>
  list.find(({ name }) => name === key)?.value;
