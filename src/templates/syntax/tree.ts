import { type Parser, type PartialParse, type SyntaxNode, type Tree, TreeFragment } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { Range } from '../model.ts';
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
const [stepsOfFirstTree, stepsPerTree] = [2_500, 5_000];

/**
 * The parser recovers from errors in another way if it goes on from a tree that contains them. So a text with an error in
 * one of its first trees is read in larger parts: the whole text, unless it is large.
 */
const [checkedTrees, stepsPerTreeWithErrors] = [2, 10_000];

/** Steps for the text before the last tree's end. A text that takes more has hardly any subtrees to go on from. */
const maxRepeatedSteps = 2_500;

/**
 * Parses a text in steps of a few milliseconds. `fragments` are the parts of an earlier tree that the text still
 * contains: subtrees in them are reused, by identity.
 */
export function* parseText(
  parser: Parser,
  text: string,
  fragments: readonly TreeFragment[] = [],
): SlicedWork<ParsedText> {
  let known = fragments;
  let [end, steps, penalty] = [0, stepsOfFirstTree, 0];
  for (let count = 1; ; count++) {
    const parse = parser.startParse(text, known);
    const { tree, isLast, ...part } = yield* parsePart(parse, end, steps, penalty);
    if (isLast) return { text, tree };
    if (count <= checkedTrees && hasError(tree, text)) {
      [count, steps] = [checkedTrees, stepsPerTreeWithErrors];
      continue;
    }
    steps = Math.max(steps, stepsPerTree);
    penalty += part.penalty;
    known = TreeFragment.addTree(tree, known, true);
    end = tree.length;
  }
}

/** Whether a tree has an error, other than at its end, where it is cut off. */
const hasError = (tree: Tree, text: string): boolean => text.slice(findFirstError(tree), tree.length).trim() !== '';

/**
 * Parses `steps` after `end`, up to which the text was read before, or until the end of the text. `penalty` is that of the
 * errors before.
 */
function* parsePart(
  parse: PartialParse & ParserStacks,
  end: number,
  steps: number,
  penalty: number,
): SlicedWork<ParsedPart> {
  let repeated = 0;
  let own = 0;
  let isLast = false;
  let start = performance.now();
  for (let step = 1; ; step++) {
    const tree = parse.advance();
    if (tree) return { tree, isLast: isLast || parse.stoppedAt === null, penalty: own };
    if (performance.now() - start > maxMsPerYield) {
      yield;
      start = performance.now();
    }
    if (parse.stoppedAt !== null) continue;
    if (parse.parsedPos <= end) repeated = step;
    // A text that is a single long line or is full of errors has no subtrees to go on from: it is read to its end.
    const isComplete = step === repeated + steps && repeated < maxRepeatedSteps;
    if (!isComplete && step % stepsPerCheck !== 0) continue;
    own = Math.max(0, ...(parse.stacks ?? []).map(({ score }) => -score));
    isLast = isHopeless(parse, penalty + own);
    if (isComplete || isLast) parse.stopAt(parse.parsedPos);
  }
}

/** The tree of a text up to a position, and whether the rest is empty or not worth reading. */
interface ParsedPart {
  readonly tree: Tree;
  readonly isLast: boolean;
  /** What the errors in the part take from the parser's score. */
  readonly penalty: number;
}

/** What the types of the parser do not tell of its stacks. */
interface ParserStacks {
  readonly stacks?: readonly ParserStack[];
}

interface ParserStack {
  /** Three numbers for each open node. */
  readonly stack: readonly number[];
  /** Each error lowers it. */
  readonly score: number;
  /** Four numbers for each node that is complete, after those of the stack that this one continues. */
  readonly buffer: readonly number[];
  readonly bufferBase: number;
}

const stepsPerCheck = 100;
const maxOpenNodes = 400;
/** Nodes in a part of a text that could not be divided, more than in any of minified code. */
const maxNodes = 14_000;
const maxErrors = 2_000;
/** What an error takes at least from the score. */
const minErrorPenalty = 100;

/** Whether a text has too many nodes or errors to be a template. The parser copies and enlarges them again and again. */
const isHopeless = ({ stacks = [] }: ParserStacks, penalty: number): boolean =>
  penalty > maxErrors * minErrorPenalty ||
  stacks.some(
    ({ stack, buffer, bufferBase }) => stack.length > 3 * maxOpenNodes || bufferBase + buffer.length > 4 * maxNodes,
  );

export const getRange = ({ from, to }: SyntaxNode): Range => ({ start: from, end: to });

/** The child nodes without those that the parser inserts for errors. */
export function getChildren(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.type.isError) children.push(child);
  }
  return children;
}
