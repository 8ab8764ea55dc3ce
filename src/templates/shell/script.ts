import type { Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import { type Choices, resolveChoices } from '../expressions/choices.ts';
import { evaluate } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import { memoize } from '../memoize.ts';
import type { Range, ResolvedName } from '../model.ts';
import { allElements, allKeys, getText, readWords, type Word } from '../syntax/shell.ts';
import { toUniqueValues, unknown } from '../values.ts';
import { type Assignment, readScriptNames, type ScriptNames } from './assignments.ts';
import type { Block } from './blocks.ts';
import { changeText } from './textChanges.ts';

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

  /** The names that a word may resolve to. */
  resolveNames(word: Expression): readonly ResolvedName[] {
    return resolveChoices(maxSteps, (choices, budget) =>
      evaluate(word, {
        language: 'shell',
        variables: new Map(),
        resolve: ([name = '', index], environment, at) => {
          const found = this.#findValues(name, index, at, choices);
          const values = toUniqueValues(found?.flatMap((value) => evaluate(value, environment)) ?? unknown);
          // An array may be empty.
          const isKnown = values.length > 0 || index === allElements;
          return { values: isKnown ? values : unknown, length: index === undefined ? 1 : 2 };
        },
        call: changeText,
        budget,
      }),
    );
  }

  /** What a variable, or an element of an array, may contain at an offset. Undefined if it is not assigned. */
  #findValues(
    name: string,
    index: string | undefined,
    at: number,
    choices: Choices,
  ): readonly Expression[] | undefined {
    const { assignments, functions } = this.#names;
    const block = functions.findLast((each) => contains(each, at));
    if (block !== undefined && /^[1-9]$/.test(name)) return this.#findArguments(block, Number(name), at, choices);
    const all = assignments.get(name) ?? [];
    const found = selectAssignments(all, at, block);
    const before = this.#before;
    if (found.length === 0) return before === undefined ? undefined : before.#findValues(name, index, at, choices);
    return found.flatMap((assignment) => choices.select(assignment, selectValues(assignment, index)));
  }

  /** What the calls of a function pass to it. Nothing is known after `shift`. */
  #findArguments(block: Block, index: number, at: number, choices: Choices): readonly Expression[] | undefined {
    const { name = '' } = block;
    if (this.#names.commands.get('shift')?.some((shift) => shift < at && contains(block, shift))) return undefined;
    const calls = this.#getCalls(name);
    const found = choices.select(calls, calls).flatMap((words) => words[index]?.value ?? []);
    return found.length === 0 ? undefined : found;
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

/** What `$NAME`, `${NAME[@]}` or `${NAME[1]}` takes from an assignment. The name of an array is its first element. */
function selectValues({ values, isArray, keys }: Assignment, index = '0'): readonly Expression[] {
  if (index === allKeys) return keys;
  if (index === allElements) return values;
  if (keys.length > 0) return values.filter((_, at) => keys[at]?.value === index);
  if (!isArray) return index === '0' ? values : [];
  // A word that stands for several elements moves those after it.
  const value = /[a-z_]/i.test(index) || values.some(isSeveralWords) ? undefined : values.at(Number(index));
  return value === undefined ? [] : [value];
}

/** `"${NAMES[@]}"` */
const isSeveralWords = (value: Expression): boolean =>
  value.kind === 'template' &&
  value.parts.some((part) => typeof part === 'object' && getPath(part)?.at(-1) === allElements);

/** Reads a script. `before` is one that is executed before it. */
export function* readScript(text: string, tree: Tree, before?: Script): SlicedWork<Script> {
  return new Script(text, tree, yield* readScriptNames(text, tree), before);
}
