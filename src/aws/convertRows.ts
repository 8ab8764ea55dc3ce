import { ComplianceError } from '../compliance/errors.ts';
import { asRecord } from '../compliance/unknownValues.ts';

/** The members of a row or of a response. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * Converts the rows in the list `member` of a response. A row without its name cannot be identified or shown: `toRow`
 * returns undefined, and the others remain. Throws `unreadable` if that leaves no row, if the response has no list of
 * rows, or if its page token is no text: an empty page would claim that there are none. Only AWS sends a request id:
 * without one, throws `intermediary`.
 */
export function convertRows<T>(
  operation: string,
  response: object,
  member: string,
  toRow: (row: unknown) => T | undefined,
): T[] {
  const { [member]: rows, NextToken: token, $metadata } = asRecord(response);
  const hasToken = token === undefined || token === null || typeof token === 'string';
  const items = Array.isArray(rows) ? rows.flatMap((row) => toRow(row) ?? []) : [];
  if (Array.isArray(rows) && hasToken && (items.length > 0 || rows.length === 0)) return items;
  const problem = !Array.isArray(rows) ? `no list ${member}` : hasToken ? 'no row with a name' : 'an invalid NextToken';
  const { requestId, httpStatusCode: status } = asRecord($metadata);
  const kind = requestId === undefined ? 'intermediary' : 'unreadable';
  throw new ComplianceError(kind, `The response has ${problem}.`, {
    operation,
    ...(typeof status === 'number' && { status }),
    ...(typeof requestId === 'string' && { requestId }),
  });
}
