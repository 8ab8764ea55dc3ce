import { decodeEscapes, parseJson } from '../cloudformation/json.ts';
import type { TreeEntry, TreeNode } from '../cloudformation/tree.ts';
import type { Entry, Expression } from '../expressions/expression.ts';
import { Parser } from '../expressions/parser.ts';
import { Lexer, type Token } from '../expressions/tokens.ts';
import { memoize, once } from '../memoize.ts';
import type { Range } from '../model.ts';
import type { Work } from '../timeSlicing.ts';
import { hcl, hclGrammar, parseTemplateParts } from './hcl.ts';
import { splitStatements } from './topLevelBlocks.ts';

/** A block of a configuration: `resource "type" "name" { … }`. */
export interface Block extends Range {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An attribute. Its expression is parsed on first access. */
export interface Attribute {
  readonly getExpression: () => Expression;
}

/** A file's blocks and its top-level attributes, as in `.tfvars`. */
export interface Configuration {
  readonly blocks: readonly Block[];
  /** The blocks of a type. */
  readonly getBlocks: (type: string) => readonly Block[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** Parsed files by path. While the user types, the other files of the folder stay the same. */
const read = new Map<string, { readonly text: string; readonly createConfiguration: Configuration }>();
const maxCachedFiles = 400;

/** Parses a Terraform file, tolerating errors. */
export function* readConfiguration(path: string, text: string): Work<Configuration> {
  const cached = read.get(path);
  if (cached?.text === text) return cached.createConfiguration;
  const parsed = yield* path.endsWith('.json') ? readJson(text) : readHcl(text);
  if (read.size >= maxCachedFiles) read.delete(read.keys().next().value ?? '');
  read.set(path, { text, createConfiguration: parsed });
  return parsed;
}

const createConfiguration = (blocks: readonly Block[], attributes: ReadonlyMap<string, Attribute>): Configuration => ({
  blocks,
  getBlocks: memoize((type) => blocks.filter((block) => block.type === type)),
  attributes,
});

/** The opening of a block up to its brace. */
const opening = /[A-Za-z_][\w-]*(?:[ \t]+(?:"[^"\r\n]*"|[\w-]+))*[ \t]*\{/y;
const attribute = /([A-Za-z_][\w-]*)[ \t]*=(?![=>])/y;

/** Statements to parse between two yields. */
const statementsPerStep = 100;

function* readHcl(text: string): Work<Configuration> {
  const blocks: Block[] = [];
  const attributes = new Map<string, Attribute>();
  for (const [index, { start, end }] of (yield* splitStatements(text)).entries()) {
    if (index % statementsPerStep === 0) yield;
    const from = skipBlank(text, start, end);
    if (from === end) continue;
    const header = matchAt(opening, text, from);
    const name = header === undefined ? matchAt(attribute, text, from) : undefined;
    if (header !== undefined) blocks.push(createLazyBlock(text, from, end, header[0]));
    else if (name !== undefined) attributes.set(name[1] ?? '', createAttribute(text, from + name[0].length, end));
  }
  return createConfiguration(blocks, attributes);
}

/** The next offset that is neither space nor comment. */
function skipBlank(text: string, from: number, end: number): number {
  const blanks = /(?:\s+|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?(?:\*\/|$))*/y;
  const length = matchAt(blanks, text, from)?.[0].length ?? 0;
  return Math.min(end, from + length);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function createLazyBlock(text: string, start: number, end: number, header: string): Block {
  const [type = '', ...labels] = (header.match(/"[^"]*"|[\w-]+/g) ?? []).map((word) => word.replaceAll('"', ''));
  const read = once(() => readBody(text, start + header.length, end));
  return {
    type,
    labels,
    start,
    end: trimEnd(text, start, end),
    get attributes() {
      return read();
    },
  };
}

function trimEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && text.charAt(last - 1).trim() === '') last--;
  return last;
}

/** Characters of a block that are searched for attributes: twice the size of the largest template body. */
const maxBlockLength = 100_000;

/** Parses the attributes of a block's body without those of nested blocks. */
function readBody(text: string, from: number, end: number): ReadonlyMap<string, Attribute> {
  const { tokens } = new Lexer(text, hcl).tokenize(from, Math.min(end, from + maxBlockLength));
  const attributes = new Map<string, Attribute>();
  let brackets = 0;
  tokens.forEach((token, at) => {
    if (token.kind === 'mark') {
      if ('([{'.includes(token.text)) brackets++;
      else if (')]}'.includes(token.text)) brackets--;
    } else if (token.kind === 'word' && brackets === 0 && tokens[at + 1]?.text === '=') {
      const previous = tokens[at - 1];
      const startsStatement = previous === undefined || previous.kind === 'newline' || previous.text === ',';
      if (startsStatement) attributes.set(token.text, { getExpression: once(() => parseValue(tokens, at + 1)) });
    }
  });
  return attributes;
}

/** The value after an equals sign. Unknown if the line ends there. */
function parseValue(tokens: readonly Token[], equals: number): Expression {
  const end = tokens[equals]?.end ?? 0;
  if (tokens[equals + 1]?.kind === 'newline') return { start: end, end, kind: 'unknown' };
  return new Parser(tokens, hclGrammar, equals + 1).expression();
}

const createAttribute = (text: string, from: number, end: number): Attribute => ({
  getExpression: once(() => new Parser(new Lexer(text, hcl).tokenize(from, end).tokens, hclGrammar).expression()),
});

/** The number of labels before a block's body in JSON, as in `resource.type.name`. */
const labelCounts: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['module', 1],
  ['variable', 1],
  ['output', 1],
  ['locals', 0],
]);

function* readJson(text: string): Work<Configuration> {
  const root = yield* parseJson(text);
  if (root === undefined) return createConfiguration([], new Map());
  const sections = toBlocks(root).flatMap((node) => (node.kind === 'map' ? node.entries : []));
  const attributes = new Map(sections.map((entry) => [entry.key, createJsonAttribute(text, entry)]));
  const blocks: Block[] = [];
  for (const { key, value } of sections) {
    const labels = labelCounts.get(key);
    if (labels !== undefined) yield* readJsonBlocks(blocks, text, key, [], labels, value);
  }
  return createConfiguration(blocks, attributes);
}

/** Adds the blocks of a type below a node to `blocks`. */
function* readJsonBlocks(
  blocks: Block[],
  text: string,
  type: string,
  labels: readonly string[],
  more: number,
  node: TreeNode,
): Work<void> {
  for (const map of toBlocks(node)) {
    if (map.kind !== 'map') continue;
    yield;
    if (more > 0) {
      for (const { key, value } of map.entries) {
        yield* readJsonBlocks(blocks, text, type, [...labels, key], more - 1, value);
      }
      continue;
    }
    const read = once(() => new Map(map.entries.map((entry) => [entry.key, createJsonAttribute(text, entry)])));
    blocks.push({
      type,
      labels,
      ...map.range,
      get attributes() {
        return read();
      },
    });
  }
}

/** In JSON, a single block may be a list of one. */
const toBlocks = (node: TreeNode): readonly TreeNode[] => (node.kind === 'list' ? node.items : [node]);

const createJsonAttribute = (text: string, entry: TreeEntry): Attribute => ({
  getExpression: once(() => toExpression(text, entry.value)),
});

/** Converts a JSON value to an expression. Strings are templates. */
function toExpression(text: string, node: TreeNode): Expression {
  const { start, end } = node.range;
  if (node.kind === 'list')
    return { start, end, kind: 'list', items: node.items.map((item) => toExpression(text, item)) };
  if (node.kind === 'map') {
    const entries = node.entries.map(({ key, keyRange, value }): Entry => {
      return { key: { ...keyRange, kind: 'literal', value: key }, value: toExpression(text, value) };
    });
    return { start, end, kind: 'object', entries };
  }
  if (text.charAt(start) !== '"') {
    const constants: Readonly<Record<string, Expression & { kind: 'literal' }>> = {
      true: { start, end, kind: 'literal', value: true },
      false: { start, end, kind: 'literal', value: false },
      null: { start, end, kind: 'literal', value: null },
    };
    return constants[node.text] ?? { start, end, kind: 'literal', value: Number(node.text) };
  }
  if (end - start > maxBlockLength) return { start, end, kind: 'unknown' };
  const plain = decodeEscapes(text.slice(node.textRange.start, node.textRange.end), node.textRange.start).text;
  const parts = parseTemplateParts(new Lexer(plain, hcl), { start: 0, end: plain.length }).filter(
    (part) => part !== '',
  );
  const inner = node.textRange;
  if (parts.every((part) => typeof part === 'string')) {
    return { start, end, kind: 'literal', value: parts.join(''), inner };
  }
  const read = parts.map((part) => (typeof part === 'string' ? part : new Parser(part, hclGrammar).expression()));
  const [single] = read;
  // "${var.packs}" is the value itself, of any type.
  if (read.length === 1 && typeof single === 'object') return { ...single, start, end };
  return { start, end, kind: 'template', parts: read, inner };
}
