import { type Parser, TreeFragment } from '@lezer/common';
import type { Work } from '../timeSlicing.ts';
import { type ParsedText, parseText } from './tree.ts';

/** A document's last text and tree. An edited text is parsed from them, so that unchanged subtrees are kept. */
export class SyntaxDocument {
  #last: { readonly parsed: ParsedText; readonly parser: Parser } | undefined;
  /** Documents that are embedded in this one. */
  #children = new Map<string, SyntaxDocument>();
  #nextChildren = new Map<string, SyntaxDocument>();

  *parse(parser: Parser, text: string): Work<ParsedText> {
    const last = this.#last?.parser === parser ? this.#last.parsed : undefined;
    const parsed =
      last?.text === text
        ? { text, tree: last.tree }
        : yield* parseText(parser, text, last && findFragments(last, text));
    this.#last = { parsed, parser };
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

/** The parts of a parsed text that another text contains before and after the change. */
function findFragments({ text, tree }: ParsedText, changed: string): readonly TreeFragment[] {
  const shorter = Math.min(text.length, changed.length);
  const start = countEqual(shorter, (at, size) => [text.slice(at, at + size), changed.slice(at, at + size)]);
  const sliceEnd = (whole: string, at: number, size: number) =>
    whole.slice(whole.length - at - size, whole.length - at);
  const end = countEqual(shorter - start, (at, size) => [sliceEnd(text, at, size), sliceEnd(changed, at, size)]);
  const change = { fromA: start, toA: text.length - end, fromB: start, toB: changed.length - end };
  return TreeFragment.applyChanges(TreeFragment.addTree(tree), [change]);
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
const maxDocuments = 400;

/** The syntax of a file. What was read from unchanged parts of its last text is reused. */
export function getSyntaxDocument(path: string): SyntaxDocument {
  const document = documents.get(path) ?? new SyntaxDocument();
  documents.delete(path);
  documents.set(path, document);
  if (documents.size > maxDocuments) documents.delete(documents.keys().next().value ?? '');
  return document;
}
