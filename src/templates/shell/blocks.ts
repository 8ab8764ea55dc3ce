import type { Range } from '../model.ts';
import { getText, type Word } from '../syntax/shell.ts';

/** What a word at the start of a command does to the blocks around it. */
const reserved: ReadonlyMap<unknown, 'open' | 'close' | 'next' | 'none'> = new Map([
  ...['if', 'while', 'until', '{'].map((word) => [word, 'open'] as const),
  ...['fi', 'done', 'esac', '}'].map((word) => [word, 'close'] as const),
  ...['else', 'elif'].map((word) => [word, 'next'] as const),
  // Documentation shows the prompt. `builtin` and `command` execute what follows in the same shell.
  ...['then', 'do', '!', 'time', 'builtin', 'command', '$'].map((word) => [word, 'none'] as const),
]);

/** Commands that open a block and have arguments. */
const openers: ReadonlySet<unknown> = new Set(['for', 'select', 'case']);

const loops: ReadonlySet<unknown> = new Set(['for', 'select', 'while', 'until']);

const subshell = '(';

interface Offsets {
  readonly from: number;
  readonly to: number;
}

/** The commands of a branch, a loop or a function. */
export class Block implements Range {
  readonly start: number;
  end = Number.POSITIVE_INFINITY;
  readonly parent: Block | undefined;
  /** The name of a function. */
  readonly name: string | undefined;
  /** Whether only some of its commands are executed. */
  readonly isCase: boolean;
  /** The innermost loop: itself or around it. */
  readonly loop: Block | undefined;
  /** The innermost subshell: itself or around it. What it assigns is lost at its end. */
  readonly subshell: Block | undefined;
  /** The innermost function: itself or around it. */
  readonly function: Block | undefined;
  /** The variables that a function has for itself. */
  readonly locals = new Set<string>();

  /** `opener` is the word or the bracket that it starts with. */
  constructor(start: number, parent?: Block, name?: string, opener?: string) {
    this.start = start;
    this.parent = parent;
    this.name = name;
    this.isCase = opener === 'case';
    this.loop = loops.has(opener) ? this : parent?.loop;
    this.subshell = opener === subshell ? this : parent?.subshell;
    this.function = name === undefined ? parent?.function : this;
  }
}

/** Follows the blocks of a script from command to command. */
export class BlockTracker {
  readonly functions: Block[] = [];
  #current = new Block(0);
  #functionName: string | undefined;

  get current(): Block {
    return this.#current;
  }

  /** Remembers the name before `()`. */
  expectFunction(word: Word | undefined, { from, to }: Offsets): void {
    this.#functionName = to - from === 2 ? getText(word) : undefined;
  }

  /** The block of a single command that has a shell of its own. */
  createSubshell({ from, to }: Offsets): Block {
    const block = new Block(from, this.#current, undefined, subshell);
    block.end = to;
    return block;
  }

  /** Enters `( … )` or `$( … )`. */
  enterSubshell({ from, to }: Offsets): void {
    this.#open(from, subshell);
    this.#current.end = to;
  }

  /** Leaves the subshells that end before an offset, with all blocks in them. */
  leaveSubshells(at: number): void {
    for (let left = this.#current.subshell; left?.parent !== undefined && left.end <= at; left = this.#current.subshell)
      this.#current = left.parent;
  }

  /** Enters and leaves blocks. Returns the words of the command without those that are part of the language. */
  enterCommand(words: readonly Word[], { from }: Offsets): readonly Word[] {
    let rest = words;
    if (getText(rest[0]) === 'function') {
      this.#functionName = getText(rest[1]);
      rest = rest.slice(2);
    }
    for (;;) {
      const word = getText(rest[0]);
      const effect = reserved.get(word);
      if (effect === undefined) break;
      if (effect === 'close' || effect === 'next') this.#close(from);
      if (effect === 'open' || effect === 'next') this.#open(from, word);
      rest = rest.slice(1);
    }
    const word = getText(rest[0]);
    if (openers.has(word)) this.#open(from, word);
    this.#functionName = undefined;
    return rest;
  }

  #open(start: number, opener?: string): void {
    this.#current = new Block(start, this.#current, this.#functionName, opener);
    if (this.#functionName !== undefined) this.functions.push(this.#current);
    this.#functionName = undefined;
  }

  #close(end: number): void {
    const { parent } = this.#current;
    if (parent === undefined || this.#current.subshell === this.#current) return;
    this.#current.end = end;
    this.#current = parent;
  }
}
