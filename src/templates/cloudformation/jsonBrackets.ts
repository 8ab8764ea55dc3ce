import type { Work } from '../timeSlicing.ts';

/** Characters that are read at a stretch. */
const stretch = 50_000;

/** Where the brackets of a JSON text close: one pass over the text, so that what nobody asks for can be skipped. */
export class JsonBrackets {
  /** How deep the brackets go; reading stops beyond the deepest that is allowed. */
  depth = 0;
  readonly #text: string;
  readonly #opens: number[] = [];
  /** Behind the bracket that closes each; the text's end, where none does. */
  readonly #ends: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The end of the value that begins here: a string, an object, an array, or a bare word. */
  endOfValue(at: number): number {
    const code = this.#text.charCodeAt(at);
    if (code === quote) return endOfString(this.#text, at);
    if (code === openBrace || code === openBracket) return this.#ends[this.#indexOf(at)] ?? this.#text.length;
    bareWord.lastIndex = at;
    return bareWord.test(this.#text) ? bareWord.lastIndex : at + 1;
  }

  /** Reads the brackets of the value that begins at an offset. */
  *read(from: number, deepest: number): Work<void> {
    const text = this.#text;
    const opens = this.#opens;
    const ends = this.#ends;
    const open: number[] = [];
    let braces = 0;
    let pause = from + stretch;
    for (let at = from; at < text.length; at++) {
      if (at >= pause) {
        pause = at + stretch;
        yield;
      }
      const code = text.charCodeAt(at);
      if (code === quote) at = endOfString(text, at) - 1;
      else if (code === slash) at = Math.max(at, endOfComment(text, at) - 1);
      else if (code === openBrace || code === openBracket) {
        open.push(opens.length);
        if (code === openBrace) braces++;
        this.depth = Math.max(this.depth, open.length);
        if (this.depth > deepest) break;
        opens.push(at);
        ends.push(text.length);
      } else if (code === closeBrace || code === closeBracket) {
        // What closes nothing is skipped; an array still being typed closes with the object around it.
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

  /** Which of the brackets opens here. */
  #indexOf(at: number): number {
    let [low, high] = [0, this.#opens.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#opens[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The first offset from here on that is neither space nor comment. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === slash) {
      const end = endOfComment(text, at);
      if (end === at) break;
      at = end;
    } else if (code === space || (code >= tab && code <= carriageReturn)) at++;
    else break;
  }
  return at;
}

/** Behind the quote that closes a string, or at its line's end, where none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === backslash) at++;
    else if (code === lineFeed || code === carriageReturn) return at;
  }
  return text.length;
}

/** The end of the comment that begins here; `at` where none does. */
function endOfComment(text: string, at: number): number {
  if (text.startsWith('//', at)) return orEnd(text, text.indexOf('\n', at));
  return text.startsWith('/*', at) ? orEnd(text, text.indexOf('*/', at + 2), 2) : at;
}

const orEnd = (text: string, found: number, length = 0): number => (found < 0 ? text.length : found + length);

const bareWord = /[^\s{}[\]":,/]+/y;

const [tab, lineFeed, carriageReturn, space, quote, slash, backslash] = [9, 10, 13, 32, 34, 47, 92];
const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125];
