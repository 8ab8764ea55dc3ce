import type { SlicedWork } from '../../timeSlicing.ts';
import { getReferenceRanges } from '../expressions/ranges.ts';
import type { PackReference, TemplateDocument } from '../model.ts';
import type { Attribute } from '../syntax/hclStatements.ts';
import type { Block, Configuration } from './blocks.ts';
import type { Files } from './files.ts';
import { type LocatedExpression, NameSources } from './nameSources.ts';
import { maxCallDepth } from './paths.ts';
import { createReference } from './references.ts';
import { getPackType, type PackType } from './resourceTypes.ts';

/** The name of a pack in a folder that the document may belong to. */
interface PackName {
  readonly folder: string;
  readonly block: Block;
  readonly packType: PackType;
  readonly name: Attribute;
}

/**
 * Finds the texts of a document that become a pack's name without changes: defaults and assignments of variables, items
 * of a collection that packs are created for, and arguments of modules.
 */
export function* findWrittenNames(
  files: Files,
  document: TemplateDocument,
  configuration: Configuration,
): SlicedWork<readonly PackReference[]> {
  const packs = new Map<number, PackReference>();
  const sources = new NameSources(files);
  const visited = new Set<string>();
  const folders = files.findConfigurationFolders(document.path);
  for (const packName of folders.flatMap((folder) => [...findPackNames(files, folder, visited)])) {
    const { folder, block, packType, name } = packName;
    const expression = name.getExpression();
    yield;
    if (expression.kind === 'literal') continue;
    const found = sources
      .find({ expression, base: name.base, owner: block, folder, loopVariables: new Map() })
      .filter((source) => configuration.contains(source.owner) && !isWithin(source, packName));
    if (found.length === 0) continue;
    const pack = createReference(packType.kind, files, folder, block, packType.nameAttribute, name);
    const names = new Set(pack.resolve().flatMap(({ kind, text }) => (kind === 'exact' ? [text] : [])));
    for (const located of found) {
      const written = createWrittenName(located, pack, document.text);
      if (written !== undefined && names.has(written.text)) packs.set(written.reference.range.start, written.reference);
    }
  }
  return [...packs.values()];
}

function* findPackNames(files: Files, folder: string, visited: Set<string>, depth = 0): Iterable<PackName> {
  if (visited.has(folder) || depth > maxCallDepth) return;
  visited.add(folder);
  const blocks = files.getFolderBlocks(folder);
  for (const block of blocks.getPacks()) {
    const packType = getPackType(block);
    const name = packType && block.attributes.get(packType.nameAttribute);
    if (packType !== undefined && name !== undefined) yield { folder, block, packType, name };
  }
  for (const call of blocks.getBlocks('module')) {
    const called = files.findCalledFolder(folder, call);
    if (called !== undefined) yield* findPackNames(files, called, visited, depth + 1);
  }
}

/** Whether a text is in the expression of the name itself, as in the branches of a condition. */
const isWithin = ({ owner, base, expression }: LocatedExpression, { block, name }: PackName): boolean =>
  owner === block &&
  base === name.base &&
  expression.start >= name.getExpression().start &&
  expression.end <= name.getExpression().end;

function createWrittenName(
  { expression, base }: LocatedExpression,
  pack: PackReference,
  text: string,
): { text: string; reference: PackReference } | undefined {
  if (expression.kind !== 'literal' || typeof expression.value !== 'string') return undefined;
  const ranges = getReferenceRanges(expression, text, base);
  const name = expression.value.trim();
  // A text with escapes, or in an expression within a JSON string, is not where the name is.
  if (text.slice(ranges.range.start, ranges.range.end) !== name) return undefined;
  const reference: PackReference = {
    kind: pack.kind,
    isSource: true,
    ...ranges,
    resourceRange: ranges.valueRange,
    resolve: () => [{ kind: 'exact', text: name }],
    ...(pack.getPlacements && { getPlacements: pack.getPlacements }),
  };
  return { text: name, reference };
}
