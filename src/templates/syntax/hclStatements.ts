import type { SyntaxNode, Tree, TreeBuffer } from '@lezer/common';
import { detachText } from '../cloudformation/tree.ts';
import type { Expression } from '../expressions/expression.ts';
import { findChunks, findStarts } from './chunks.ts';
import { HclReader } from './hclExpressions.ts';
import type { ParsedText } from './tree.ts';

/** An attribute of a file or block. Its expression is read on first access. */
export interface Attribute {
  /** The offset that the ranges of the expression are relative to, so that edits elsewhere do not change it. */
  readonly base: number;
  readonly getExpression: () => Expression;
}

/** A statement of a file and its position. */
export interface LocatedStatement {
  readonly start: number;
  readonly statement: HclStatement;
}

/** Attributes, blocks and comments in a block. A block of one megabyte may have twenty times as many. */
const maxBodyNodes = 5_000;

/**
 * A top-level attribute or block. It is cached with its subtree, so that it is read once while its text is the same. All
 * offsets in it are relative, and it does not keep the document's text alive.
 */
export class HclStatement {
  readonly length: number;
  /** The name of an attribute or the type of a block. */
  readonly name: string;
  /** Undefined for an attribute. */
  readonly labels: readonly string[] | undefined;
  #attributes: ReadonlyMap<string, CachedAttribute> | undefined;

  constructor(node: SyntaxNode, text: string) {
    this.length = measureLength(node, text);
    this.name = readChild(node, node.name === 'Block' ? 'BlockType' : 'AttributeName', text);
    this.labels = node.name === 'Block' ? readLabels(node, text) : undefined;
  }

  /** The attribute itself, or the attributes of the block without those of nested blocks, at the statement's position. */
  locateAttributes(parsed: ParsedText, start: number): ReadonlyMap<string, Attribute> {
    this.#attributes ??= readAttributes(parsed, start);
    const located = new Map<string, Attribute>();
    for (const [name, attribute] of this.#attributes)
      located.set(name, { base: start + attribute.start, getExpression: () => attribute.read(parsed, start) });
    return located;
  }
}

function readAttributes(parsed: ParsedText, start: number): ReadonlyMap<string, CachedAttribute> {
  const nodes = findAttributes(findStatement(parsed, start));
  return new Map(
    nodes.map((node) => [readChild(node, 'AttributeName', parsed.text), new CachedAttribute(node.from - start)]),
  );
}

class CachedAttribute {
  /** The offset from the statement's start. */
  readonly start: number;
  #expression: Expression | undefined;

  constructor(start: number) {
    this.start = start;
  }

  /** Reads the value of an attribute in a statement that starts at an offset. */
  read(parsed: ParsedText, statementStart: number): Expression {
    this.#expression ??= this.#convert(parsed, statementStart);
    return this.#expression;
  }

  #convert(parsed: ParsedText, statementStart: number): Expression {
    const base = statementStart + this.start;
    const statement = findStatement(parsed, statementStart);
    const node = this.start === 0 ? statement : (statement.getChild('BlockBody')?.childAfter(base) ?? statement);
    const value = node.getChild('Expression');
    if (value !== null) return new HclReader(detachText(parsed.text.slice(base, node.to)), base).convert(value);
    // Without a value, the end of the equals sign is its position.
    const end = (node.getChild('Equals')?.to ?? node.to) - base;
    return { start: end, end, kind: 'unknown' };
  }
}

/** The length without the line ends after a block that is not closed. */
const measureLength = ({ from, to }: SyntaxNode, text: string): number => text.slice(from, to).trimEnd().length;

const findStatement = ({ tree }: ParsedText, start: number): SyntaxNode =>
  tree.topNode.childAfter(start) ?? tree.topNode;

function findAttributes(statement: SyntaxNode): readonly SyntaxNode[] {
  if (statement.name === 'Attribute') return [statement];
  const attributes: SyntaxNode[] = [];
  let child = statement.getChild('BlockBody')?.firstChild ?? null;
  for (let left = maxBodyNodes; child !== null && left > 0; child = child.nextSibling) {
    if (child.name === 'Attribute') attributes.push(child);
    left--;
  }
  return attributes;
}

function readChild(node: SyntaxNode, name: string, text: string): string {
  const child = node.getChild(name);
  return child === null ? '' : detachText(text.slice(child.from, child.to));
}

const maxLabels = 4;

function readLabels(block: SyntaxNode, text: string): readonly string[] {
  const labels: string[] = [];
  for (let child = block.firstChild; child !== null && labels.length < maxLabels; child = child.nextSibling) {
    if (child.name === 'BlockBody') break;
    if (child.name !== 'BlockLabel' && child.name !== 'String') continue;
    labels.push(detachText(text.slice(child.from, child.to).replaceAll('"', '')));
  }
  return labels;
}

/** Statements of one group in a part of a file. Their starts are relative to its offset. */
export interface StatementGroup {
  readonly name: string;
  readonly offset: number;
  readonly statements: readonly LocatedStatement[];
}

/** The group of the attributes of a file. */
export const attributeGroup = '';

/** The group of blocks of a type. Resources, of which a file has most, are grouped by their own type. */
export const getBlockGroup = (type: string, [label = '']: readonly string[]): string =>
  type === 'resource' ? `resource ${label}` : type;

const getGroup = ({ statement: { name, labels } }: LocatedStatement): string =>
  labels === undefined ? attributeGroup : getBlockGroup(name, labels);

const cache = new WeakMap<Tree | TreeBuffer, ReadonlyMap<string, readonly LocatedStatement[]>>();

const statementNodes: ReadonlySet<string> = new Set(['Attribute', 'Block']);

/** The attributes and blocks of a file by group. Those of unchanged parts are not visited one by one. */
export function* findStatementGroups(parsed: ParsedText): Iterable<StatementGroup> {
  let last: SyntaxNode | undefined;
  for (const { content, offset } of findChunks(parsed.tree, 0)) {
    let groups = cache.get(content);
    if (groups === undefined) {
      const statements = findStarts(content, statementNodes).map((start) => {
        // The next node is found faster than one at an offset.
        const next = last?.nextSibling;
        last = next?.from === offset + start ? next : findStatement(parsed, offset + start);
        return { start, statement: new HclStatement(last, parsed.text) };
      });
      groups = Map.groupBy(statements, getGroup);
      cache.set(content, groups);
    }
    for (const [name, statements] of groups) yield { name, offset, statements };
  }
}

/** The statements of groups at their positions. */
export const locateStatements = (groups: readonly StatementGroup[]): readonly LocatedStatement[] =>
  groups.flatMap(({ offset, statements }) =>
    statements.map(({ start, statement }) => ({ start: offset + start, statement })),
  );
