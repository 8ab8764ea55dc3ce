import type { Tree } from '@lezer/common';
import { type Environment, evaluate } from '../expressions/evaluate.ts';
import type { Expression } from '../expressions/expression.ts';
import { once } from '../memoize.ts';
import { readWords } from '../syntax/shell.ts';
import { toUniqueValues, type Values } from '../values.ts';

/** Commands whose arguments are assignments. */
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

  /** The words of the command around an offset, with their extent. */
  findCommand(at: number): readonly Expression[] | undefined {
    let node = this.#tree.resolveInner(at, 1);
    while (node.name !== 'Command' && node.parent !== null) node = node.parent;
    return node.name === 'Command' ? readWords(node, this.#text) : undefined;
  }

  /** The possible values of a word. A variable may have the value of each of its assignments. */
  evaluate(word: Expression): { values: Values; budget: Environment['budget'] } {
    const budget = { left: maxSteps, depth: 0 };
    const resolve: Environment['resolve'] = ([name = ''], environment) => {
      const assigned = this.#getAssignments().get(name);
      return assigned && { values: toUniqueValues(assigned.flatMap((value) => evaluate(value, environment))), length: 1 };
    };
    const environment = { variables: new Map(), resolve, call: () => undefined, treatsUnknownAsMissing: true, budget };
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
        if (isText(first, 'for') && variable?.kind === 'literal' && isText(keyword, 'in'))
          for (const item of items) add(String(variable.value), item);
        for (const word of words) {
          const assignment = splitAssignment(word);
          if (assignment !== undefined) add(assignment.name, assignment.value);
          else if (!(word.kind === 'literal' && declarations.has(word.value))) break;
        }
        return true;
      },
    });
    return assignments;
  }
}

export const isText = (word: Expression | undefined, text: string): boolean =>
  word?.kind === 'literal' && word.value === text;

/** Splits `NAME=value`, and `--option=value` in the same way. */
export function splitAssignment(word: Expression): { name: string; value: Expression } | undefined {
  const parts = word.kind === 'template' ? word.parts : word.kind === 'literal' ? [String(word.value)] : [];
  const [first, ...others] = parts;
  const match = typeof first === 'string' ? /^(-{0,2}[A-Za-z_][\w-]*)=(.*)$/s.exec(first) : null;
  if (match === null) return undefined;
  const [, name = '', start = ''] = match;
  const inner = { start: word.start + name.length + 1, end: word.end };
  const value: Expression =
    others.length > 0
      ? { ...inner, kind: 'template', parts: start === '' ? others : [start, ...others], inner }
      : { ...inner, kind: 'literal', value: start, inner };
  return { name, value };
}
