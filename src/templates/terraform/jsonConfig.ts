import type { TreeEntry, TreeNode } from '../cloudformation/tree.ts';
import type { Entry, Expression } from '../expressions/expression.ts';
import type { Range } from '../model.ts';
import { readHclTemplate } from '../syntax/hclExpressions.ts';
import { decodeEscapes, parseJson } from '../syntax/json.ts';
import type { SyntaxDocument } from '../syntax/reparse.ts';
import type { Work } from '../timeSlicing.ts';
import { type Block, type Contents, createAttributes, createBlock } from './blocks.ts';

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
export function* readJson(text: string, document: SyntaxDocument): Work<Contents> {
  const root = yield* parseJson(text, document);
  if (root === undefined) return { blocks: [], attributes: new Map() };
  const sections = toBlocks(root).flatMap((node) => (node.kind === 'map' ? node.entries : []));
  const attributes = createAttributes(sections.map((entry) => toAttribute(text, entry)));
  const blocks: Block[] = [];
  for (const { key, value } of sections) {
    const labels = labelCounts.get(key);
    if (labels !== undefined) yield* readJsonBlocks(blocks, text, key, [], labels, value);
  }
  return { blocks, attributes };
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
    const read = () => map.entries.map((entry) => toAttribute(text, entry));
    blocks.push(createBlock({ type, labels, ...map.range }, read));
  }
}

/** In JSON, a single block may be a list of one. */
const toBlocks = (node: TreeNode): readonly TreeNode[] => (node.kind === 'list' ? node.items : [node]);

const toAttribute = (text: string, { key, value }: TreeEntry) => ({
  name: key,
  getExpression: () => toExpression(text, value),
});

/** Depth of nested values. Protects the stack from hostile documents. */
const maxDepth = 60;

/** Converts a JSON value to an expression. Strings are templates. */
function toExpression(text: string, node: TreeNode, depth = 0): Expression {
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

/** Characters of a string that are searched for interpolations. */
const maxTemplateLength = 20_000;

/** Converts the text of a string. */
function toTemplate(text: string, inner: Range): Expression {
  const written = decodeEscapes(text.slice(inner.start, inner.end), inner.start).text;
  if (!/[$%]\{/.test(written)) return { ...inner, kind: 'literal', value: written, inner };
  if (written.length > maxTemplateLength) return { ...inner, kind: 'unknown' };
  const parts = readHclTemplate(written);
  const [part] = parts;
  // "${var.packs}" is the value itself, of any type.
  if (parts.length === 1 && typeof part === 'object') return part;
  return parts.every((each) => typeof each === 'string')
    ? { ...inner, kind: 'literal', value: parts.join(''), inner }
    : { ...inner, kind: 'template', parts, inner };
}
