import type { ResolvedName } from './model.ts';
import { type Budget, isOpen, toResolvedNames, toUniqueValues, type Values } from './values.ts';

/**
 * Which call of a function and which element of a loop an evaluation looks at. A name that takes two parts from one
 * call has a value for each call, not for each combination of what all calls pass.
 */
export class Choices {
  readonly #chosen: ReadonlyMap<object, number>;
  readonly #uses: Map<object, { count: number; alternatives: number }>;

  constructor(chosen: ReadonlyMap<object, number> = new Map(), uses = new Map()) {
    this.#chosen = chosen;
    this.#uses = uses;
  }

  /** The same choices with an alternative that is given. */
  with(source: object, alternative: number): Choices {
    return new Choices(new Map([...this.#chosen, [source, alternative]]), this.#uses);
  }

  /** The chosen alternative of a call or loop, or all. `source` is the same object for what occurs together. */
  select<T>(source: object, alternatives: readonly T[]): readonly T[] {
    const chosen = this.#chosen.get(source);
    if (chosen !== undefined) return alternatives.slice(chosen, chosen + 1);
    const count = (this.#uses.get(source)?.count ?? 0) + 1;
    this.#uses.set(source, { count, alternatives: alternatives.length });
    return alternatives;
  }

  /** The choices with each alternative of a call or loop that was used twice. Undefined if none was. */
  split(): readonly Choices[] | undefined {
    for (const [source, { count, alternatives }] of this.#uses) {
      if (count < 2 || alternatives < 2) continue;
      return Array.from(
        { length: alternatives },
        (_, index) => new Choices(new Map([...this.#chosen, [source, index]])),
      );
    }
    return undefined;
  }
}

/** Evaluates with all choices at once. Then, if a choice was used twice, with one alternative after the other. */
export function resolveChoices(
  maxSteps: number,
  evaluate: (choices: Choices, budget: Budget) => Values,
): readonly ResolvedName[] {
  const budget = { left: maxSteps, depth: 0 };
  const choices = new Choices();
  const values = evaluate(choices, budget);
  if (budget.left <= 0) return toResolvedNames(values, budget);
  const separateBudget = { left: maxSteps, depth: 0 };
  const separated = separate(values, choices, (each) => evaluate(each, separateBudget));
  return toResolvedNames(separateBudget.left > 0 ? separated : values, budget);
}

function separate(values: Values, choices: Choices, evaluate: (choices: Choices) => Values): Values {
  const isCertain = values.length === 1 && !values.some(isOpen);
  const alternatives = isCertain ? undefined : choices.split();
  if (alternatives === undefined) return values;
  return toUniqueValues(alternatives.flatMap((each) => separate(evaluate(each), each, evaluate)));
}
