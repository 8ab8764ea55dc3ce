import type { Work } from '../timeSlicing.ts';

/** Characters to scan between two yields. */
const charactersPerStep = 50_000;

/** Finds the closing brackets of a JSON text in one pass, so that unused values can be skipped. */
export class JsonBrackets {
  /** The maximum depth so far. Reading stops beyond the allowed depth. */
  depth = 0;
  readonly #text: string;
  readonly #opens: number[] = [];
  /** The offset after each closing bracket, or the text's end if it is missing. */
  readonly #ends: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The end of the string, object, array or bare word that starts at `at`. */
  findEndOfValue(at: number): number {
    const code = this.#text.charCodeAt(at);
    if (code === quote) return findEndOfString(this.#text, at);
    if (code === openBrace || code === openBracket) return this.#ends[this.#findIndex(at)] ?? this.#text.length;
    bareWord.lastIndex = at;
    return bareWord.test(this.#text) ? bareWord.lastIndex : at + 1;
  }

  /** Scans the brackets of the value that starts at an offset. */
  *read(from: number, maxDepth: number): Work<void> {
    const text = this.#text;
    const opens = this.#opens;
    const ends = this.#ends;
    const open: number[] = [];
    let braces = 0;
    let pause = from + charactersPerStep;
    for (let at = from; at < text.length; at++) {
      if (at >= pause) {
        pause = at + charactersPerStep;
        yield;
      }
      const code = text.charCodeAt(at);
      if (code === quote) at = findEndOfString(text, at) - 1;
      else if (code === slash) at = Math.max(at, findEndOfComment(text, at) - 1);
      else if (code === openBrace || code === openBracket) {
        open.push(opens.length);
        if (code === openBrace) braces++;
        this.depth = Math.max(this.depth, open.length);
        if (this.depth > maxDepth) break;
        opens.push(at);
        ends.push(text.length);
      } else if (code === closeBrace || code === closeBracket) {
        // A closing bracket without an opening one is skipped. An unclosed array ends with the enclosing object.
        const isOpen = code === closeBrace ? braces > 0 : open.length > braces;
        for (let closed = !isOpen; !closed; ) {
          const index = open.pop() ?? 0;
          const isBrace = text.charCodeAt(opens[index] ?? 0) === openBrace;
          if (isBrace) braces--;
          closed = isBrace === (code === closeBrace);
          ends[index] = closed ? at + 1 : at;
        }
        if (open.length === 0) break;
      }
    }
  }

  /** The index of the bracket that opens at an offset. */
  #findIndex(at: number): number {
    let [low, high] = [0, this.#opens.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#opens[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The next offset that is neither space nor comment. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === slash) {
      const end = findEndOfComment(text, at);
      if (end === at) break;
      at = end;
    } else if (code === space || (code >= tab && code <= carriageReturn)) at++;
    else break;
  }
  return at;
}

/** The offset after a string's closing quote, or its line's end if the quote is missing. */
function findEndOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === backslash) at++;
    else if (code === lineFeed || code === carriageReturn) return at;
  }
  return text.length;
}

/** The end of the comment that starts at `at`, or `at` if there is none. */
function findEndOfComment(text: string, at: number): number {
  if (text.startsWith('//', at)) return toOffset(text, text.indexOf('\n', at));
  return text.startsWith('/*', at) ? toOffset(text, text.indexOf('*/', at + 2), 2) : at;
}

const toOffset = (text: string, index: number, length = 0): number => (index < 0 ? text.length : index + length);

const bareWord = /[^\s{}[\]":,/]+/y;

const [tab, lineFeed, carriageReturn, space, quote, slash, backslash] = [9, 10, 13, 32, 34, 47, 92];
const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125];
