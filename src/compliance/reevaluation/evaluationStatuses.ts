import { asComplianceError, type ComplianceError } from '../errors.ts';
import { iteratePages } from '../paging/iteratePages.ts';
import type { EvaluationStatus } from '../resourceModel.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import { maxRulesPerRequest } from './ruleEvaluator.ts';

/** How a rule's last evaluations ended, by the rules' names. */
export type EvaluationStatuses = ReadonlyMap<string, EvaluationStatus>;

/** Reads how the last evaluations of rules ended. Rejects with a `ComplianceError`. */
export async function readStatuses(
  store: ConnectionStore,
  rules: readonly string[],
  signal: AbortSignal,
): Promise<EvaluationStatuses> {
  const statuses = new Map<string, EvaluationStatus>();
  for (const names of toBatches(rules)) {
    const fetch = store.getResourcePages((source, request) => source.listEvaluationStatuses(request, names));
    for await (const page of iteratePages(fetch, signal, ({ rule }) => !statuses.has(rule)))
      for (const status of page) statuses.set(status.rule, status);
  }
  return statuses;
}

/** Splits rules into batches for one request each. */
export const toBatches = (rules: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(rules.length / maxRulesPerRequest) }, (_, index) =>
    rules.slice(index * maxRulesPerRequest, (index + 1) * maxRulesPerRequest),
  );

/** A rule of which a new evaluation has ended: with an error, or with results. */
export interface EndedEvaluation {
  readonly rule: string;
  readonly error: string | undefined;
}

/** The rules with a newer end than before. The times are those of AWS, so that this computer's clock does not matter. */
const findEnded = (before: EvaluationStatuses, now: EvaluationStatuses): readonly EndedEvaluation[] =>
  [...now.values()].flatMap(({ rule, succeededAt = 0, failedAt = 0, error }): EndedEvaluation[] => {
    const previous = before.get(rule);
    if (succeededAt > (previous?.succeededAt ?? 0)) return [{ rule, error: undefined }];
    return failedAt > (previous?.failedAt ?? 0) ? [{ rule, error: error ?? 'unknown reason' }] : [];
  });

/** Milliseconds to wait before the requests for new results: soon at first, then less often, ten minutes in all. */
export const pollDelays: readonly number[] = [2, 3, 5, 8, 12, 20, ...Array.from({ length: 18 }, () => 30)].map(
  (seconds) => seconds * 1000,
);

/** What a wait for new results depends on. */
export interface ReevaluationContext {
  readonly store: ConnectionStore;
  readonly signal: AbortSignal;
  /** Resolves after `milliseconds`, or rejects once the signal is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly report: (text: string) => void;
}

/** The evaluations that have ended, and why waiting for the others stopped early, if it did. */
export interface WaitOutcome {
  readonly ended: readonly EndedEvaluation[];
  readonly error: ComplianceError | undefined;
}

/** Waits until all evaluations have ended, the signal is aborted, or the time is over. Never rejects. */
export async function waitForResults(
  rules: readonly string[],
  before: EvaluationStatuses,
  { store, signal, pause, report }: ReevaluationContext,
): Promise<WaitOutcome> {
  const ended = new Map<string, EndedEvaluation>();
  for (const delay of pollDelays) {
    report(`${ended.size} of ${rules.length} rules have new results`);
    try {
      await pause(delay, signal);
      const pending = rules.filter((rule) => !ended.has(rule));
      for (const each of findEnded(before, await readStatuses(store, pending, signal))) ended.set(each.rule, each);
    } catch (thrown) {
      return { ended: [...ended.values()], error: signal.aborted ? undefined : asComplianceError(thrown) };
    }
    if (ended.size === rules.length) break;
  }
  return { ended: [...ended.values()], error: undefined };
}
