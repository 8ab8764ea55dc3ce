import type { Choices } from '../choices.ts';
import { type Environment, evaluate } from '../expressions/evaluate.ts';
import type { Argument } from '../expressions/expression.ts';
import type { DeploymentScope } from '../model.ts';
import { type Budget, unknown, type Values } from '../values.ts';
import type { Program } from './program.ts';

/** What the steps of an evaluation share. */
export interface Shared {
  readonly budget: Budget;
  readonly deploymentScope: DeploymentScope;
  readonly choices: Choices;
}

/** An evaluation in a program, or in one call of its functions. */
export interface ProgramEvaluation {
  readonly program: Program;
  readonly shared: Shared;
  /** The innermost call. */
  readonly frame: Frame | undefined;
  readonly environment: Environment;
  create(program: Program, frame?: Frame, shared?: Shared): ProgramEvaluation;
}

/** Characters of a program that are converted to expressions during one step. */
const charactersPerStep = 50;

/** What is converted or searched for the first time takes steps of the evaluation. */
export function spend<T>({ budget }: Shared, { work }: Program, read: () => T): T {
  const { done } = work;
  const result = read();
  budget.left -= (work.done - done) / charactersPerStep;
  return result;
}

/** A call of one of the program's functions that is being evaluated. */
export interface Frame {
  readonly program: Program;
  /** The start of the function. */
  readonly owner: number;
  readonly arguments: readonly PassedArgument[];
  /** The call around this one. */
  readonly caller: Frame | undefined;
  readonly depth: number;
}

/** An argument with its values in the call. */
export interface PassedArgument extends Argument {
  readonly values: Values;
}

/** The innermost call of a function that is being evaluated. `owner` is the function's start. */
export function findFrame(innermost: Frame | undefined, program: Program, owner: number): Frame | undefined {
  let frame = innermost;
  while (frame !== undefined && (frame.program !== program || frame.owner !== owner)) frame = frame.caller;
  return frame;
}

/** How many combinations the values of some arguments have. */
export const countCombinations = (passed: readonly PassedArgument[]): number =>
  passed.reduce((product, { values }) => product * values.length, 1);

/** A spread argument may be any number of arguments. */
export const evaluateArgument = ({ value }: Argument, environment: Environment): Values =>
  value.kind === 'spread' ? unknown : evaluate(value, environment);

/** The argument of a parameter. After a spread argument, its position is unknown. */
export function selectArgument<T extends Argument>(args: readonly T[], name: string, index: number): T | undefined {
  const positional = args.slice(0, index + 1).find(({ value }) => value.kind === 'spread') ?? args[index];
  return args.find((argument) => argument.name === name) ?? (positional?.name === undefined ? positional : undefined);
}
