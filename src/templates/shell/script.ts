import type { Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import { type Environment, evaluate } from '../expressions/evaluate.ts';
import type { Expression } from '../expressions/expression.ts';
import { memoize } from '../memoize.ts';
import type { Range } from '../model.ts';
import { getText, readWords, type Word } from '../syntax/shell.ts';
import { toUniqueValues, type Values } from '../values.ts';
import { type Assignment, readScriptNames, type ScriptNames } from './assignments.ts';
import type { Block } from './blocks.ts';

/** Evaluation steps for one name. */
const maxSteps = 500;

/** A shell script with the values of its variables. */
export class Script {
  readonly #text: string;
  readonly #tree: Tree;
  readonly #names: ScriptNames;
  /** The script before this one, in the same session. */
  readonly #before: Script | undefined;

  constructor(text: string, tree: Tree, names: ScriptNames, before: Script | undefined) {
    this.#text = text;
    this.#tree = tree;
    this.#names = names;
    this.#before = before;
  }

  /** The words of the command around an offset. */
  findCommand(at: number): readonly Word[] | undefined {
    let node = this.#tree.resolveInner(at, 1);
    while (node.name !== 'Command' && node.parent !== null) node = node.parent;
    return node.name === 'Command' ? readWords(node, this.#text) : undefined;
  }

  /** The possible values of a word. */
  evaluate(word: Expression): { values: Values; budget: Environment['budget'] } {
    const budget = { left: maxSteps, depth: 0 };
    const environment: Environment = {
      language: 'shell',
      variables: new Map(),
      resolve: ([name = ''], inner, at) => {
        const values = this.#findValues(name, at);
        if (values.length === 0) return undefined;
        return { values: toUniqueValues(values.flatMap((value) => evaluate(value, inner))), length: 1 };
      },
      call: () => undefined,
      budget,
    };
    return { values: evaluate(word, environment), budget };
  }

  /** What a variable may contain at an offset. Nothing if it is not assigned. */
  #findValues(name: string, at: number): readonly Expression[] {
    const { assignments, functions } = this.#names;
    const block = functions.findLast((each) => contains(each, at));
    if (block !== undefined && /^[1-9]$/.test(name)) return this.#findArguments(block, Number(name), at);
    const all = assignments.get(name) ?? [];
    const found = selectAssignments(all, at, block);
    if (found.length === 0 && this.#before !== undefined) return this.#before.#findValues(name, at);
    return found.flatMap(({ values }) => values);
  }

  /** What the calls of a function pass to it. Nothing is known after `shift`. */
  #findArguments(block: Block, index: number, at: number): readonly Expression[] {
    const { name = '' } = block;
    if (this.#names.commands.get('shift')?.some((shift) => shift < at && contains(block, shift))) return [];
    return this.#getCalls(name).flatMap((words) => words[index]?.value ?? []);
  }

  /** The words of the calls of a function. */
  readonly #getCalls = memoize((name: string): readonly (readonly Word[])[] =>
    (this.#names.commands.get(name) ?? []).map((at) => {
      const words = this.findCommand(at) ?? [];
      return words.slice(words.findIndex((word) => getText(word) === name));
    }),
  );
}

const contains = ({ start, end }: Range, at: number): boolean => start <= at && at < end;

/**
 * The assignments that may have set a variable at an offset: those before it, up to one that is always executed. A
 * function is called later, so that what is assigned outside of it counts wherever it is.
 */
function selectAssignments(all: readonly Assignment[], at: number, block: Block | undefined): readonly Assignment[] {
  const isLocal = (assignment: Assignment) => block === undefined || contains(block, assignment.start);
  const before = all.filter((assignment) => assignment.end <= at && isLocal(assignment));
  const last = before.findLastIndex((assignment) => assignment.block !== undefined && contains(assignment.block, at));
  if (last >= 0) return before.slice(last);
  const outside = all.filter((assignment) => !isLocal(assignment));
  if (before.length + outside.length > 0) return [...before, ...outside];
  // Before its first assignment, a variable has a value in the next round of a loop. In its own one, it has none.
  return all.filter(({ start }) => start > at);
}

/** Reads a script. `before` is one that is executed before it. */
export function* readScript(text: string, tree: Tree, before?: Script): SlicedWork<Script> {
  return new Script(text, tree, yield* readScriptNames(text, tree), before);
}
