import { asComplianceError, ComplianceError, isDenial } from '../errors.ts';
import type { EvaluationStatus } from '../resourceModel.ts';
import { type EvaluationStatuses, type ReevaluationContext, readStatuses, toBatches } from './evaluationStatuses.ts';
import type { ConfirmedEvaluation, RuleEvaluator } from './ruleEvaluator.ts';

/** Rules without a confirmed start, and the error; undefined if no request was sent because of an abort. */
export interface UnconfirmedRules {
  readonly rules: readonly string[];
  readonly error: ComplianceError | undefined;
}

export interface StartOutcome {
  readonly started: readonly string[];
  readonly unconfirmed: readonly UnconfirmedRules[];
  /** How the last evaluations of the started rules had ended before. */
  readonly before: EvaluationStatuses;
  /** Set if the permission to read these is missing, so that new results cannot be awaited. */
  readonly statusError: ComplianceError | undefined;
}

/** Milliseconds. AWS Config accepts about one request a minute. */
const limitPause = 60_000;
/** How often one request is repeated after a limit. */
const maxLimitPauses = 3;

/**
 * Starts the evaluation of the confirmed rules, in as many requests as they need. A refusal of one request because of its
 * rules does not prevent the next. Never rejects.
 */
export async function startEvaluations(
  confirmed: ConfirmedEvaluation,
  evaluator: RuleEvaluator,
  waiting: ReevaluationContext,
): Promise<StartOutcome> {
  const started: string[] = [];
  const unconfirmed: UnconfirmedRules[] = [];
  const before = new Map<string, EvaluationStatus>();
  let statusError: ComplianceError | undefined;
  const batches = toBatches(confirmed.rules);
  for (const [index, batch] of batches.entries()) {
    try {
      waiting.signal.throwIfAborted();
      const statuses = statusError ?? (await readStatusesIfAllowed(batch, waiting));
      if (statuses instanceof ComplianceError) statusError = statuses;
      else for (const [rule, status] of statuses) before.set(rule, status);
      await startBatch(confirmed, batch, { evaluator, waiting, startedCount: started.length });
      started.push(...batch);
    } catch (thrown) {
      const error = waiting.signal.aborted ? undefined : asComplianceError(thrown);
      const isAboutBatch = error?.kind === 'evaluationRunning' || error?.kind === 'ruleNotFound';
      unconfirmed.push({ rules: isAboutBatch ? batch : batches.slice(index).flat(), error });
      if (!isAboutBatch) break;
    }
  }
  return { started, unconfirmed, before, statusError };
}

/** A denial of the times costs only the wait for results. */
async function readStatusesIfAllowed(
  rules: readonly string[],
  { store, signal }: ReevaluationContext,
): Promise<EvaluationStatuses | ComplianceError> {
  try {
    return await readStatuses(store, rules, signal);
  } catch (thrown) {
    const error = asComplianceError(thrown);
    if (isDenial(error)) return error;
    throw thrown;
  }
}

interface BatchContext {
  readonly evaluator: RuleEvaluator;
  readonly waiting: ReevaluationContext;
  /** How many rules earlier requests have started. */
  readonly startedCount: number;
}

/** Waits and repeats the request if our own earlier requests have reached the limit of AWS Config. */
async function startBatch(
  confirmed: ConfirmedEvaluation,
  rules: readonly string[],
  { evaluator, waiting: { pause, report, signal }, startedCount }: BatchContext,
): Promise<void> {
  for (let pauses = 0; ; pauses += 1) {
    try {
      return await evaluator.start(confirmed, rules);
    } catch (thrown) {
      const { kind } = asComplianceError(thrown);
      const isOwnLimit = kind === 'throttled' || (kind === 'evaluationLimited' && startedCount > 0);
      if (!isOwnLimit || pauses === maxLimitPauses) throw thrown;
      report(`${startedCount} of ${confirmed.rules.length} rules started. AWS Config accepts the next in a minute`);
      await pause(limitPause, signal);
    }
  }
}
