import { type NodeSet, type Parser, type PartialParse, type SyntaxNode, type Tree, TreeFragment } from '@lezer/common';
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
const maxRepeatedSteps = 10_000;

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
  let commentCost = 0;
  let chainChecks = 0;
  let own = 0;
  let isLast = false;
  let position = 0;
  let start = performance.now();
  for (let step = 1; ; step++) {
    const tree = parse.advance();
    if (tree) return { tree, isLast: isLast || parse.stoppedAt === null, penalty: own };
    const last = position;
    position = parse.parsedPos;
    if (position >= length && last < length && step > stepsOfSmallTree) yield 'newTurn';
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
    commentCost += Math.max(0, ...stacks.map(measureComments));
    chainChecks = stacks.some(isInChain) ? chainChecks + 1 : 0;
    isLast = isHopeless(parse, penalty + own) || commentCost > maxCommentCost;
    const isLarge =
      step > repeated + stepsPerTree ||
      commentCost > commentCostPerTree ||
      chainChecks > chainChecksPerTree ||
      stacks.some((stack) => countNodes(stack) > nodesPerTree);
    // A text that is a single long line or is full of errors has no subtrees to go on from: it is read to its end.
    const isComplete = isLarge && step > repeated && repeated < maxRepeatedSteps;
    if (!isComplete && !isLast) continue;
    parse.stopAt(position);
    yield 'newTurn';
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
  readonly p: { readonly parser: { readonly nodeSet: NodeSet } };
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

/**
 * What comments in a row may cost, see `measureComments`: a tree is built from thousands of a few characters, or from tens
 * of thousands of half a line.
 */
const [commentCostPerTree, maxCommentCost] = [20_000, 25_000];
/** Characters of nodes that the parser compares with each other when it builds a tree, and what a node costs besides. */
const [maxComparedLength, commentBaseCost] = [1_024, 50];

/**
 * What comments in a row before a position cost when the tree is built: the parser compares each with those before it. 0 if
 * there are only a few.
 */
function measureComments({ buffer, pos, reducePos }: ParserStack): number {
  const first = Math.max(reducePos, pos - maxComparedLength);
  let count = 0;
  for (let at = buffer.length - 4; at >= 0 && isNode(buffer, at) && (buffer[at + 1] ?? 0) >= first; at -= 4) count++;
  return count < 10 ? 0 : count + commentBaseCost;
}

/** Checks in a row within a chain of operators. Its tree is deep, and is built by as many calls within each other. */
const chainChecksPerTree = 20;
const minChainNodes = 1_500;

/** Whether what was read last is a complete node that is large. Within a chain such as `a + b + c` it always is. */
const isInChain = ({ buffer, p }: ParserStack): boolean =>
  [4, 8, 12, 16].some((back) => {
    const at = buffer.length - back;
    return (buffer[at + 3] ?? 0) > 4 * minChainNodes && !p.parser.nodeSet.types[buffer[at] ?? 0]?.isAnonymous;
  });

/** Whether there is a node at an index of a buffer. What else the parser writes there has a negative size. */
const isNode = (buffer: readonly number[], at: number): boolean => (buffer[at + 3] ?? 0) >= 0;

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
