import type { ErrorDetails } from './errorDetails.ts';
import type { ErrorKind } from './text/errorKinds/errorTable.ts';

export type { ErrorDetails, ValueOrigin } from './errorDetails.ts';
export type { ErrorFamily, ErrorKind } from './text/errorKinds/errorTable.ts';

/** An error of a known kind. `message` is the redacted message of the cause. */
export class ComplianceError extends Error {
  override readonly name = 'ComplianceError';
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message);
    this.kind = kind;
    this.details = details;
  }
}

/** Whether an error means that credentials are missing or expired. */
export const isSignedOut = (thrown: unknown): boolean =>
  thrown instanceof ComplianceError && (thrown.kind === 'signedOut' || thrown.kind === 'expired');

/** Whether an error means that the credentials are valid but not allowed to make the request. */
export const isDenial = ({ kind }: ComplianceError): boolean =>
  kind === 'denied' || kind === 'deniedWithoutReason' || kind === 'organizationDenied';

/** Converts any thrown value to a `ComplianceError`. */
export function asComplianceError(thrown: unknown): ComplianceError {
  if (thrown instanceof ComplianceError) return thrown;
  return new ComplianceError('unexpected', thrown instanceof Error ? thrown.message : String(thrown));
}
