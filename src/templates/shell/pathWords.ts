import { once } from '../memoize.ts';
import { OPEN } from '../values.ts';

/** Characters of a word. Longer ones are no paths. */
const maxLength = 300;

/** Possible values of a word. */
const maxValues = 16;

/** Words that are read for one, which may contain variables of variables. */
const maxWords = 50;

/** A variable in a word. */
interface PathVariable {
  readonly name: string;
  readonly fallback: string | undefined;
}

interface PathWord {
  readonly parts: readonly (string | PathVariable)[];
  readonly end: number;
}

/** The possible values of a word, with `OPEN` for each unknown part, and its end. */
export interface PathValues {
  readonly values: readonly string[];
  readonly end: number;
}

/**
 * Reads the words of a script that are paths, without its syntax tree, as links are searched in all scripts of a project.
 * A variable may have each value that the script assigns to it anywhere.
 */
export class PathWords {
  readonly #text: string;
  #left = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads the word after spaces at an offset. */
  read(at: number): PathValues {
    this.#left = maxWords;
    const word = readWord(this.#text, skipSpaces(this.#text, at));
    return { values: this.#evaluate(word, []), end: word.end };
  }

  /** Whether a sticky pattern matches at an offset. */
  isFollowedBy(pattern: RegExp, at: number): boolean {
    pattern.lastIndex = at;
    return pattern.test(this.#text);
  }

  /** `active` are the variables that are being evaluated. */
  #evaluate({ parts }: PathWord, active: readonly string[]): readonly string[] {
    let values: readonly string[] = [''];
    for (const part of parts) {
      const next = typeof part === 'string' ? [part] : this.#evaluateVariable(part, active);
      values = values.flatMap((value) => next.map((each) => value + each));
      if (values.length > maxValues) return [OPEN];
    }
    return values;
  }

  #evaluateVariable({ name, fallback }: PathVariable, active: readonly string[]): readonly string[] {
    const assigned = active.includes(name) ? undefined : this.#findAssigned().get(name);
    if (assigned === undefined) return [fallback ?? (name === 'HOME' ? '~' : OPEN)];
    return assigned.flatMap((value) =>
      this.#readAssigned(value).flatMap((word) => this.#evaluate(word, [...active, name])),
    );
  }

  /** The value of an assignment, or those of a loop. */
  #readAssigned({ start, kind }: AssignedWords): readonly PathWord[] {
    const words: PathWord[] = [];
    for (let at = start; ; ) {
      if (kind === 'appended' || this.#left-- <= 0) return [{ parts: [OPEN], end: at }];
      const word = readWord(this.#text, at);
      if (kind === 'loop' && word.end === at) return words;
      words.push(word);
      if (kind === 'value') return words;
      at = skipSpaces(this.#text, word.end);
    }
  }

  /** The values of variables. */
  readonly #findAssigned = once(() => {
    const assigned = new Map<string, AssignedWords[]>();
    for (const { 0: written, 1: variable, 2: appended, 3: loop, index } of this.#text.matchAll(assignment)) {
      const name = variable ?? loop ?? '';
      const kind = loop === undefined ? (appended === '+' ? 'appended' : 'value') : 'loop';
      const values = assigned.get(name) ?? [];
      if (values.length <= maxValues) values.push({ start: index + written.length, kind });
      assigned.set(name, values);
    }
    return assigned;
  });
}

/** What is assigned to a variable. */
interface AssignedWords {
  readonly start: number;
  readonly kind: 'value' | 'appended' | 'loop';
}

/** Matches what is before the value of a variable, or before those of a loop. */
const assignment = /(?<![\w$-])(?:([A-Za-z_]\w*)(\+?)=|for[ \t]+(\w+)[ \t]+in[ \t]+)/g;

const spaces = /(?:[ \t]|\\\r?\n)*/y;

function skipSpaces(text: string, at: number): number {
  spaces.lastIndex = at;
  return at + (spaces.exec(text)?.[0].length ?? 0);
}

/** Matches a piece of a word: a text in quotes, an escape, a variable with or without a default, or characters. */
const unquotedPiece =
  /'([^']*)'|\\([^\n])|\$(\w+)|\$\{(\w+)(?::?[-=]([^}$`"']*))?\}|\$\{[^}]*\}|([^\s'"\\$`;&|()<>]+)/y;

const quotedPiece = /(?!)()|\\([^\n])|\$(\w+)|\$\{(\w+)(?::?[-=]([^}$`"']*))?\}|\$\{[^}]*\}|([^"\\$`]+)/y;

/** Matches characters that the shell expands to file names or to several words. */
const expanded = /[*?[\]{}]/;

function readWord(text: string, start: number): PathWord {
  const parts: (string | PathVariable)[] = [];
  const last = Math.min(text.length, start + maxLength);
  let isQuoted = false;
  let at = start;
  while (at < last) {
    if (text[at] === '"') {
      isQuoted = !isQuoted;
      at++;
      continue;
    }
    const end = findSubstitutionEnd(text, at, last);
    if (end > at) {
      parts.push(OPEN);
      at = end;
      continue;
    }
    const pattern = isQuoted ? quotedPiece : unquotedPiece;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) break;
    const [written, quoted, escaped, variable, parameter, fallback, plain] = match;
    const name = variable ?? parameter;
    if (name !== undefined) parts.push({ name, fallback });
    else parts.push(plain === undefined ? (quoted ?? escaped ?? OPEN) : expanded.test(plain) ? OPEN : plain);
    at += written.length;
  }
  // An array, or a word that is too long.
  if ((at === start && text[at] === '(') || at === start + maxLength) parts.push(OPEN);
  return { parts, end: at };
}

/** The end of what a command prints, `$(…)`, at an offset. The offset itself if there is none. */
function findSubstitutionEnd(text: string, start: number, last: number): number {
  if (text[start] === '`') return Math.min(last, text.indexOf('`', start + 1) + 1 || last);
  if (!text.startsWith('$(', start)) return start;
  let depth = 0;
  for (let at = start + 1; at < last; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return last;
}
