/** The few ways a question can fail, by what a person can do about it. */
export type ErrorKind =
  | 'signedOut'
  | 'expired'
  | 'switched'
  | 'denied'
  | 'noRegion'
  | 'keysRefused'
  | 'regionOff'
  | 'notSetUp'
  | 'noAggregator'
  | 'noPack'
  | 'staleCursor'
  | 'throttled'
  | 'network'
  | 'cancelled'
  | 'unknown';

/** What is known of a failure beside its kind. */
export interface ErrorDetails {
  /** The service's operation, such as `DescribeConformancePackStatus`. */
  readonly operation?: string;
  /** The IAM action that is missing, such as `config:DescribeConformancePackStatus`. */
  readonly permission?: string;
  /** What denies it, where the service says so: `an explicit deny in a service control policy`. */
  readonly denial?: string;
  readonly requestId?: string;
  readonly region?: string;
  /** The account that these credentials are known to belong to. */
  readonly account?: string;
  /** What is in the way of the network, where it can be told: the proxy, its host and port in `proxy`. */
  readonly obstacle?: 'proxy' | 'certificate' | 'host' | 'silence';
  readonly proxy?: string;
}

/** A failure as the product speaks of it; `message` holds the cause's own words. */
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

/** Whether credentials are missing or have expired. */
export const isSignedOut = (thrown: unknown): boolean =>
  thrown instanceof ComplianceError && (thrown.kind === 'signedOut' || thrown.kind === 'expired');

/** Any thrown value as a `ComplianceError`. */
export function asComplianceError(thrown: unknown): ComplianceError {
  if (thrown instanceof ComplianceError) return thrown;
  return new ComplianceError('unknown', thrown instanceof Error ? thrown.message : String(thrown));
}
