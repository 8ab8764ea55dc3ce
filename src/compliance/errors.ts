/** What was wrong before anything was sent, on the way to AWS, in the answer of AWS, or with what is already loaded. */
export type ErrorFamily = 'configuration' | 'route' | 'service' | 'own';

/** The kinds of errors, each with its own message and advice. */
export type ErrorKind =
  // Configuration: nothing was sent.
  | 'noRegion'
  | 'invalidRegion'
  | 'profileNotFound'
  | 'profileInvalid'
  | 'endpointInvalid'
  | 'endpointConflict'
  | 'processTimedOut'
  | 'processFailed'
  | 'signedOut'
  // The way to AWS.
  | 'proxyFailed'
  | 'certificateRejected'
  | 'hostNotFound'
  | 'timedOut'
  | 'connectionFailed'
  | 'intermediary'
  // The answer of AWS.
  | 'expired'
  | 'denied'
  | 'deniedWithoutReason'
  | 'organizationDenied'
  | 'credentialsRejected'
  | 'credentialsOrRegionRejected'
  | 'regionDisabled'
  | 'clockWrong'
  | 'throttled'
  | 'serviceFailed'
  | 'signInServiceFailed'
  | 'unreadable'
  | 'notSetUp'
  | 'aggregatorNotFound'
  | 'packNotFound'
  | 'staleCursor'
  | 'unknown'
  // What is already loaded.
  | 'accountChanged'
  | 'accountMismatch'
  | 'cancelled';

/** Where a wrong value of the configuration comes from. Lines are counted from 1. */
export type ValueOrigin =
  | {
      readonly kind: 'file';
      readonly file: string;
      readonly line: number;
      readonly profile?: string;
      readonly key?: string;
    }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'setting'; readonly setting: string };

/** The evidence behind an error. Messages include it, and never claim more. */
export interface ErrorDetails {
  /** The AWS operation, such as `DescribeConformancePackStatus`. */
  readonly operation?: string;
  /** What could not be read, such as `scores`. Set if the operation alone does not tell; see `getSubject`. */
  readonly subject?: string;
  /** The service that was asked, such as `config`, `sts`, `sso` or `sso-oidc`. */
  readonly service?: string;
  /** The HTTP status of the response. */
  readonly status?: number;
  /** The service's name of the error, such as `ThrottlingException`. */
  readonly errorName?: string;
  readonly requestId?: string;
  /** The missing IAM action, such as `config:DescribeConformancePackStatus`. */
  readonly permission?: string;
  /** Whether a policy denies the request or a required one does not allow it. Absent if the user's own policies lack an allow. */
  readonly denial?: 'explicit' | 'implicit';
  /** The kind of the policy behind `denial` if AWS names it, such as `service control policy`. */
  readonly policy?: string;
  readonly region?: string;
  /** The account of the credentials, if known. */
  readonly account?: string;
  /** Whether credentials with a session token were rejected. Absent if unknown. */
  readonly hasSessionToken?: boolean;
  /** Minutes that this computer's clock is ahead of AWS, negative if it is behind. Absent if unknown. */
  readonly clockSkewMinutes?: number;
  /** Host and port of the proxy. */
  readonly proxy?: string;
  /** Where the wrong value of the configuration comes from. */
  readonly origin?: ValueOrigin;
  /** The wrong value of the configuration, if it is no secret. */
  readonly value?: string;
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

/** Whether an error means that the credentials are valid but not allowed to make the request. */
export const isDenial = ({ kind }: ComplianceError): boolean =>
  kind === 'denied' || kind === 'deniedWithoutReason' || kind === 'organizationDenied';

/** Converts any thrown value to a `ComplianceError`. */
export function asComplianceError(thrown: unknown): ComplianceError {
  if (thrown instanceof ComplianceError) return thrown;
  return new ComplianceError('unknown', thrown instanceof Error ? thrown.message : String(thrown));
}
