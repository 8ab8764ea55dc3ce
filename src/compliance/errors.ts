/** The few ways a question can fail, by what a person can do about it. */
export type FailureKind =
  | 'signedOut'
  | 'expired'
  | 'switched'
  | 'denied'
  | 'noRegion'
  | 'regionOff'
  | 'notSetUp'
  | 'noAggregator'
  | 'noPack'
  | 'staleCursor'
  | 'throttled'
  | 'network'
  | 'cancelled'
  | 'unknown';

interface Facts {
  /** The service's operation, such as `DescribeConformancePackStatus`. */
  readonly operation?: string;
  /** The IAM action that is missing, such as `config:DescribeConformancePackStatus`. */
  readonly permission?: string;
  readonly requestId?: string;
}

/** A failure as the product speaks of it; `message` holds the cause's own words. */
export class ComplianceError extends Error {
  override readonly name = 'ComplianceError';
  readonly kind: FailureKind;
  readonly facts: Facts;

  constructor(kind: FailureKind, message: string, facts: Facts = {}) {
    super(message);
    this.kind = kind;
    this.facts = facts;
  }
}

/** What went wrong, in a few words: the label of an error wherever it is shown. */
export function failureTitle({ kind, facts }: ComplianceError): string {
  switch (kind) {
    case 'signedOut':
      return 'Not signed in to AWS';
    case 'expired':
      return 'The sign-in to AWS has expired';
    case 'switched':
      return 'These credentials are somebody else’s now';
    case 'denied':
      return `Not permitted: ${facts.permission ?? 'this request'}`;
    case 'noRegion':
      return 'No AWS region is set';
    case 'regionOff':
      return 'AWS does not accept these credentials here';
    case 'notSetUp':
      return 'AWS Config is not set up here';
    case 'noAggregator':
      return 'No such aggregator';
    case 'noPack':
      return 'No such conformance pack';
    case 'staleCursor':
      return 'The list changed while it was read';
    case 'throttled':
      return 'AWS is throttling requests';
    case 'network':
      return 'AWS could not be reached';
    case 'cancelled':
      return 'Cancelled';
    case 'unknown':
      return 'AWS answered with an error';
  }
}

/** What a person can do about it, as one sentence. */
export function failureAdvice({ kind, facts }: ComplianceError): string {
  switch (kind) {
    case 'signedOut':
      return 'Sign in with the AWS CLI (aws sso login, aws configure) or set AWS_PROFILE, then retry.';
    case 'expired':
      return 'Sign in again (aws sso login), then retry.';
    case 'switched':
      return 'Refresh: everything is read anew.';
    case 'denied':
      return `Ask for the permission ${facts.permission ?? 'that the message names'}, then retry.`;
    case 'noRegion':
      return 'Set AWS_REGION, a region in the profile, or one in the setting packscope.connections.';
    case 'regionOff':
      return 'The credentials are wrong, or the region is not enabled in this account.';
    case 'notSetUp':
      return 'Set up AWS Config in this region, then retry.';
    case 'noAggregator':
      return 'Check the names in the setting packscope.aggregators and the region.';
    case 'noPack':
      return 'It may have been deleted: refresh the list of packs.';
    case 'staleCursor':
      return 'Retry to read it from its beginning.';
    case 'throttled':
      return 'Wait a moment, then retry.';
    case 'network':
      return 'Check the network, the proxy and AWS_ENDPOINT_URL, then retry.';
    case 'cancelled':
      return 'Retry to go on.';
    case 'unknown':
      return 'Retry; the log has the details.';
  }
}

/** Any thrown value as a `ComplianceError`. */
export function asComplianceError(thrown: unknown): ComplianceError {
  if (thrown instanceof ComplianceError) return thrown;
  return new ComplianceError('unknown', thrown instanceof Error ? thrown.message : String(thrown));
}
