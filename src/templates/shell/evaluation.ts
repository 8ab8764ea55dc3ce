import { type Choices, resolveChoices } from '../choices.ts';
import { type Environment, evaluate } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import type { ResolvedName } from '../model.ts';
import { allElements, allKeys, elementOperator, getVariable } from '../syntax/shell.ts';
import { isOpen, OPEN, toText, toUniqueValues, unknown, type Value, type Values } from '../values.ts';
import type { Assignment } from './assignments.ts';
import type { LinkedAssignment, Script } from './script.ts';
import { changeText } from './textChanges.ts';

/** Evaluation steps for one name. */
const maxSteps = 500;

/** More values of one variable are not useful. */
const maxValues = 200;

/** The names that a word of a script may resolve to. */
export const resolveNames = (script: Script, word: Expression): readonly ResolvedName[] =>
  resolveChoices(maxSteps, (choices, budget) => new Evaluation(script, choices, budget).evaluateWord(word));

class Evaluation {
  readonly #script: Script;
  readonly #choices: Choices;
  readonly #environment: Environment;
  /** The assignments that are being evaluated, to notice those that refer to themselves. */
  readonly #active: Set<Assignment>;

  constructor(script: Script, choices: Choices, budget: Environment['budget'], active = new Set<Assignment>()) {
    this.#script = script;
    this.#choices = choices;
    this.#active = active;
    this.#environment = {
      language: 'shell',
      variables: new Map(),
      resolve: ([name = '', index], _environment, at) => ({
        values: this.#evaluateVariable(name, index, at),
        length: index === undefined ? 1 : 2,
      }),
      call: (call, environment) => this.#evaluateElement(call) ?? changeText(call, environment),
      budget,
    };
  }

  /** The values of a word, which is split at spaces if it is a variable without quotes. */
  evaluateWord(word: Expression): Values {
    const values = evaluate(word, this.#environment);
    const [part] = word.kind === 'template' && word.parts.length === 1 ? word.parts : [];
    if (typeof part !== 'object' || part.kind !== 'spread') return values;
    return values.flatMap((value) => (isOpen(value) ? [value] : toText(value).split(/\s+/).filter(Boolean)));
  }

  /** What a variable, or an element of an array, may contain at an offset. */
  #evaluateVariable(name: string, index: string | undefined, at: number): Values {
    const called = this.#script.findFunction(at);
    if (called?.name !== undefined && /^[1-9]$/.test(name))
      return this.#script.isShifted(called, at) ? unknown : this.#evaluateArgument(called.name, Number(name));
    const assignments = this.#script.findAssignments(name, at);
    const values = assignments.flatMap((each) => this.#evaluateAssignment(each, index, at)).slice(0, maxValues + 1);
    if (assignments.length === 0 || values.length > maxValues) return unknown;
    // An array may be empty.
    return values.length > 0 || index === allElements ? toUniqueValues(values) : unknown;
  }

  /** The evaluation of what is written in a script. */
  #in(script: Script): Evaluation {
    if (script === this.#script) return this;
    return new Evaluation(script, this.#choices, this.#environment.budget, this.#active);
  }

  #evaluateAssignment({ script, assignment }: LinkedAssignment, index: string | undefined, at: number): Values {
    if (this.#active.has(assignment) || this.#environment.budget.left <= 0) return unknown;
    this.#active.add(assignment);
    const written = this.#selectValues(assignment, index, at);
    const evaluation = this.#in(script);
    const values = written.slice(0, maxValues).flatMap((value) => evaluation.evaluateWord(value));
    this.#active.delete(assignment);
    return assignment.kind === 'loop' ? this.#choices.select(assignment, values) : values;
  }

  /** What `$NAME`, `${NAME[@]}` or `${NAME[1]}` takes from an assignment. The name of an array is its first element. */
  #selectValues({ values, kind, keys }: Assignment, index = '0', at = 0): readonly Expression[] {
    if (index === allKeys) return keys.length > 0 || kind !== 'array' ? keys : toPositions(values);
    if (index === allElements) return values;
    if (keys.length > 0) return values.filter((_, position) => keys[position]?.value === index);
    if (kind !== 'array') return index === '0' ? values : [];
    // If a word expands to several elements, the positions of those after it are unknown.
    if (values.some(isSeveralWords)) return [];
    const positions = /^-?\d+$/.test(index) ? [index] : this.#evaluateVariable(index, undefined, at).map(toText);
    if (positions.some((position) => !/^-?\d+$/.test(position))) return values;
    return positions.flatMap((position) => values.at(Number(position)) ?? []);
  }

  /** `${NAME[$KEY]}` */
  #evaluateElement({ callee, arguments: [array, key] }: Expression & { kind: 'call' }): Values | undefined {
    if (getPath(callee)?.[0] !== elementOperator || array?.value.kind !== 'literal' || !key) return undefined;
    const { value: name, start } = array.value;
    const toIndex = (value: Value) => (isOpen(value) ? allElements : toText(value));
    const indexes = new Set(evaluate(key.value, this.#environment).map(toIndex));
    return toUniqueValues([...indexes].flatMap((index) => this.#evaluateVariable(String(name), index, start)));
  }

  /** What the calls of a function pass to it. */
  #evaluateArgument(name: string, index: number): Values {
    const calls = this.#script.findCalls(name);
    const values = this.#choices.select(calls, calls).flatMap(({ script, words }) => {
      const value = words[index]?.value;
      const isKnown = value !== undefined && !words.slice(1, index + 1).some((word) => isSeveralWords(word.value));
      return isKnown ? this.#in(script).evaluateWord(value) : [OPEN];
    });
    return values.length === 0 ? unknown : toUniqueValues(values);
  }
}

/** The keys of an array's values: their positions. */
const toPositions = (values: readonly Expression[]): readonly Expression[] =>
  values.some(isSeveralWords) ? [] : values.map(({ start, end }, value) => ({ start, end, kind: 'literal', value }));

/** `"${NAMES[@]}"`, `"$@"` */
const isSeveralWords = (value: Expression): boolean =>
  value.kind === 'template' &&
  value.parts.some((part) => typeof part === 'object' && /^[@*]$/.test(getPath(getVariable(part))?.at(-1) ?? ''));
