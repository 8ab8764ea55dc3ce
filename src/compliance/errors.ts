/** The kinds of errors, each with its own message and advice. */
export type ErrorKind =
  | 'signedOut'
  | 'expired'
  | 'accountChanged'
  | 'accountMismatch'
  | 'denied'
  | 'noRegion'
  | 'credentialsRejected'
  | 'credentialsOrRegionRejected'
  | 'regionDisabled'
  | 'notSetUp'
  | 'aggregatorNotFound'
  | 'packNotFound'
  | 'staleCursor'
  | 'throttled'
  | 'network'
  | 'cancelled'
  | 'unknown';

/** Details that error messages include. */
export interface ErrorDetails {
  /** The AWS operation, such as `DescribeConformancePackStatus`. */
  readonly operation?: string;
  /** The missing IAM action, such as `config:DescribeConformancePackStatus`. */
  readonly permission?: string;
  /** Whether a policy denies the request or a required one does not allow it. Absent if the user's own policies lack an allow. */
  readonly denial?: 'explicit' | 'implicit';
  /** The kind of the policy behind `denial` if AWS names it, such as `service control policy`. */
  readonly policy?: string;
  readonly requestId?: string;
  readonly region?: string;
  /** The account of the credentials, if known. */
  readonly account?: string;
  /** The likely cause of a network error, if known. */
  readonly networkCause?: 'proxy' | 'certificate' | 'host' | 'timeout';
  /** Host and port of the proxy. */
  readonly proxy?: string;
}

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

/** Converts any thrown value to a `ComplianceError`. */
export function asComplianceError(thrown: unknown): ComplianceError {
  if (thrown instanceof ComplianceError) return thrown;
  return new ComplianceError('unknown', thrown instanceof Error ? thrown.message : String(thrown));
}
