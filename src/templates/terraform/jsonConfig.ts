import type { SlicedWork } from '../../timeSlicing.ts';
import { type DocumentNode, detachText, type MapNode, type TreeEntry } from '../cloudformation/tree.ts';
import type { Entry, Expression } from '../expressions/expression.ts';
import { shiftRange } from '../expressions/ranges.ts';
import { once } from '../memoize.ts';
import type { Range } from '../model.ts';
import { EntryCache, type LocatedEntry } from '../syntax/entryCache.ts';
import { readHclTemplate } from '../syntax/hclExpressions.ts';
import { decodeText, parseJson } from '../syntax/json.ts';
import type { SyntaxDocument } from '../syntax/reparse.ts';
import { type Attributes, Block, type Contents, groupBlocks } from './blocks.ts';

/** The number of labels before a block's body in JSON, as in `resource.type.name`. */
const labelCounts: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['module', 1],
  ['variable', 1],
  ['output', 1],
  ['provider', 1],
  ['locals', 0],
]);

/** Reads the JSON form of a configuration. */
export function* readJson(text: string, document: SyntaxDocument): SlicedWork<Contents> {
  const root = yield* parseJson(text, document);
  const sections = root === undefined ? [] : toMaps(root).flatMap(({ entries }) => entries);
  const blocks: Block[] = [];
  for (const { key, value } of sections) {
    const labelCount = labelCounts.get(key);
    if (labelCount === undefined) continue;
    for (const part of readBlocks(text, key, [], labelCount, value)) {
      blocks.push(...part);
      yield;
    }
  }
  return { groups: groupBlocks(blocks), attributes: readAttributes(text, sections) };
}

/** What is known of a block without its attributes. Offsets are relative to its entry. */
interface JsonHeader extends Range {
  readonly label: string;
}

/** The last labels of blocks and their ranges, by subtree. */
const headers = new EntryCache<JsonHeader | undefined>(({ key, range, value }) => {
  // A list may contain several blocks.
  if (value.kind !== 'map') return undefined;
  const [start, end] = [value.range.start - range.start, value.range.end - range.start];
  return { label: detachText(key), start, end };
});

/** Reads the blocks of a type below a node, which has `more` levels of labels, in parts that each take a short time. */
function* readBlocks(
  text: string,
  type: string,
  labels: readonly string[],
  more: number,
  node: DocumentNode,
): Iterable<readonly Block[]> {
  for (const map of toMaps(node)) {
    if (more === 0) yield [new Block(type, labels, map.range, () => readAttributes(text, map.entries))];
    else if (more > 1) {
      for (const { key, value } of map.entries) yield* readBlocks(text, type, [...labels, key], more - 1, value);
    } else for (const part of headers.read(map)) yield part.flatMap((entry) => toBlocks(text, type, labels, entry));
  }
}

/** Converts an entry to blocks. Its key is their last label. */
function toBlocks(
  text: string,
  type: string,
  labels: readonly string[],
  { start, value: header, readEntry }: LocatedEntry<JsonHeader | undefined>,
): readonly Block[] {
  if (header !== undefined) {
    const read = () =>
      readAttributes(
        text,
        toMaps(readEntry()?.value).flatMap(({ entries }) => entries),
      );
    return [new Block(type, [...labels, header.label], shiftRange(header, start), read)];
  }
  const entry = readEntry();
  return entry === undefined ? [] : [...readBlocks(text, type, [...labels, entry.key], 0, entry.value)].flat();
}

/** In JSON, a single block may be a list of one. */
const toMaps = (node: DocumentNode | undefined): readonly MapNode[] =>
  (node?.kind === 'list' ? node.items : [node]).filter((each) => each?.kind === 'map');

const readAttributes = (text: string, entries: readonly TreeEntry[]): Attributes =>
  new Map(
    entries.map(({ key, value }) => [key, { base: 0, getExpression: once(() => toExpression(text, value)) }] as const),
  );

/** Depth of nested values. Protects the stack from hostile documents. */
const maxDepth = 60;

/** Converts a JSON value to an expression. Strings are templates. */
function toExpression(text: string, node: DocumentNode, depth = 0): Expression {
  const { start, end } = node.range;
  if (depth === maxDepth) return { start, end, kind: 'unknown' };
  if (node.kind === 'list')
    return { start, end, kind: 'list', items: node.items.map((item) => toExpression(text, item, depth + 1)) };
  if (node.kind === 'map') {
    const entries = node.entries.map(({ key, keyRange, value }): Entry => {
      return { key: { ...keyRange, kind: 'literal', value: key }, value: toExpression(text, value, depth + 1) };
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
  return { ...toTemplate(text, node.textRange), start, end };
}

/** Characters. Longer strings are neither names nor bodies of packs. */
const maxStringLength = 300_000;

/** Characters of a string that are searched for interpolations. */
const maxTemplateLength = 20_000;

/** Converts the text of a string. */
function toTemplate(text: string, inner: Range): Expression {
  if (inner.end - inner.start > maxStringLength) return { ...inner, kind: 'unknown' };
  const written = decodeText(text.slice(inner.start, inner.end));
  if (!/[$%]\{/.test(written)) return { ...inner, kind: 'literal', value: written, inner };
  if (written.length > maxTemplateLength) return { ...inner, kind: 'unknown' };
  const parts = readTemplate(written);
  const [part] = parts;
  // "${var.packs}" is the value itself, of any type.
  if (parts.length === 1 && typeof part === 'object') return part;
  return parts.every((each) => typeof each === 'string')
    ? { ...inner, kind: 'literal', value: parts.join(''), inner }
    : { ...inner, kind: 'template', parts, inner };
}

/** Templates by their text. While the user types, most strings of a document stay the same. */
const templates = new Map<string, readonly (string | Expression)[]>();
const maxTemplates = 5_000;

/** Characters. Longer templates are not names and are not kept. */
const maxKeptLength = 500;

function readTemplate(written: string): readonly (string | Expression)[] {
  const parts = templates.get(written) ?? readHclTemplate(written);
  if (templates.size >= maxTemplates) templates.clear();
  if (written.length <= maxKeptLength) templates.set(detachText(written), parts);
  return parts;
}
