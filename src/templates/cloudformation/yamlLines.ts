import type { Work } from '../timeSlicing.ts';

/** Lines to process between two yields. */
export const linesPerStep = 2_000;

/** Finds the start and indentation of each line. */
export function* splitLines(text: string): Work<YamlLines> {
  let starts = new Int32Array(1024);
  let indents = new Int32Array(1024);
  let count = 0;
  for (let start = 0; start <= text.length; start = findNextLine(text, start)) {
    if (count % linesPerStep === 0) yield;
    if (count === starts.length) [starts, indents] = [grow(starts), grow(indents)];
    starts[count] = start;
    indents[count++] = measureIndent(text, start);
  }
  return new YamlLines(text, starts.subarray(0, count), indents.subarray(0, count));
}

/** The starts and indentations of a text's lines, which define YAML's block structure. */
export class YamlLines {
  readonly text: string;
  readonly count: number;
  readonly #starts: Int32Array;
  readonly #indents: Int32Array;
  #last = 0;

  constructor(text: string, starts: Int32Array, indents: Int32Array) {
    this.text = text;
    this.count = starts.length;
    this.#starts = starts;
    this.#indents = indents;
  }

  /** The start of a line. The text's end for lines beyond the last. */
  start(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** Spaces before a line's content; `blank` for an empty line and for a comment. */
  indent(line: number): number {
    return this.#indents[line] ?? blank;
  }

  /** The line of an offset. Usually at or shortly after the previous result. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.count - 1;
    if (this.start(this.#last) <= offset) {
      low = this.#last;
      if (offset < this.start(low + searchWindow)) high = Math.min(high, low + searchWindow);
    }
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low;
  }

  /** The start of a line's content. Undefined if it has none. */
  content(line: number): number | undefined {
    const indent = this.indent(line);
    return indent === blank ? undefined : this.start(line) + indent;
  }

  /** The end of the last line before `to` that has content. */
  endOfContent(from: number, to: number): number {
    let line = this.lineAt(Math.max(from, to - 1));
    while (this.start(line) > from && this.indent(line) === blank) line--;
    let end = Math.min(to, this.start(line + 1));
    while (end > from && isSpace(this.text.charCodeAt(end - 1))) end--;
    return end;
  }

  /** The next offset that is neither space nor comment. */
  skipSpace(from: number, to: number): number {
    let at = from;
    while (at < to) {
      const code = this.text.charCodeAt(at);
      if (isSpace(code)) at++;
      else if (code === hash && (at === 0 || isSpace(this.text.charCodeAt(at - 1))))
        at = this.start(this.lineAt(at) + 1);
      else break;
    }
    return Math.min(at, to);
  }
}

export const blank = -1;
const searchWindow = 8;
const hash = 35;

export const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

/** The start of the next line, beyond the text's end for the last line. */
function findNextLine(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) break;
  }
  return at + 1;
}

function grow(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function measureIndent(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) at++;
  const code = text.charCodeAt(at);
  return at >= text.length || code === hash || isSpace(code) ? blank : at - start;
}
