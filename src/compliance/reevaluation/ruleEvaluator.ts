import type { Scope } from '../model.ts';
import type { Connection } from '../source.ts';

/** The maximum number of rules in one request. */
export const maxRulesPerRequest = 25;

/** Rules of a pack that can be evaluated again. */
export interface EvaluationRequest {
  readonly scope: Scope;
  readonly pack: string;
  /** Deployed names. */
  readonly rules: readonly string[];
}

declare const confirmed: unique symbol;

/** What a person has agreed to. Only the dialog in `views/reevaluate/confirmEvaluation.ts` creates it. */
export type ConfirmedEvaluation = EvaluationRequest & { readonly [confirmed]: true };

/**
 * The port to the only operation that changes something in AWS. It is apart from `ComplianceSource`, so that nothing that
 * reads can reach it.
 */
export interface RuleEvaluator {
  /**
   * Starts the evaluation of at most `maxRulesPerRequest` of the confirmed rules (StartConfigRulesEvaluation). Sends one
   * request without retries. It cannot be aborted, because an aborted request may have arrived. Rejects with a
   * `ComplianceError`: with `accountChanged`, before anything is sent, if the credentials no longer belong to the
   * confirmed scope; with `evaluationRunning`, `evaluationLimited` or `ruleNotFound` if AWS Config refuses.
   */
  start(confirmed: ConfirmedEvaluation, rules: readonly string[]): Promise<void>;
}

/** Opens the evaluator of a connection, without a request. */
export type OpenRuleEvaluator = (connection: Connection) => Promise<RuleEvaluator>;
