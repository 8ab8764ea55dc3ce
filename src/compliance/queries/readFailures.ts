import { ComplianceError } from '../errors.ts';
import { mergeByCause } from '../mergeErrors.ts';
import type { List } from '../paging/list.ts';
import { type Connection, formatConnection } from '../source.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import { describeError } from '../text/errorMessages.ts';

/** Something that could not be read, so that a result is incomplete. */
export interface ReadFailure {
  readonly connection: Connection;
  /** What was to be read, such as `the aggregators`. */
  readonly what: string;
  readonly error: ComplianceError;
}

/** One failure per cause, even if several requests failed for it. */
export const toReadFailures = (
  { connection }: ConnectionStore,
  what: string,
  errors: readonly ComplianceError[],
): readonly ReadFailure[] => mergeByCause(errors).map((error) => ({ connection, what, error }));

/** A failure if the load of a list was cancelled before its last page, or goes on; otherwise empty. */
export const getCancellations = (
  store: ConnectionStore,
  what: string,
  { state, isComplete }: List<unknown>,
): readonly ReadFailure[] =>
  state === 'idle' || (state === 'loading' && !isComplete)
    ? toReadFailures(store, what, [new ComplianceError('cancelled', 'The load was cancelled.')])
    : [];

/** What could not be read. The message lists all failures. */
export class ReadFailuresError extends Error {
  readonly failures: readonly ReadFailure[];

  constructor(failures: readonly ReadFailure[]) {
    super(failures.map(formatReadFailure).join(' '));
    this.failures = failures;
  }
}

/** Throws one error that lists all failures, so that an incomplete result never passes for a complete one. */
export function throwOnFailures(failures: readonly ReadFailure[]): void {
  if (failures.length > 0) throw new ReadFailuresError(failures);
}

/** Formats what could not be read, the connection, the reason and the next step. */
export function formatReadFailure({ connection, what, error }: ReadFailure): string {
  const through = [formatConnection(connection), connection.region].filter(Boolean).join(', ');
  return `Could not read ${what} (${through}): ${describeError(error).text}`;
}
