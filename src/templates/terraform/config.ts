import type { SlicedWork } from '../../timeSlicing.ts';
import { once } from '../memoize.ts';
import { parser } from '../syntax/hclParser.ts';
import {
  type Attribute,
  attributeGroup,
  findStatementGroups,
  locateStatements,
  type StatementGroup,
} from '../syntax/hclStatements.ts';
import { maskLongLines } from '../syntax/longLines.ts';
import { getSyntaxDocument, type SyntaxDocument } from '../syntax/reparse.ts';
import type { ParsedText } from '../syntax/tree.ts';
import { Block, Configuration, type Contents } from './blocks.ts';
import { readJson } from './jsonConfig.ts';
import { isTerragrunt } from './paths.ts';
import { toModuleCall } from './terragrunt.ts';

interface CachedFile {
  readonly text: string;
  readonly configuration: Configuration;
}

/** Parsed files. While the user types, the other files of the folder stay the same. */
const cache = new WeakMap<SyntaxDocument, CachedFile>();

/** Parses a Terraform file, tolerating errors. */
export function* readConfiguration(path: string, text: string): SlicedWork<Configuration> {
  const document = getSyntaxDocument(path);
  const cached = cache.get(document);
  if (cached?.text === text) return cached.configuration;
  const contents = yield* path.endsWith('.json') ? readJson(text, document) : readHcl(text, document);
  const configuration = new Configuration(isTerragrunt(path) ? toModuleCall(contents) : contents);
  cache.set(document, { text, configuration });
  return configuration;
}

/** Groups of statements to read between two yields. */
const groupsPerStep = 10;

function* readHcl(text: string, document: SyntaxDocument): SlicedWork<Contents> {
  const parsed = yield* document.parse(parser, maskLongLines(text));
  const found: StatementGroup[] = [];
  for (const group of findStatementGroups(parsed)) {
    found.push(group);
    if (found.length % groupsPerStep === 0) yield;
  }
  const groups = Map.groupBy(found, ({ name }) => name);
  const attributes = new Map<string, Attribute>();
  for (const { start, statement } of locateStatements(groups.get(attributeGroup) ?? [])) {
    for (const [key, attribute] of statement.locateAttributes(parsed, start)) attributes.set(key, attribute);
    yield;
  }
  groups.delete(attributeGroup);
  return {
    groups: new Map([...groups].map(([name, parts]) => [name, once(() => createBlocks(parsed, parts))])),
    attributes,
  };
}

const createBlocks = (parsed: ParsedText, groups: readonly StatementGroup[]): readonly Block[] =>
  locateStatements(groups).map(({ start, statement }) => {
    const { name, labels = [], length } = statement;
    return new Block(name, labels, { start, end: start + length }, () => statement.locateAttributes(parsed, start));
  });
