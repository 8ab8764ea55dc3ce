import { type Parser, type PartialParse, type SyntaxNode, type Tree, TreeFragment } from '@lezer/common';
import type { Range } from '../model.ts';
import type { Work } from '../timeSlicing.ts';

/** A text and its syntax tree. */
export interface ParsedText {
  readonly text: string;
  readonly tree: Tree;
}

/** Steps of the parser between two yields, which together take less than a millisecond. */
const stepsPerYield = 50;

/**
 * Steps of the parser after which it builds a tree of what it has read, and goes on from that tree. It builds a tree at
 * once: the tree of a whole large text would hold the event loop for too long.
 */
const stepsPerTree = 10_000;

/**
 * Parses a text in steps of a few milliseconds. `fragments` are the parts of an earlier tree that the text still
 * contains: subtrees in them are reused, by identity.
 */
export function* parseText(parser: Parser, text: string, fragments: readonly TreeFragment[] = []): Work<ParsedText> {
  let known = fragments;
  for (let end = 0; ; ) {
    const parse = parser.startParse(text, known);
    const tree = yield* parsePart(parse, end);
    if (parse.stoppedAt === null) return { text, tree };
    known = TreeFragment.addTree(tree, known, true);
    end = tree.length;
  }
}

/** Parses until the end of a text or until it is time to build a tree. The text before `end` was read before. */
function* parsePart(parse: PartialParse, end: number): Work<Tree> {
  let repeated = 0;
  for (let step = 1; ; step++) {
    const tree = parse.advance();
    if (tree) return tree;
    if (step % stepsPerYield === 0) yield;
    if (parse.parsedPos <= end) repeated = step;
    // A text that is a single long line or is full of errors has no subtrees to go on from: it is read to its end.
    else if (step === repeated + stepsPerTree && repeated < stepsPerTree / 4) parse.stopAt(parse.parsedPos);
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
