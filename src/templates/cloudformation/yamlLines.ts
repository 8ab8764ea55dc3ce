/** Where the lines of a text begin, and how far each is indented: all that block style is made of. */
export class YamlLines {
  readonly text: string;
  /** Offsets of the line starts, and the text's length after the last. */
  readonly starts: readonly number[];
  /** Spaces before a line's content; `blank` for an empty line and for a comment. */
  readonly indents: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.indents = starts.map((start, line) => indentOf(text, start, starts[line + 1] ?? text.length));
    this.starts = [...starts, text.length];
  }

  /** The line an offset lies on. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.indents.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  start(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Where a line's content begins, or undefined where it has none. */
  content(line: number): number | undefined {
    const indent = this.indents[line] ?? blank;
    return indent === blank ? undefined : this.start(line) + indent;
  }

  /** The end of the last line before `to` that has content. */
  endOfContent(from: number, to: number): number {
    let line = this.lineAt(Math.max(from, to - 1));
    while (this.start(line) > from && this.indents[line] === blank) line--;
    let end = Math.min(to, this.start(line + 1));
    while (end > from && isSpace(this.text.charCodeAt(end - 1))) end--;
    return end;
  }

  /** The first offset from here on that is neither space nor comment. */
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
const hash = 35;

export const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

function indentOf(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === 32) at++;
  const code = text.charCodeAt(at);
  return at >= end || code === hash || isSpace(code) ? blank : at - start;
}
