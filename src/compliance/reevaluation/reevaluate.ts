import type { ComplianceError } from '../errors.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import type { RuleWithFailures } from '../store/ruleList.ts';
import { type EndedEvaluation, type ReevaluationContext, waitForResults } from './evaluationStatuses.ts';
import { findRuleChanges, type RuleChange } from './ruleChanges.ts';
import type { ConfirmedEvaluation, RuleEvaluator } from './ruleEvaluator.ts';
import { startEvaluations, type UnconfirmedRules } from './startEvaluations.ts';

/** What a re-evaluation has done. Names are those of deployed rules. */
export interface Reevaluation {
  readonly started: readonly string[];
  readonly unconfirmed: readonly UnconfirmedRules[];
  /** Rules that could not be evaluated again. */
  readonly failed: readonly EndedEvaluation[];
  /** Started rules without a new result when the wait ended. */
  readonly pending: readonly string[];
  /** Why the wait ended early: a missing permission, or an error. */
  readonly waitError: ComplianceError | undefined;
  /** Undefined if the rules could not be compared, because one of the readings is incomplete. */
  readonly changes: readonly RuleChange[] | undefined;
  /** When the state was read that `changes` compares with, epoch milliseconds. */
  readonly comparedWith: number | undefined;
  /** Whether the wait was cancelled. The evaluation goes on. */
  readonly isCancelled: boolean;
}

interface RulesRead {
  /** Undefined if they could not be read completely. */
  readonly rows: readonly RuleWithFailures[] | undefined;
  readonly readAt: number | undefined;
}

/**
 * Starts the evaluation of the confirmed rules, waits for new results, reads the pack again and compares. An abort ends
 * the wait, not the evaluation. Never rejects.
 */
export async function reevaluate(
  confirmed: ConfirmedEvaluation,
  evaluator: RuleEvaluator,
  waiting: ReevaluationContext,
): Promise<Reevaluation> {
  const { store, signal } = waiting;
  const earlier = getRules(store, confirmed.pack);
  const { started, unconfirmed, before, statusError } = await startEvaluations(confirmed, evaluator, waiting);
  const canWait = started.length > 0 && statusError === undefined;
  const { ended, error } = canWait ? await waitForResults(started, before, waiting) : { ended: [], error: undefined };
  const isReadAgain = started.length > 0 && !signal.aborted;
  if (isReadAgain) await readAgain(store, confirmed.pack);
  const later = getRules(store, confirmed.pack);
  return {
    started,
    unconfirmed,
    failed: ended.filter((each) => each.error !== undefined),
    pending: started.filter((rule) => !ended.some((each) => each.rule === rule)),
    waitError: started.length > 0 ? (statusError ?? error) : undefined,
    changes: isReadAgain && earlier.rows && later.rows ? findRuleChanges(earlier.rows, later.rows, started) : undefined,
    comparedWith: earlier.readAt,
    isCancelled: signal.aborted,
  };
}

function getRules(store: ConnectionStore, pack: string): RulesRead {
  const { rows, readAt, isComplete, errors } = store.getRuleList(pack);
  return { rows: isComplete && errors.length === 0 ? rows : undefined, readAt };
}

/** The score follows later, and passing results may be very many: they are read again when they are shown. */
async function readAgain(store: ConnectionStore, pack: string): Promise<void> {
  store.getPassingResults(pack).invalidate();
  await Promise.all([store.getRuleList(pack).refresh(), store.findPackList(pack).refresh()]);
}
