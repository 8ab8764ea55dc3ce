import type { SyntaxNode, Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import { memoize, once } from '../memoize.ts';
import type { Range } from '../model.ts';
import { getText, isText, readWords, type Word } from '../syntax/shell.ts';
import type { Assignment } from './assignments.ts';
import { Block } from './blocks.ts';
import { FunctionEffects } from './functionEffects.ts';
import { type CommandPoint, readScriptNames, type ScriptNames } from './scriptNames.ts';
import { contains, selectAssignments } from './selectAssignments.ts';

/** The number of words that are read of a call: more than the nine numbered arguments. */
const maxCallWords = 30;

/** More assignments than an evaluation takes. */
const maxLinked = 500;

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

/** Something that may have assigned any variable. */
const anyChange: Assignment = { ...unknownAssignment, kind: 'change' };

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
  /** The scripts that execute this one, once they have been read. */
  readonly getCallers?: () => readonly LinkedScript[];
  /** Whether one of them passes arguments to this one. */
  readonly hasArguments?: boolean;
}

/** What other scripts and functions assign, by a placeholder assignment at the command that executes them. */
type LinkedAssignments = ReadonlyMap<Assignment, readonly LinkedAssignment[]>;

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

  /** Whether another script executes this one with arguments. */
  get hasArguments(): boolean {
    return this.#session.hasArguments ?? false;
  }

  /** The words of the command around an offset. */
  findCommand(at: number, maxWords?: number): readonly Word[] | undefined {
    const node = this.#findCommandNode(at);
    return node && readWords(node, this.#text, maxWords);
  }

  /** The end of the command around an offset. */
  findCommandEnd(at: number): number {
    return this.#findCommandNode(at)?.to ?? at;
  }

  #findCommandNode(at: number): SyntaxNode | undefined {
    let node = this.#tree.resolveInner(at, 1);
    while (node.name !== 'Command' && node.parent !== null) node = node.parent;
    return node.name === 'Command' ? node : undefined;
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
      if (!script.#mayAssign(name)) continue;
      const found = script.#toLinked(name, script.#select(name, at, script === this ? block : undefined));
      if (found.length > 0) return found;
    }
    const passed = (this.#session.getCallers?.() ?? []).map((caller) => caller.script.findAssignments(name, caller.at));
    const isUnset = passed.some((found) => found.length === 0) && passed.some((found) => found.length > 0);
    return [...passed.flat(), ...(isUnset ? [{ script: this, assignment: unknownAssignment }] : [])];
  }

  /** A cheap check that skips most scripts before one. */
  #mayAssign(name: string): boolean {
    const { assignments, changes } = this.#names;
    return assignments.has(name) || changes.length > 0 || (this.#session.sourced ?? []).length > 0;
  }

  #select(name: string, at: number, block?: Block): readonly Assignment[] {
    const selected = selectAssignments(this.#findAll(name).all, name, at, block);
    return selected.filter(({ command }) => command === undefined || this.#getFunctionNames().has(command));
  }

  readonly #getFunctionNames = once(() => new Set(this.#names.functions.map((each) => each.name)));

  #toLinked(name: string, assignments: readonly Assignment[]): readonly LinkedAssignment[] {
    const { linked } = this.#findAll(name);
    const found = new Set<LinkedAssignment>();
    for (const assignment of assignments) {
      for (const each of linked.get(assignment) ?? [{ script: this, assignment }]) found.add(each);
      if (found.size > maxLinked) break;
    }
    return [...found];
  }

  /** What may assign a variable, in the order of the text. */
  readonly #findAll = memoize((name: string): { all: readonly Assignment[]; linked: LinkedAssignments } => {
    const linked = new Map([...this.#findSourced(name), ...this.#findCalled(name)]);
    if (linked.size > maxLinked) return { all: [anyChange], linked: new Map() };
    const all = [...this.#findOwn(name), ...linked.keys()];
    return { all: all.sort(byStart), linked };
  });

  #findOwn(name: string): readonly Assignment[] {
    return [...(this.#names.assignments.get(name) ?? []), ...this.#findChanges()];
  }

  /** What may assign any variable, also by calls of functions. */
  readonly #findChanges = once((): readonly Assignment[] => {
    const called = [...this.#findChanging().entries].flatMap(([name]) => this.#names.commands.get(name) ?? []);
    const calls = called.map((call): Assignment => ({ ...anyChange, ...call, isCertain: false }));
    return [...this.#names.changes, ...calls].sort(byStart);
  });

  /** The functions that may assign any variable, here and in the scripts that this one executes. */
  readonly #findChanging = once((): FunctionEffects<Assignment> => {
    const effects = new FunctionEffects('', anyChange);
    for (const { script } of this.#session.sourced ?? []) effects.addAll(script.#findChanging());
    for (const { around } of this.#names.changes) effects.addIn(around, [anyChange]);
    effects.follow(this.#names.commands);
    return effects;
  });

  /** What the scripts assign that this one executes. */
  readonly #findSourced = memoize((name: string): LinkedAssignments => {
    const assigned = new Map<Assignment, readonly LinkedAssignment[]>();
    for (const { paths, ...point } of this.#names.sources) {
      const scripts = (this.#session.sourced ?? []).filter(({ at }) => at === point.start);
      const results = scripts.map(({ script }) => script.#findResult(name));
      const found = results.flatMap((result) => result.found);
      if (found.length === 0) continue;
      const isCertain = point.isCertain && paths.length === 1 && results.every((result) => result.isCertain);
      assigned.set({ ...unknownAssignment, ...point, isCertain }, found);
    }
    return assigned;
  });

  /** What the whole script may assign, and whether it always does: a `return` may end it before. */
  #findResult(name: string): { found: readonly LinkedAssignment[]; isCertain: boolean } {
    const returns = (this.#names.commands.get('return') ?? []).filter(({ around }) => around.function === undefined);
    const selected = [...returns.map(({ start }) => start), scriptEnd].map((end) => this.#select(name, end));
    const found = this.#toLinked(name, [...new Set(selected.flat())]);
    const isCertain = selected.every(([first]) => first?.isCertain && first.around.parent === undefined);
    return { found, isCertain };
  }

  /** What functions assign that this script calls. */
  #findCalled(name: string): LinkedAssignments {
    const assigned = new Map<Assignment, readonly LinkedAssignment[]>();
    for (const [called, found] of this.#findEffects(name).entries) {
      const linked = [...found];
      for (const point of this.#names.commands.get(called) ?? []) {
        assigned.set({ ...unknownAssignment, ...point, isCertain: false }, linked);
        if (assigned.size > maxLinked) return assigned;
      }
    }
    return assigned;
  }

  /** What the functions of this script and of those that it executes assign. */
  readonly #findEffects = memoize((name: string): FunctionEffects<LinkedAssignment> => {
    const effects = new FunctionEffects<LinkedAssignment>(name, { script: this, assignment: anyChange });
    for (const { script } of this.#session.sourced ?? []) effects.addAll(script.#findEffects(name));
    for (const assignment of this.#names.assignments.get(name) ?? [])
      if (assignment.command === undefined) effects.addIn(assignment.around, [{ script: this, assignment }]);
    for (const [{ around }, found] of this.#findSourced(name)) effects.addIn(around, found);
    effects.follow(this.#names.commands);
    return effects;
  });

  /** Whether the numbered arguments at an offset were replaced: `set -- …`. */
  hasReplacedArguments(at: number): boolean {
    return this.#findArgumentCommands('set', at).some(({ start }) => {
      const words = this.findCommand(start, maxCallWords) ?? [];
      const first = words.findIndex((word) => isText(word, 'set')) + 1;
      const dashes = words.findIndex((word) => isText(word, '--'));
      const isOption = /^[-+]/.test(getText(words[first]) ?? '');
      return dashes < 0 ? first < words.length && !isOption : dashes + 1 < words.length;
    });
  }

  /** How many arguments of a function were removed before an offset. Undefined if that is unknown. */
  countShifts(block: Block, at: number): number | undefined {
    let count = 0;
    for (const { start, around, isCertain } of this.#findArgumentCommands('shift', at)) {
      const words = this.findCommand(start, maxCallWords) ?? [];
      const operand = words[words.findIndex((word) => isText(word, 'shift')) + 1];
      if (!isCertain || around !== block || (operand && getText(operand) === undefined)) return undefined;
      const written = getText(operand) ?? '';
      count += /^\d$/.test(written) ? Number(written) : 1;
    }
    return count;
  }

  /** The commands that are executed before an offset in the same function, or in a loop around it. */
  #findArgumentCommands(name: string, at: number): readonly CommandPoint[] {
    const block = this.findFunction(at);
    return (this.#names.commands.get(name) ?? []).filter(
      ({ start, around }) =>
        around.function === block && (start < at || (around.loop !== undefined && contains(around.loop, at))),
    );
  }

  /** The calls of a function, here and in the scripts that execute this one. */
  readonly findCalls = memoize((name: string): readonly ScriptCall[] => [
    ...(this.#names.commands.get(name) ?? []).map(({ start }) => {
      const words = this.findCommand(start, maxCallWords) ?? [];
      return { script: this, words: words.slice(words.findIndex((word) => getText(word) === name)) };
    }),
    ...(this.#session.getCallers?.() ?? []).flatMap(({ script }) => script.findCalls(name)),
  ]);
}

const byStart = (a: Range, b: Range): number => a.start - b.start;

/** Reads the script in a range of a text. */
export function* readScript(text: string, tree: Tree, range: Range, session: Session = {}): SlicedWork<Script> {
  return new Script(text, tree, yield* readScriptNames(text, tree, range), session);
}
