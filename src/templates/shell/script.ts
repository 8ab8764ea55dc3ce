import type { Tree } from '@lezer/common';
import type { SlicedWork } from '../../timeSlicing.ts';
import { type Environment, evaluate } from '../expressions/evaluate.ts';
import type { Expression } from '../expressions/expression.ts';
import { readWords, type Word } from '../syntax/shell.ts';
import { toUniqueValues, type Values } from '../values.ts';

/** Commands that take assignments as arguments. */
const declarations: ReadonlySet<unknown> = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);

/** Commands that are searched for assignments. Longer scripts are data. */
const maxCommands = 20_000;

/** Nodes of the tree to visit between two yields. */
const nodesPerStep = 500;

/** Evaluation steps for one name. */
const maxSteps = 500;

/** The values that variables are assigned. */
type Assignments = ReadonlyMap<string, readonly Expression[]>;

/** A shell script with the values of its variables. */
export class Script {
  readonly #text: string;
  readonly #tree: Tree;
  readonly #assignments: Assignments;

  constructor(text: string, tree: Tree, assignments: Assignments) {
    this.#text = text;
    this.#tree = tree;
    this.#assignments = assignments;
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
      const assigned = this.#assignments.get(name);
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
}

/** Reads a script with the assignments in its commands. */
export function* readScript(text: string, tree: Tree): SlicedWork<Script> {
  const assignments = new Map<string, Expression[]>();
  const cursor = tree.cursor();
  let [nodes, commands] = [0, 0];
  while (commands < maxCommands && cursor.next()) {
    if (++nodes % nodesPerStep === 0) yield;
    if (cursor.name !== 'Command') continue;
    commands++;
    for (const [name, value] of findAssignments(readWords(cursor.node, text))) {
      const values = assignments.get(name);
      if (values === undefined) assignments.set(name, [value]);
      // A name with as many values as steps is unknown.
      else if (values.length < maxSteps) values.push(value);
    }
  }
  return new Script(text, tree, assignments);
}

/** The variables that a command assigns, with each value that a loop has. */
function* findAssignments(words: readonly Word[]): Iterable<readonly [string, Expression]> {
  const [first, variable, keyword, ...items] = words;
  if (isText(first, 'for') && isText(keyword, 'in') && variable?.value.kind === 'literal')
    for (const { value } of items) yield [String(variable.value.value), value];
  for (const { value, assignment } of words) {
    if (assignment !== undefined) yield [assignment.name, assignment.value];
    else if (!(value.kind === 'literal' && declarations.has(value.value))) break;
  }
}

export const isText = (word: Word | undefined, text: string): boolean =>
  word?.value.kind === 'literal' && word.value.value === text;
