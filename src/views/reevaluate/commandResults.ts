import type { Reevaluation } from '../../compliance/reevaluation/reevaluate.ts';
import type { RuleState } from '../../compliance/reevaluation/ruleChanges.ts';
import type { EvaluationRequest } from '../../compliance/reevaluation/ruleEvaluator.ts';
import { describeError } from '../../compliance/text/errorMessages.ts';

/** A rule's state as the command returns it. */
interface RuleStateResult {
  /** `COMPLIANT`, `NON_COMPLIANT` …; null if it is unknown. */
  readonly state: string | null;
  readonly failing: number;
}

/** What the command returns. Rules are named as deployed. */
export interface ReevaluationResult {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly started: readonly string[];
  /** Started rules without a new result yet. */
  readonly pending: readonly string[];
  readonly failed: readonly { readonly rule: string; readonly error: string }[];
  /** Rules that AWS did not confirm to evaluate, and why. */
  readonly unconfirmed: readonly { readonly rules: readonly string[]; readonly error: string }[];
  /** Null if it is unknown what changed. */
  readonly changes:
    | readonly { readonly rule: string; readonly before: RuleStateResult; readonly after: RuleStateResult }[]
    | null;
}

/** Converts the outcome of a re-evaluation to what the command returns. */
export const toReevaluationResult = (
  { scope, pack }: EvaluationRequest,
  outcome: Reevaluation,
): ReevaluationResult => ({
  name: pack,
  account: scope.account,
  region: scope.region,
  started: outcome.started,
  pending: outcome.pending,
  failed: outcome.failed.map(({ rule, error = '' }) => ({ rule, error })),
  unconfirmed: outcome.unconfirmed.map(({ rules, error }) => ({
    rules,
    error: error ? describeError(error).text : 'Cancelled.',
  })),
  changes:
    outcome.changes?.map(({ rule, before, after }) => ({ rule, before: toState(before), after: toState(after) })) ??
    null,
});

const toState = ({ compliance = '', failing }: RuleState): RuleStateResult => ({ state: compliance || null, failing });
