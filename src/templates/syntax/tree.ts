import { type Parser, type PartialParse, type SyntaxNode, type Tree, TreeFragment } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import type { Range } from '../model.ts';

/** A text and its syntax tree. */
export interface ParsedText {
  readonly text: string;
  readonly tree: Tree;
}

/** Milliseconds of parsing between two yields. */
const maxMsPerYield = 0.5;

/**
 * Steps of the parser, or characters read by one of them, after which the time is checked. To check it after each step would
 * take a twelfth of the time. But steps differ: a single one reads a whole text in quotes.
 */
const [stepsPerClock, charactersPerClock] = [8, 500];

/**
 * Steps of the parser, or nodes, after which it builds a tree of what it has read, and goes on from that tree. It builds a
 * tree at once: that of a whole large text would hold the event loop for too long. But to go on takes some time, above all
 * while the code is not optimized yet. So a text of 100 KB has one tree.
 */
const stepsPerTree = 60_000;
export const nodesPerTree = 40_000;

/** Steps that lead to a tree that is built in a short time. The parser builds a larger one in a turn of its own. */
const stepsOfSmallTree = 2_000;

/** Steps after which the parser begins a new buffer of nodes. To enlarge that of a large tree takes long. */
const stepsPerBuffer = 1_000;

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
  let [end, penalty] = [0, 0];
  for (;;) {
    const parse = parser.startParse(text, known);
    const { tree, isLast, ...part } = yield* parsePart(parse, text.length, end, penalty);
    if (isLast) return { text, tree };
    penalty += part.penalty;
    known = TreeFragment.addTree(tree, known, true);
    end = tree.length;
  }
}

/** Parses what is after `end`, up to which the text was read before. `penalty` is that of the errors before. */
function* parsePart(
  parse: PartialParse & ParserStacks,
  length: number,
  end: number,
  penalty: number,
): SlicedWork<ParsedPart> {
  let repeated = 0;
  let commentChecks = 0;
  let own = 0;
  let isLast = false;
  let position = 0;
  let start = performance.now();
  for (let step = 1; ; step++) {
    const tree = parse.advance();
    if (tree) return { tree, isLast: isLast || parse.stoppedAt === null, penalty: own };
    const last = position;
    position = parse.parsedPos;
    if (position >= length && last < length && step > stepsOfSmallTree) yield 'new turn';
    const isLong = position > last + charactersPerClock;
    if ((isLong || step % stepsPerClock === 0) && performance.now() - start > maxMsPerYield) {
      yield;
      start = performance.now();
    }
    if (parse.stoppedAt !== null) continue;
    if (position <= end) repeated = step;
    if (step % stepsPerCheck !== 0) continue;
    const { stacks = [] } = parse;
    if (step % stepsPerBuffer === 0) parse.stacks = stacks.map((stack) => stack.split());
    own = Math.max(0, ...stacks.map(({ score }) => -score));
    if (stacks.some(isInComments)) commentChecks++;
    isLast = isHopeless(parse, penalty + own) || commentChecks > maxCommentChecks;
    const isLarge = step > repeated + stepsPerTree || stacks.some((stack) => countNodes(stack) > nodesPerTree);
    // A text that is a single long line or is full of errors has no subtrees to go on from: it is read to its end.
    const isComplete = (isLarge || commentChecks > commentChecksPerTree) && repeated < maxRepeatedSteps;
    if (!isComplete && !isLast) continue;
    parse.stopAt(position);
    yield 'new turn';
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
  stacks?: readonly ParserStack[];
}

interface ParserStack {
  /** Three numbers for each open node. */
  readonly stack: readonly number[];
  /** Each error lowers it. */
  readonly score: number;
  readonly pos: number;
  /** The end of what is part of a node that is open or complete. Comments follow. */
  readonly reducePos: number;
  /** Four numbers for each node that is complete, after those of the stack that this one continues. */
  readonly buffer: readonly number[];
  readonly bufferBase: number;
  /** Returns a stack that continues this one. */
  split(): ParserStack;
}

const stepsPerCheck = 100;
const maxOpenNodes = 400;
/** Nodes in a part of a text that could not be divided, more than in any of minified code. */
const maxNodes = 44_000;
const maxErrors = 2_000;
/** What an error takes at least from the score. */
const minErrorPenalty = 100;

/** Whether a text has too many nodes or errors to be a template. The parser copies and enlarges them again and again. */
const isHopeless = ({ stacks = [] }: ParserStacks, penalty: number): boolean =>
  penalty > maxErrors * minErrorPenalty ||
  stacks.some((stack) => stack.stack.length > 3 * maxOpenNodes || countNodes(stack) > maxNodes);

/** Checks among comments of a few characters. Their tree is built slowly, so that it is smaller. */
const [commentChecksPerTree, maxCommentChecks] = [50, 60];
const [commentsInRow, maxCommentsLength] = [50, 1_000];

/** Whether only short comments were read of late. */
function isInComments({ buffer, pos, reducePos }: ParserStack): boolean {
  const start = buffer.at(1 - 4 * commentsInRow) ?? 0;
  return start >= reducePos && start > pos - maxCommentsLength && buffer.length >= 4 * commentsInRow;
}

const countNodes = ({ buffer, bufferBase }: ParserStack): number => (bufferBase + buffer.length) / 4;

export const getRange = ({ from, to }: SyntaxNode): Range => ({ start: from, end: to });

/** The child nodes without those that the parser inserts for errors. */
export function getChildren(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!child.type.isError) children.push(child);
  }
  return children;
}
