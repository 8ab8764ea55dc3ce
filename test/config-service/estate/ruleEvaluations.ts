import type { Scope } from './estate.ts';

/** An evaluation of a rule that was started on request. */
interface StartedEvaluation {
  /** How many more times its status is asked for before it ends. */
  pollsLeft: number;
  endedAt?: Date;
  readonly error?: string;
}

/** The evaluations of rules that clients have started. */
export class RuleEvaluations {
  readonly #now: () => Date;
  readonly #evaluations = new Map<string, StartedEvaluation>();
  /** How many status requests an evaluation that starts now outlasts. */
  pollsUntilEnd = 1;
  /** The errors with which evaluations of rules end, by the rules' names. */
  readonly errors = new Map<string, string>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  isRunning(scope: Scope, rule: string): boolean {
    const evaluation = this.#evaluations.get(getKey(scope, rule));
    return evaluation !== undefined && evaluation.endedAt === undefined;
  }

  start(scope: Scope, rule: string): void {
    const error = this.errors.get(rule);
    const evaluation = { pollsLeft: this.pollsUntilEnd, ...(error !== undefined && { error }) };
    this.#evaluations.set(getKey(scope, rule), evaluation);
  }

  /** Returns the end of a rule's last evaluation; undefined if none was started or it is still running. */
  poll(scope: Scope, rule: string): { readonly endedAt: Date; readonly error?: string } | undefined {
    const evaluation = this.#evaluations.get(getKey(scope, rule));
    if (evaluation === undefined) return undefined;
    if (evaluation.pollsLeft > 0) {
      evaluation.pollsLeft -= 1;
      return undefined;
    }
    evaluation.endedAt ??= new Date(this.#now().getTime() + 1000);
    const { endedAt, error } = evaluation;
    return { endedAt, ...(error !== undefined && { error }) };
  }
}

const getKey = ({ account, region }: Scope, rule: string): string => `${account}/${region}/${rule}`;
