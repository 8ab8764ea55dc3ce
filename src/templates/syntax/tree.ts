import type { Parser, SyntaxNode, Tree, TreeFragment } from '@lezer/common';
import type { Range } from '../model.ts';
import type { Work } from '../timeSlicing.ts';

/** A text and its syntax tree. */
export interface ParsedText {
  readonly text: string;
  readonly tree: Tree;
}

/**
 * Parses a text in steps of a few milliseconds. `fragments` are the parts of an earlier tree that the text still
 * contains: subtrees in them are reused, by identity.
 */
export function* parseText(parser: Parser, text: string, fragments: readonly TreeFragment[] = []): Work<ParsedText> {
  const parse = parser.startParse(text, fragments);
  for (;;) {
    const tree = parse.advance();
    if (tree) return { text, tree };
    yield;
  }
}

export const getRange = ({ from, to }: SyntaxNode): Range => ({ start: from, end: to });

/** The child nodes without those that the parser inserts for errors. */
export function getChildren(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.type.isError) children.push(child);
  }
  return children;
}
