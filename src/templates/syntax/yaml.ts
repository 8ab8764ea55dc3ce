import type { SyntaxNode, Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import {
  createTextNode,
  type DocumentNode,
  type MapSyntax,
  parseIntrinsicTag,
  type ScalarNode,
} from '../cloudformation/tree.ts';
import type { Range } from '../model.ts';
import { LazyEntry, LazyList, LazyMap } from './lazyNodes.ts';
import { maskLongLines } from './longLines.ts';
import { SyntaxDocument } from './reparse.ts';
import { YamlAnchors } from './yamlAnchors.ts';
import { isSpace } from './yamlCharacters.ts';
import { maskTags } from './yamlMask.ts';
import { createScalar } from './yamlScalar.ts';
import { parser } from './yamlTokens.ts';

/** Parses the documents of a YAML text, tolerating errors. Values are converted on first access. */
export function* parseYaml(text: string, document = new SyntaxDocument()): SlicedWork<readonly DocumentNode[]> {
  const { tree } = yield* document.parse(parser, yield* maskTags(maskLongLines(text)));
  const reader = new YamlReader(text, tree);
  const documents: DocumentNode[] = [];
  for (let node = tree.topNode.firstChild; node !== null && documents.length < maxDocuments; node = node.nextSibling) {
    if (node.name === 'Document') documents.push(reader.convertValue(node.firstChild, node.to));
  }
  return documents;
}

/** A file with more documents is data. */
const maxDocuments = 1000;

/** Aliases of aliases that are followed. Protects the stack from hostile documents. */
const maxAliasDepth = 100;

/** Nodes that are values. */
const values: ReadonlySet<string> = new Set([
  'Literal',
  'QuotedLiteral',
  'BlockLiteral',
  'Alias',
  'BlockMapping',
  'FlowMapping',
  'BlockSequence',
  'FlowSequence',
  'Tagged',
  'Anchored',
]);

class YamlReader {
  readonly #text: string;
  readonly #anchors: YamlAnchors;
  /** Values of anchors. Undefined while one is read, to end circular aliases. */
  readonly #anchored = new Map<number, DocumentNode | undefined>();
  #aliasDepth = 0;

  constructor(text: string, tree: Tree) {
    this.#text = text;
    this.#anchors = new YamlAnchors(text, tree);
  }

  /** The value among siblings, from the first of them. An empty text at `end` if there is none. */
  convertValue(first: SyntaxNode | null, end: number, tag?: SyntaxNode): DocumentNode {
    let property = tag;
    let propertyEnd = end;
    let sibling = first;
    for (;;) {
      const value = findValue(sibling);
      if (value === undefined) return createTextNode('', { start: propertyEnd, end: propertyEnd });
      if (value.name !== 'Tagged' && value.name !== 'Anchored') return this.#convert(value, property);
      property ??= value.getChild('Tag') ?? undefined;
      propertyEnd = value.to;
      sibling = value.firstChild;
    }
  }

  #convert(node: SyntaxNode, tag: SyntaxNode | undefined): DocumentNode {
    const readRange = (): Range => {
      const content = this.#findContent(node);
      return { start: tag?.from ?? content.start, end: content.end };
    };
    const intrinsic = tag && parseIntrinsicTag(this.#text.slice(tag.from, tag.to));
    switch (node.name) {
      case 'BlockMapping':
      case 'FlowMapping':
        return new LazyMap(readRange, intrinsic, { node, text: this.#text, toEntry: this.#toEntry });
      case 'BlockSequence':
      case 'FlowSequence':
        return new LazyList(readRange, intrinsic, node, (child) =>
          child.name === 'Item' ? this.convertValue(child.firstChild, child.to) : undefined,
        );
      case 'Alias':
        return this.#readAlias(readRange(), node.from);
      default:
        return createScalar(this.#text, node, readRange(), intrinsic);
    }
  }

  /** The range of a value without the space and the comments around it. */
  #findContent(node: SyntaxNode): Range {
    let start = findFirst(node)?.from ?? node.from;
    let end = findEnd(node);
    while (start < end && isSpace(this.#text.charCodeAt(start))) start++;
    while (end > start && isSpace(this.#text.charCodeAt(end - 1))) end--;
    return { start, end };
  }

  readonly #toEntry: MapSyntax['toEntry'] = (pair) => {
    const keyNode = findChild(pair.firstChild, 'Key');
    if (keyNode === undefined) return undefined;
    const key = this.convertValue(keyNode.firstChild, keyNode.to);
    if (key.kind !== 'scalar') return undefined;
    const afterKey = keyNode.nextSibling;
    const end = findChild(afterKey, ':')?.to ?? keyNode.to;
    return new LazyEntry(
      () => this.#findContent(pair),
      key.textRange,
      () => key.text,
      () => this.convertValue(afterKey, end),
    );
  };

  /** The value of an alias, with the range of the alias. */
  #readAlias(range: Range, start: number): DocumentNode {
    const node = this.#resolveAnchor(this.#text.slice(start + 1, range.end), start);
    if (node === undefined) return createTextNode('', range);
    return node.kind === 'scalar' ? relocate(node, range) : node;
  }

  /** The value of the last anchor with a name before an offset. */
  #resolveAnchor(name: string, before: number): DocumentNode | undefined {
    const anchor = this.#aliasDepth < maxAliasDepth ? this.#anchors.find(name, before) : undefined;
    if (anchor === undefined) return undefined;
    if (this.#anchored.has(anchor.from)) return this.#anchored.get(anchor.from);
    this.#anchored.set(anchor.from, undefined);
    const owner = anchor.parent ?? anchor;
    const tagged = owner.parent?.name === 'Tagged' ? owner.parent : undefined;
    this.#aliasDepth++;
    const node = this.convertValue(owner.firstChild, owner.to, tagged?.getChild('Tag') ?? undefined);
    this.#aliasDepth--;
    this.#anchored.set(anchor.from, node);
    return node;
  }
}

/** The first value among siblings. */
function findValue(first: SyntaxNode | null): SyntaxNode | undefined {
  for (let node = first; node !== null; node = node.nextSibling) {
    if (values.has(node.name)) return node;
    // An alias may not have an anchor or a tag, but people write it.
    const alias = node.type.isError ? node.getChild('Alias') : null;
    if (alias !== null) return alias;
  }
  return undefined;
}

/** The first node with a name among siblings. Faster than `getChild`, which collects all. */
function findChild(first: SyntaxNode | null, name: string): SyntaxNode | undefined {
  let child = first;
  while (child && child.name !== name) child = child.nextSibling;
  return child ?? undefined;
}

/** The end of the last token in a node. An unclosed node may end a million spaces later. */
function findEnd(node: SyntaxNode): number {
  let last = node;
  for (let child = node.lastChild; child !== null; ) {
    const isEmpty = child.from === child.to;
    if (!isEmpty) last = child;
    child = isEmpty ? child.prevSibling : child.lastChild;
  }
  return last.to;
}

/** The first child that is no comment. */
function findFirst(node: SyntaxNode): SyntaxNode | undefined {
  let child = node.firstChild;
  while (child?.name === 'Comment') child = child.nextSibling;
  return child ?? undefined;
}

const relocate = (node: ScalarNode, range: Range): ScalarNode => ({
  kind: 'scalar',
  intrinsic: node.intrinsic,
  range,
  textRange: range,
  embedded: () => node.embedded(),
  get text() {
    return node.text;
  },
});
