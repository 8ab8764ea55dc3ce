import { memoize } from '../memoize.ts';
import { parser } from '../syntax/hclParser.ts';
import { findStatements } from '../syntax/hclStatements.ts';
import { getSyntaxDocument, type SyntaxDocument } from '../syntax/reparse.ts';
import type { Work } from '../timeSlicing.ts';
import { type Attribute, Block, type Configuration, type Contents } from './blocks.ts';
import { readJson } from './jsonConfig.ts';
import { isTerragrunt } from './paths.ts';
import { toModuleCall } from './terragrunt.ts';

interface CachedFile {
  readonly text: string;
  readonly configuration: Configuration;
}

/** Parsed files by path. While the user types, the other files of the folder stay the same. */
const cache = new Map<string, CachedFile>();
const maxCachedFiles = 400;

/** Parses a Terraform file, tolerating errors. */
export function* readConfiguration(path: string, text: string): Work<Configuration> {
  const cached = cache.get(path);
  if (cached?.text === text) return cached.configuration;
  const document = getSyntaxDocument(path);
  const contents = yield* path.endsWith('.json') ? readJson(text, document) : readHcl(text, document);
  const configuration = createConfiguration(isTerragrunt(path) ? toModuleCall(contents) : contents);
  if (cache.size >= maxCachedFiles) cache.delete(cache.keys().next().value ?? '');
  cache.set(path, { text, configuration });
  return configuration;
}

const createConfiguration = ({ blocks, attributes }: Contents): Configuration => ({
  blocks,
  getBlocks: memoize((type) => blocks.filter((block) => block.type === type)),
  attributes,
});

/** Statements to read between two yields. */
const statementsPerStep = 50;

function* readHcl(text: string, document: SyntaxDocument): Work<Contents> {
  const parsed = yield* document.parse(parser, text);
  const blocks: Block[] = [];
  const attributes = new Map<string, Attribute>();
  let count = 0;
  for (const { start, statement } of findStatements(parsed)) {
    if (++count % statementsPerStep === 0) yield;
    const read = () => statement.locateAttributes(parsed, start);
    const { name, labels, length } = statement;
    if (labels !== undefined) blocks.push(new Block(name, labels, { start, end: start + length }, read));
    else for (const [key, attribute] of read()) attributes.set(key, attribute);
  }
  return { blocks, attributes };
}
