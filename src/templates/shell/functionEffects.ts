import type { Block } from './blocks.ts';
import type { CommandPoint } from './scriptNames.ts';

/** More assignments of one function are not told apart. */
const maxAssignments = 20;

/** What functions assign to a variable when they are called, by their names. */
export class FunctionEffects<T> {
  readonly #found = new Map<string, Set<T>>();
  readonly #variable: string;
  /** Replaces the assignments of a function that has too many. */
  readonly #overflow: T;

  constructor(variable: string, overflow: T) {
    this.#variable = variable;
    this.#overflow = overflow;
  }

  get entries(): Iterable<readonly [string, ReadonlySet<T>]> {
    return this.#found;
  }

  /** Adds what the functions of another script assign. */
  addAll(others: FunctionEffects<T>): void {
    for (const [name, assignments] of others.#found) this.#add(name, assignments);
  }

  /** Adds what is assigned in a block that a function consists of. */
  addIn(block: Block, assignments: Iterable<T>): void {
    const name = this.#findFunction(block);
    if (name !== undefined) this.#add(name, assignments);
  }

  /** Adds what functions assign by calling others. */
  follow(commands: ReadonlyMap<string, readonly CommandPoint[]>): void {
    const queue = [...this.#found.keys()];
    for (const called of queue) {
      for (const { around } of commands.get(called) ?? []) {
        const caller = this.#findFunction(around);
        if (caller !== undefined && caller !== called && this.#add(caller, this.#found.get(called) ?? []))
          queue.push(caller);
      }
    }
  }

  /** Adds what a function assigns. Returns whether anything is new. */
  #add(name: string, assignments: Iterable<T>): boolean {
    const found = this.#found.get(name) ?? new Set();
    const before = found.size;
    for (const assignment of assignments) if (!found.has(this.#overflow)) found.add(assignment);
    if (found.size > maxAssignments) {
      found.clear();
      found.add(this.#overflow);
    }
    this.#found.set(name, found);
    return found.size !== before;
  }

  /** The name of the function around a block, if the variable is still set at its end. */
  #findFunction({ function: around, subshell }: Block): string | undefined {
    const isLost =
      around === undefined || around.locals.has(this.#variable) || (subshell && subshell.start >= around.start);
    return isLost ? undefined : around.name;
  }
}
