import { jsonTree, unescaped } from '../cloudformation/json.ts';
import type { TreeNode } from '../cloudformation/tree.ts';
import type { Entry, Expression } from '../expressions/expression.ts';
import { Parser } from '../expressions/parser.ts';
import { Lexer, type Token } from '../expressions/tokens.ts';
import type { Range } from '../model.ts';
import { once } from '../once.ts';
import { hcl, hclGrammar, templateParts } from './hcl.ts';

/** A block of a configuration: `resource "type" "name" { … }`. */
export interface Block extends Range {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An attribute; its expression is read when it is asked for. */
export interface Attribute {
  readonly value: () => Expression;
}

/** A file's blocks, and its attributes outside of them, as in `.tfvars`. */
export interface Configuration {
  readonly blocks: readonly Block[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** Files of a folder are read again and again while one of them is typed in; their text is what they are known by. */
const read = new Map<string, Configuration>();
const mostRemembered = 64;

/** Reads a Terraform file, as far as it is one. */
export function readConfiguration(path: string, text: string): Configuration {
  const key = `${path}\n${text}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const configuration = path.endsWith('.json') ? readJson(text) : readHcl(text);
  if (read.size >= mostRemembered) read.delete(read.keys().next().value ?? '');
  read.set(key, configuration);
  return configuration;
}

const nothing: Configuration = { blocks: [], attributes: new Map() };

function readHcl(text: string): Configuration {
  const { tokens } = new Lexer(text, hcl).read(0, text.length);
  const blocks: Block[] = [];
  const attributes = new Map<string, Attribute>();
  for (let at = 0; at < tokens.length; ) {
    const opening = blockOpening(tokens, at);
    if (opening !== undefined) {
      const body = readBody(text, tokens, opening.body);
      const end = tokens[body.end - 1]?.end ?? text.length;
      blocks.push({
        type: opening.type,
        labels: opening.labels,
        start: opening.start,
        end,
        attributes: body.attributes,
      });
      at = body.end;
    } else {
      if (isAttribute(tokens, at)) attributes.set(tokens[at]?.text ?? '', attributeAt(tokens, at + 2));
      at = nextStatement(tokens, at);
    }
  }
  return { blocks, attributes };
}

/** `type "label" label {`, and where the body begins. */
function blockOpening(tokens: readonly Token[], from: number) {
  const first = tokens[from];
  if (first?.kind !== 'word') return undefined;
  const labels: string[] = [];
  for (let at = from + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === 'string') labels.push(token.parts?.filter((part) => typeof part === 'string').join('') ?? '');
    else if (token?.kind === 'word') labels.push(token.text);
    else return token?.text === '{' ? { type: first.text, labels, start: first.start, body: at + 1 } : undefined;
  }
  return undefined;
}

const outermost = new Set(['resource', 'data', 'module', 'variable', 'locals', 'output', 'provider', 'terraform']);

/** The attributes of a body, and where it ends: at its brace, or where the next block begins if that is still missing. */
function readBody(text: string, tokens: readonly Token[], from: number) {
  const attributes = new Map<string, Attribute>();
  let brackets = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === 'word') {
      const startsLine = token.start === 0 || text.charAt(token.start - 1) === '\n';
      if (startsLine && outermost.has(token.text) && blockOpening(tokens, at) !== undefined)
        return { attributes, end: at };
      const previous = tokens[at - 1];
      const startsStatement = at === from || previous?.kind === 'newline' || previous?.text === ',';
      if (brackets === 0 && startsStatement && isAttribute(tokens, at)) {
        attributes.set(token.text, attributeAt(tokens, at + 2));
      }
    } else if (token.kind === 'mark') {
      if ('([{'.includes(token.text)) brackets++;
      else if (')]}'.includes(token.text) && --brackets < 0) return { attributes, end: at + 1 };
    }
  }
  return { attributes, end: tokens.length };
}

const isAttribute = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.kind === 'word' && tokens[at + 1]?.text === '=';

const attributeAt = (tokens: readonly Token[], at: number): Attribute => ({
  value: once(() => new Parser(tokens, hclGrammar, at).expression()),
});

/** The token after the line's end, brackets left aside. */
function nextStatement(tokens: readonly Token[], from: number): number {
  let brackets = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === 'newline' && brackets <= 0) return at + 1;
    if (token?.kind !== 'mark') continue;
    if ('([{'.includes(token.text)) brackets++;
    else if (')]}'.includes(token.text)) brackets--;
  }
  return tokens.length;
}

/** How many labels stand before a block's body in JSON: `resource.type.name`. */
const labelCounts: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['module', 1],
  ['variable', 1],
  ['output', 1],
  ['locals', 0],
]);

function readJson(text: string): Configuration {
  const root = jsonTree(text);
  if (root === undefined) return nothing;
  const sections = each(root).flatMap((node) => (node.kind === 'map' ? node.entries : []));
  const attributes = new Map(sections.map(({ key, value }) => [key, jsonAttribute(text, value)]));
  const blocks = sections.flatMap(({ key, value }) => {
    const labels = labelCounts.get(key);
    return labels === undefined ? [] : jsonBlocks(text, key, [], labels, value);
  });
  return { blocks, attributes };
}

function jsonBlocks(text: string, type: string, labels: readonly string[], more: number, node: TreeNode): Block[] {
  return each(node).flatMap((map): Block[] => {
    if (map.kind !== 'map') return [];
    if (more > 0)
      return map.entries.flatMap(({ key, value }) => jsonBlocks(text, type, [...labels, key], more - 1, value));
    const attributes = new Map(map.entries.map(({ key, value }) => [key, jsonAttribute(text, value)]));
    return [{ type, labels, start: map.range.start, end: map.range.end, attributes }];
  });
}

/** JSON may write one as a list of one. */
const each = (node: TreeNode): readonly TreeNode[] => (node.kind === 'list' ? node.items : [node]);

const jsonAttribute = (text: string, node: TreeNode): Attribute => ({ value: once(() => jsonExpression(text, node)) });

/** A JSON value as the expression it stands for: strings are templates. */
function jsonExpression(text: string, node: TreeNode): Expression {
  const { start, end } = node.range;
  if (node.kind === 'list')
    return { start, end, kind: 'list', items: node.items.map((item) => jsonExpression(text, item)) };
  if (node.kind === 'map') {
    const entries = node.entries.map(({ key, keyRange, value }): Entry => {
      return { key: { ...keyRange, kind: 'literal', value: key }, value: jsonExpression(text, value) };
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
  const plain = unescaped(text.slice(node.textRange.start, node.textRange.end), node.textRange.start).text;
  const parts = templateParts(new Lexer(plain, hcl), { start: 0, end: plain.length }).filter((part) => part !== '');
  const inner = node.textRange;
  if (parts.every((part) => typeof part === 'string')) {
    return { start, end, kind: 'literal', value: parts.join(''), inner };
  }
  const read = parts.map((part) => (typeof part === 'string' ? part : new Parser(part, hclGrammar).expression()));
  const [single] = read;
  // "${var.packs}" is the value itself, whatever it is.
  if (read.length === 1 && typeof single === 'object') return { ...single, start, end };
  return { start, end, kind: 'template', parts: read, inner };
}
