import { ComplianceError, type FailureKind } from '../compliance/errors.ts';

/** The members of SDK errors that are read here, all of them optional on a thrown value. */
interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $retryable?: { readonly throttling?: boolean };
}

const kinds: Readonly<Record<string, FailureKind>> = {
  CredentialsProviderError: 'signedOut',
  TokenProviderError: 'signedOut',
  ExpiredTokenException: 'expired',
  ExpiredToken: 'expired',
  AccessDeniedException: 'denied',
  AccessDenied: 'denied',
  OrganizationAccessDeniedException: 'denied',
  UnrecognizedClientException: 'regionOff',
  InvalidClientTokenId: 'regionOff',
  NoAvailableConfigurationRecorderException: 'notSetUp',
  NoRunningConfigurationRecorderException: 'notSetUp',
  NoSuchConfigurationAggregatorException: 'noAggregator',
  NoSuchConformancePackException: 'noPack',
  NoSuchOrganizationConformancePackException: 'noPack',
  InvalidNextTokenException: 'staleCursor',
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  TooManyRequestsException: 'throttled',
  AbortError: 'cancelled',
  TimeoutError: 'network',
};

/** Node's codes for connections that do not come about, break, or are not trusted. */
const networkCode =
  /^(E(CONN|NETUNREACH|HOSTUNREACH|NOTFOUND|AI_AGAIN|PIPE|TIMEDOUT|PROTO)|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;

/** What the SDK threw while it ran `operation`, as the product speaks of it. */
export function toComplianceError(thrown: unknown, operation: string): ComplianceError {
  if (thrown instanceof ComplianceError) return thrown;
  const error: SdkError = thrown instanceof Error ? thrown : new Error(String(thrown));
  const kind = kindOf(error);
  const requestId = error.$metadata?.requestId;
  return new ComplianceError(kind, messageOf(error), {
    operation,
    ...(kind === 'denied' && {
      permission: permissionIn(error.message) ?? `${operation === 'GetCallerIdentity' ? 'sts' : 'config'}:${operation}`,
    }),
    ...(requestId !== undefined && { requestId }),
  });
}

function kindOf(error: SdkError): FailureKind {
  if (error.$retryable?.throttling) return 'throttled';
  const kind = kinds[error.name];
  // An SSO session that has run out is a credentials error that only its words tell apart.
  if (kind === 'signedOut' && /expired/i.test(error.message)) return 'expired';
  if (kind) return kind;
  if (/region is missing/i.test(error.message)) return 'noRegion';
  if (networkCode.test(error.code ?? '') || /socket hang up|aborted/i.test(error.message)) return 'network';
  return 'unknown';
}

/** A body that is no answer of the service (a proxy's HTML, half a response) is told by its status, not by the parser's words. */
function messageOf(error: SdkError): string {
  const status = error.$metadata?.httpStatusCode;
  const unread = error instanceof SyntaxError || /^Unknown(Error)?$/.test(error.message);
  if (unread) return `The answer could not be read${status ? ` (HTTP ${status})` : ''}.`;
  // Behind the first line the SDK tells developers where it keeps the raw response.
  return redact(error.message.replace(/\s*Deserialization error: to see the raw response.*/s, '') || error.name);
}

/** Some of the service's messages repeat parts of the signed request. */
export const redact = (message: string): string =>
  message.replace(/\b(signature|credential|(?:security|session)-?token|secret[\w-]*)(\s*[:=]\s*)[^\s,&']+/gi, '$1$2…');

function permissionIn(message: string): string | undefined {
  return /not authorized to perform:\s*([\w-]+:\w+)/.exec(message)?.[1];
}
