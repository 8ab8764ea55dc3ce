import { connectionLabel } from '../source.ts';
import { describeError } from '../text/errorMessages.ts';
import type { ReadFailure } from './lookup.ts';

/** Throws where something could not be read: part of an answer must not pass for all of it. */
export function throwOnFailures(failures: readonly ReadFailure[]): void {
  if (failures.length > 0) throw new Error(failures.map(readFailureText).join(' '));
}

/** What could not be read, through which connection, why, and what a person can do about it. */
export function readFailureText({ connection, what, error }: ReadFailure): string {
  const through = [connectionLabel(connection), connection.region].filter(Boolean).join(', ');
  return `Could not read ${what} (${through}): ${describeError(error).text}`;
}
