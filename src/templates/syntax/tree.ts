import { type Parser, type PartialParse, type SyntaxNode, type Tree, TreeFragment } from '@lezer/common';
import type { Range } from '../model.ts';
import type { Work } from '../timeSlicing.ts';
import { findFirstError } from './errors.ts';

/** A text and its syntax tree. */
export interface ParsedText {
  readonly text: string;
  readonly tree: Tree;
}

/** Milliseconds of parsing between two yields. Steps of the parser differ: a single one reads a whole text in quotes. */
const maxMsPerYield = 0.5;

/**
 * Steps of the parser after which it builds a tree of what it has read, and goes on from that tree. It builds a tree at
 * once: the tree of a whole large text would hold the event loop for too long. The first trees take longer than later
 * ones of the same size, because their code is not optimized yet.
 */
const [minStepsPerTree, maxStepsPerTree] = [2_500, 10_000];

/** Steps for the text before the last tree's end. A text that takes more has hardly any subtrees to go on from. */
const maxRepeatedSteps = 2_500;

/**
 * Parses a text in steps of a few milliseconds. `fragments` are the parts of an earlier tree that the text still
 * contains: subtrees in them are reused, by identity.
 */
export function* parseText(parser: Parser, text: string, fragments: readonly TreeFragment[] = []): Work<ParsedText> {
  let known = fragments;
  let [end, steps] = [0, minStepsPerTree];
  for (;;) {
    const parse = parser.startParse(text, known);
    const tree = yield* parsePart(parse, end, steps);
    if (parse.stoppedAt === null) return { text, tree };
    const isSmall = steps < maxStepsPerTree;
    steps = isSmall ? 2 * steps : steps;
    // The parser recovers from errors in another way if it goes on from a tree that contains them.
    if (isSmall && hasError(tree, text)) {
      steps = maxStepsPerTree;
      continue;
    }
    known = TreeFragment.addTree(tree, known, true);
    end = tree.length;
  }
}

/** Whether a tree has an error, other than at its end, where it is cut off. */
const hasError = (tree: Tree, text: string): boolean => text.slice(findFirstError(tree), tree.length).trim() !== '';

/** Parses `steps` after `end`, up to which the text was read before, or until the end of the text. */
function* parsePart(parse: PartialParse, end: number, steps: number): Work<Tree> {
  let repeated = 0;
  let start = performance.now();
  for (let step = 1; ; step++) {
    const tree = parse.advance();
    if (tree) return tree;
    if (performance.now() - start > maxMsPerYield) {
      yield;
      start = performance.now();
    }
    if (parse.parsedPos <= end) repeated = step;
    // A text that is a single long line or is full of errors has no subtrees to go on from: it is read to its end.
    else if (step === repeated + steps && repeated < maxRepeatedSteps) parse.stopAt(parse.parsedPos);
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
