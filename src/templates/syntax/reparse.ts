import { type Parser, type Tree, TreeFragment } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import { findFirstError } from './errors.ts';
import { type ParsedText, parseText } from './tree.ts';

/** A document's last text and tree. An edited text is parsed from them, so that unchanged subtrees are kept. */
export class SyntaxDocument {
  #last: { readonly parsed: ParsedText; readonly parser: Parser } | undefined;
  /** Documents that are embedded in this one. */
  #children = new Map<string, SyntaxDocument>();
  #nextChildren = new Map<string, SyntaxDocument>();

  *parse(parser: Parser, text: string): SlicedWork<ParsedText> {
    // The caller has prepared the text, which takes some time where it is large.
    yield;
    const last = this.#last?.parser === parser ? this.#last.parsed : undefined;
    const parsed =
      last?.text === text
        ? { text, tree: last.tree }
        : yield* last === undefined ? parseText(parser, text) : parseChanged(parser, text, last);
    this.#last = { parsed, parser };
    yield;
    return parsed;
  }

  /** The embedded document with a key. */
  getChild(key: string): SyntaxDocument {
    const child = this.#nextChildren.get(key) ?? this.#children.get(key) ?? new SyntaxDocument();
    this.#nextChildren.set(key, child);
    return child;
  }

  /** Forgets the embedded documents that were not used since the last call. */
  dropUnusedChildren(): void {
    this.#children = this.#nextChildren;
    this.#nextChildren = new Map();
  }
}

/**
 * Parses an edited text so that the result is that of a new document. The parser recovers from errors in another way if
 * it goes on from subtrees. So the text after an error is always read anew. Where a subtree ends, the token after it has
 * decided. So the last token before the change is read again, however many comments are between.
 */
function* parseChanged(parser: Parser, text: string, last: ParsedText): SlicedWork<ParsedText> {
  const { start, end, lastEnd } = findChange(last.text, text);
  const lastError = findFirstError(last.tree);
  const safe = Math.min(findTokenEnd(last.tree, start), Math.max(0, lastError - errorContext));
  const before = new TreeFragment(0, safe, last.tree, 0, false, true);
  if (lastError === Number.POSITIVE_INFINITY) {
    const after = new TreeFragment(end, text.length, last.tree, lastEnd - end, true);
    const parsed = yield* parseText(parser, text, [before, after]);
    if (findFirstError(parsed.tree) === Number.POSITIVE_INFINITY) return parsed;
  }
  return yield* parseText(parser, text, [before]);
}

/** More comments in a row than this are read again with all that is before them. */
const maxComments = 500;

/** The end of the last token before a position, apart from comments. 0 if there is none. */
function findTokenEnd(tree: Tree, position: number): number {
  let end = position;
  for (let comments = 0; end > 0 && comments < maxComments; ) {
    const node = tree.resolveInner(end, -1);
    const before = node.childBefore(end);
    const isComment = node.name.endsWith('Comment');
    if (before === null && !isComment && node.from < end && node.firstChild === null) return end;
    if (isComment) comments++;
    end = before?.to ?? node.from;
  }
  return 0;
}

/** Characters before an error that may be read in another way because of it. */
const errorContext = 500;

/** The part of a text that is not in the last one. `lastEnd` is its end there. */
function findChange(last: string, text: string): { start: number; end: number; lastEnd: number } {
  const shorter = Math.min(last.length, text.length);
  const start = countEqual(shorter, (at, size) => [last.slice(at, at + size), text.slice(at, at + size)]);
  const sliceEnd = (whole: string, at: number, size: number) =>
    whole.slice(whole.length - at - size, whole.length - at);
  const end = countEqual(shorter - start, (at, size) => [sliceEnd(last, at, size), sliceEnd(text, at, size)]);
  return { start, end: text.length - end, lastEnd: last.length - end };
}

/** Counts equal characters from one end of two texts, in blocks that get smaller where the texts differ. */
function countEqual(length: number, slice: (at: number, size: number) => [string, string]): number {
  let count = 0;
  for (let size = 4_096; size > 0; size = Math.floor(size / 8)) {
    while (count < length) {
      const [left, right] = slice(count, Math.min(size, length - count));
      if (left !== right) break;
      count += left.length;
    }
  }
  return count;
}

/** The documents that are parsed again, least recently used first. */
const documents = new Map<string, SyntaxDocument>();
const minDocuments = 400;
let maxDocuments = minDocuments;

/** Makes room for as many files as are read together, beside others. */
export function reserveDocuments(count: number): void {
  maxDocuments = Math.max(maxDocuments, minDocuments + count);
}

/** The syntax of a file. What was read from unchanged parts of its last text is reused. */
export function getSyntaxDocument(path: string): SyntaxDocument {
  const document = documents.get(path) ?? new SyntaxDocument();
  documents.delete(path);
  documents.set(path, document);
  if (documents.size > maxDocuments) documents.delete(documents.keys().next().value ?? '');
  return document;
}
