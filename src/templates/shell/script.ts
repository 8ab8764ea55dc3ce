import type { Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import { memoize } from '../memoize.ts';
import type { Range } from '../model.ts';
import { getText, readWords, type Word } from '../syntax/shell.ts';
import { type Assignment, readScriptNames, type ScriptNames } from './assignments.ts';
import { Block } from './blocks.ts';

/** The number of words that are read of a call: more than the nine numbered arguments. */
const maxCallWords = 30;

/** The largest offset: the end of every script. */
const scriptEnd = Number.MAX_SAFE_INTEGER;

/** An assignment that may have happened elsewhere. */
const unknownAssignment: Assignment = {
  start: 0,
  end: 0,
  values: [{ start: 0, end: 0, kind: 'unknown' }],
  kind: 'value',
  keys: [],
  around: new Block(0),
  isCertain: false,
};

/** A script and where another one executes it, or where it executes another one, in the same shell. */
export interface LinkedScript {
  readonly script: Script;
  readonly at: number;
}

/** An assignment in one of several scripts. */
export interface LinkedAssignment {
  readonly script: Script;
  readonly assignment: Assignment;
}

/** The words of a call of a function, in one of several scripts. */
interface ScriptCall {
  readonly script: Script;
  readonly words: readonly Word[];
}

/** The scripts that are executed in the same shell as a script. */
export interface Session {
  /** The script before this one. */
  readonly before?: Script;
  /** The scripts that this one executes: `source ./names.sh`. */
  readonly sourced?: readonly LinkedScript[];
  /** The scripts that execute this one. */
  readonly callers?: readonly LinkedScript[];
}

/** A shell script with its commands and the assignments to its variables. */
export class Script {
  readonly #text: string;
  readonly #tree: Tree;
  readonly #names: ScriptNames;
  readonly #session: Session;

  constructor(text: string, tree: Tree, names: ScriptNames, session: Session) {
    this.#text = text;
    this.#tree = tree;
    this.#names = names;
    this.#session = session;
  }

  /** The words of the command around an offset. */
  findCommand(at: number, maxWords?: number): readonly Word[] | undefined {
    let node = this.#tree.resolveInner(at, 1);
    while (node.name !== 'Command' && node.parent !== null) node = node.parent;
    return node.name === 'Command' ? readWords(node, this.#text, maxWords) : undefined;
  }

  /** The function around an offset. */
  findFunction(at: number): Block | undefined {
    return this.#names.functions.findLast((block) => contains(block, at));
  }

  /** The assignments that may have set a variable at an offset, here or in scripts that are executed before. */
  findAssignments(name: string, at: number): readonly LinkedAssignment[] {
    const block = this.findFunction(at);
    // A loop, because a document may have thousands of scripts.
    for (let script: Script | undefined = this; script !== undefined; script = script.#session.before) {
      const own = script.#names.assignments.get(name) ?? [];
      const sourced = script.#findSourced(name);
      const all = [...own, ...sourced.keys()].sort((a, b) => a.start - b.start);
      const found = selectAssignments(all, at, script === this ? block : undefined).flatMap(
        (assignment) => sourced.get(assignment) ?? [{ script, assignment }],
      );
      if (found.length > 0) return found;
    }
    const passed = (this.#session.callers ?? []).map((caller) => caller.script.findAssignments(name, caller.at));
    const isUnset = passed.some((found) => found.length === 0) && passed.some((found) => found.length > 0);
    return [...passed.flat(), ...(isUnset ? [{ script: this, assignment: unknownAssignment }] : [])];
  }

  /** What the scripts assign that this one executes, by where it does. */
  readonly #findSourced = memoize((name: string): ReadonlyMap<Assignment, readonly LinkedAssignment[]> => {
    const sourced = new Map<Assignment, readonly LinkedAssignment[]>();
    for (const { script, at } of this.#session.sourced ?? []) {
      // What looks like a command may be a text or a here-document.
      const point = this.#names.sources.find(({ start }) => start === at);
      const found = point === undefined ? [] : script.findAssignments(name, scriptEnd);
      const [first] = found;
      if (point === undefined || first === undefined) continue;
      const isCertain = point.isCertain && first.assignment.isCertain && first.assignment.around.parent === undefined;
      sourced.set({ ...unknownAssignment, ...point, isCertain }, found);
    }
    return sourced;
  });

  /** Whether the arguments of a function have been shifted before an offset. */
  isShifted(block: Block, at: number): boolean {
    return this.#names.commands.get('shift')?.some((shift) => shift < at && contains(block, shift)) ?? false;
  }

  /** The calls of a function, here and in the scripts that execute this one. */
  readonly findCalls = memoize((name: string): readonly ScriptCall[] => [
    ...(this.#names.commands.get(name) ?? []).map((at) => {
      const words = this.findCommand(at, maxCallWords) ?? [];
      return { script: this, words: words.slice(words.findIndex((word) => getText(word) === name)) };
    }),
    ...(this.#session.callers ?? []).flatMap(({ script }) => script.findCalls(name)),
  ]);
}

const contains = ({ start, end }: Range, at: number): boolean => start <= at && at < end;

/**
 * The assignments that may have set a variable at an offset: those before it, up to one that is always executed, and
 * those in the rest of a loop. A function is called later, so that what is assigned outside of it counts wherever it is.
 */
function selectAssignments(all: readonly Assignment[], at: number, block: Block | undefined): readonly Assignment[] {
  const visible = all.filter(({ around }) => around.subshell === undefined || contains(around.subshell, at));
  const isLocal = (assignment: Assignment) => block === undefined || contains(block, assignment.start);
  const before = visible.filter((assignment) => assignment.end <= at && isLocal(assignment));
  const index = before.findLastIndex(({ isCertain, around }) => isCertain && contains(around, at));
  const last = before[index];
  const later = visible.filter((assignment) => assignment.end > at && isRepeated(assignment, at, last));
  if (last !== undefined) return [...before.slice(index), ...later];
  const outside = visible.filter((assignment) => !isLocal(assignment));
  return [...before, ...later, ...outside];
}

/** Whether an assignment may be executed again before an offset: both are in a loop that the last assignment is not in. */
function isRepeated({ around }: Assignment, at: number, last: Assignment | undefined): boolean {
  for (let { loop } = around; loop !== undefined; loop = loop.parent?.loop) {
    if (contains(loop, at) && !(last && contains(loop, last.start))) return true;
  }
  return false;
}

/** Reads the script in a range of a text. */
export function* readScript(text: string, tree: Tree, range: Range, session: Session = {}): SlicedWork<Script> {
  return new Script(text, tree, yield* readScriptNames(text, tree, range), session);
}
