import { type Choices, resolveChoices } from '../choices.ts';
import { type Environment, evaluate } from '../expressions/evaluate.ts';
import { type Expression, getPath } from '../expressions/expression.ts';
import type { ResolvedName } from '../model.ts';
import { allElements, allKeys, elementOperator, getVariable, type Word } from '../syntax/shell.ts';
import { isOpen, OPEN, runStep, toText, toUniqueValues, unknown, type Value, type Values } from '../values.ts';
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
  /** The assignments and calls that are being evaluated, to notice those that refer to themselves. */
  readonly #active: Set<object>;

  constructor(script: Script, choices: Choices, budget: Environment['budget'], active = new Set<object>()) {
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
    if (/^[1-9]$/.test(name)) return this.#evaluateArgument(Number(name), at);
    const assignments = this.#script.findAssignments(name, at);
    const isChange = ({ assignment }: LinkedAssignment) => assignment.kind === 'change';
    if (assignments.some(isChange)) return assignments.every(isChange) ? unknown : given;
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

  /** A numbered argument of a function or a script at an offset. */
  #evaluateArgument(index: number, at: number): Values {
    if (this.#script.hasReplacedArguments(at)) return given;
    const called = this.#script.findFunction(at);
    if (called?.name === undefined) return this.#script.hasArguments ? given : unknown;
    const calls = this.#script.findCalls(called.name);
    const shifts = this.#script.countShifts(called, at);
    const passed = this.#choices
      .select(calls, calls)
      .flatMap(({ script, words }) => this.#in(script).#evaluatePassed(words, index + (shifts ?? 0)));
    if (passed.length === 0) return unknown;
    if (shifts !== undefined) return toUniqueValues(passed);
    // It is unknown which of those that are passed it is.
    return passed.every((value) => value === OPEN) ? unknown : given;
  }

  /** What a call passes as one of the arguments. */
  #evaluatePassed(words: readonly Word[], index: number): Values {
    const several = words.findIndex(({ value }, position) => position > 0 && isSeveralWords(value));
    if (several < 0 || several > index) {
      const value = words[index]?.value;
      if (value === undefined) return unknown;
      const values = this.evaluateWord(value);
      return hasOutput(value) ? values.map(toGiven) : values;
    }
    const value = words[several]?.value;
    if (value === undefined || !isAllArguments(value)) return given;
    // A function that passes its arguments on to itself has no others.
    if (this.#active.has(value)) return [];
    this.#active.add(value);
    const values = runStep(this.#environment.budget, () => this.#evaluateArgument(index - several + 1, value.start));
    this.#active.delete(value);
    return values;
  }
}

/** An unknown value of what is certainly set. `unknown` may also mean that nothing is set, so that a default counts. */
const given: Values = [OPEN + OPEN];

const toGiven = (value: Value): Value => (value === OPEN ? OPEN + OPEN : value);

/** Whether a word has parts that are not variables, such as `$(command)`. */
const hasOutput = (word: Expression): boolean =>
  word.kind === 'template' && word.parts.some((part) => typeof part === 'object' && part.kind === 'unknown');

/** The keys of an array's values: their positions. */
const toPositions = (values: readonly Expression[]): readonly Expression[] =>
  values.some(isSeveralWords) ? [] : values.map(({ start, end }, value) => ({ start, end, kind: 'literal', value }));

/** `"${NAMES[@]}"`, `"$@"` */
const isSeveralWords = (value: Expression): boolean =>
  value.kind === 'template' &&
  value.parts.some((part) => typeof part === 'object' && /^[@*]$/.test(getPath(getVariable(part))?.at(-1) ?? ''));

/** `"$@"` */
const isAllArguments = (value: Expression): boolean => {
  const [part, ...others] = value.kind === 'template' ? value.parts : [];
  const variable = typeof part === 'object' ? getVariable(part) : undefined;
  return variable?.kind === 'name' && variable.name === '@' && others.length === 0;
};
