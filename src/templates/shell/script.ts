import type { Tree } from '@lezer/common';
import { type Environment, evaluate } from '../expressions/evaluate.ts';
import type { Expression } from '../expressions/expression.ts';
import { once } from '../memoize.ts';
import { readWords, type Word } from '../syntax/shell.ts';
import { toUniqueValues, type Values } from '../values.ts';

/** Commands that take assignments as arguments. */
const declarations: ReadonlySet<unknown> = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);

/** Commands that are searched for assignments. Longer scripts are data. */
const maxCommands = 20_000;

/** Evaluation steps for one name. */
const maxSteps = 500;

/** A shell script with the values of its variables. */
export class Script {
  readonly #text: string;
  readonly #tree: Tree;
  readonly #getAssignments = once(() => this.#findAssignments());

  constructor(text: string, tree: Tree) {
    this.#text = text;
    this.#tree = tree;
  }

  /** The words of the command around an offset. */
  findCommand(at: number): readonly Word[] | undefined {
    let node = this.#tree.resolveInner(at, 1);
    while (node.name !== 'Command' && node.parent !== null) node = node.parent;
    return node.name === 'Command' ? readWords(node, this.#text) : undefined;
  }

  /** The possible values of a word. A variable may have the value of each of its assignments. */
  evaluate(word: Expression): { values: Values; budget: Environment['budget'] } {
    const budget = { left: maxSteps, depth: 0 };
    const resolve: Environment['resolve'] = ([name = ''], environment) => {
      const assigned = this.#getAssignments().get(name);
      return (
        assigned && { values: toUniqueValues(assigned.flatMap((value) => evaluate(value, environment))), length: 1 }
      );
    };
    const environment: Environment = {
      language: 'shell',
      variables: new Map(),
      resolve,
      call: () => undefined,
      budget,
    };
    return { values: evaluate(word, environment), budget };
  }

  #findAssignments(): ReadonlyMap<string, readonly Expression[]> {
    const assignments = new Map<string, Expression[]>();
    const add = (name: string, value: Expression) => assignments.set(name, [...(assignments.get(name) ?? []), value]);
    let count = 0;
    this.#tree.iterate({
      enter: (node) => {
        if (node.name !== 'Command') return count < maxCommands;
        count++;
        const words = readWords(node.node, this.#text);
        const [first, variable, keyword, ...items] = words;
        if (isText(first, 'for') && isText(keyword, 'in') && variable?.value.kind === 'literal')
          for (const { value } of items) add(String(variable.value.value), value);
        for (const { value, assignment } of words) {
          if (assignment !== undefined) add(assignment.name, assignment.value);
          else if (!(value.kind === 'literal' && declarations.has(value.value))) break;
        }
        return true;
      },
    });
    return assignments;
  }
}

export const isText = (word: Word | undefined, text: string): boolean =>
  word?.value.kind === 'literal' && word.value.value === text;
