import { ComplianceError, type ErrorDetails, type ErrorKind } from '../../compliance/errors.ts';
import { redact } from '../../compliance/redaction.ts';

/** The members of SDK errors that classification uses. All are optional on a thrown value. */
interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $retryable?: { readonly throttling?: boolean };
}

const kinds: ReadonlyMap<string, ErrorKind> = new Map(
  Object.entries<ErrorKind>({
    CredentialsProviderError: 'signedOut',
    TokenProviderError: 'signedOut',
    ExpiredTokenException: 'expired',
    ExpiredToken: 'expired',
    AccessDeniedException: 'denied',
    AccessDenied: 'denied',
    OrganizationAccessDeniedException: 'denied',
    UnrecognizedClientException: 'credentialsOrRegionRejected',
    InvalidClientTokenId: 'credentialsOrRegionRejected',
    InvalidSignatureException: 'credentialsRejected',
    SignatureDoesNotMatch: 'credentialsRejected',
    NoAvailableConfigurationRecorderException: 'notSetUp',
    NoRunningConfigurationRecorderException: 'notSetUp',
    NoSuchConfigurationAggregatorException: 'aggregatorNotFound',
    NoSuchConformancePackException: 'packNotFound',
    NoSuchOrganizationConformancePackException: 'packNotFound',
    InvalidNextTokenException: 'staleCursor',
    ThrottlingException: 'throttled',
    Throttling: 'throttled',
    TooManyRequestsException: 'throttled',
    AbortError: 'cancelled',
    TimeoutError: 'network',
  }),
);

/** Causes of network errors, by the error's code, name or message. */
const networkCauses: readonly (readonly [ErrorDetails['networkCause'], RegExp])[] = [
  ['proxy', /^Failed to establish a socket connection to proxies|^Proxy connection/],
  ['certificate', /^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT)/],
  ['host', /^(ENOTFOUND|EAI_AGAIN)$/],
  [undefined, /^E(CONN|NETUNREACH|HOSTUNREACH|PIPE|PROTO)|^(socket hang up|aborted)$/],
  ['timeout', /^(TimeoutError|ETIMEDOUT)$/],
];

/** The request that failed. */
export interface RequestContext {
  readonly operation: string;
  readonly region?: string;
  /** The account of the credentials, if known. */
  readonly account?: string | undefined;
  /** Host and port. */
  readonly proxy?: string | undefined;
}

/** Converts what the SDK threw during a request. Errors of the request's own callbacks are already converted. */
export function toComplianceError(thrown: unknown, context: RequestContext): ComplianceError {
  if (thrown instanceof ComplianceError) return thrown;
  const error: SdkError = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { operation } = context;
  const kind = classify(error, context);
  const requestId = error.$metadata?.requestId;
  const message = redactText(error.message);
  return new ComplianceError(kind, formatMessage(error), {
    operation,
    ...((kind === 'credentialsOrRegionRejected' || kind === 'regionDisabled') && getRegionDetails(context)),
    ...(kind === 'denied' && parseDenial(message, operation)),
    ...(kind === 'network' && getNetworkDetails(error, message, context.proxy)),
    ...(requestId !== undefined && { requestId: redactText(requestId) }),
  });
}

/** Formats an error for the log: its name, message and request id. */
export const formatErrorForLog = ({ name, message, $metadata }: SdkError): string =>
  redactText(`${name}: ${message}${$metadata?.requestId ? ` (request ${$metadata.requestId})` : ''}`);

function classify(error: SdkError, { account }: RequestContext): ErrorKind {
  if (error.$retryable?.throttling) return 'throttled';
  const kind = kinds.get(error.name);
  // Only the message distinguishes an expired SSO session from missing credentials.
  if (kind === 'signedOut' && /expired/i.test(error.message)) return 'expired';
  // AWS has issued or accepted credentials before if their account is known.
  if (kind === 'credentialsOrRegionRejected' && account !== undefined) return 'regionDisabled';
  if (kind) return kind;
  if (/region is missing/i.test(error.message)) return 'noRegion';
  return findNetworkCause(error) || isProxyAuthenticationError(error) ? 'network' : 'unknown';
}

/** Only proxies respond with status 407. */
const isProxyAuthenticationError = ({ $metadata }: SdkError): boolean => $metadata?.httpStatusCode === 407;

const findNetworkCause = ({ code = '', name, message }: SdkError) =>
  networkCauses.find(([, pattern]) => [code, name, message].some((text) => pattern.test(text)));

const getRegionDetails = ({ region, account }: RequestContext): ErrorDetails => ({
  ...(region !== undefined && { region }),
  ...(account !== undefined && { account }),
});

function getNetworkDetails(error: SdkError, message: string, configuredProxy: string | undefined): ErrorDetails {
  const networkCause = isProxyAuthenticationError(error) ? 'proxy' : findNetworkCause(error)?.[0];
  const proxy = /\bPROX(?:Y|IES): (?:\w+ |\w+:\/\/)?(?:\S*@)?([\w.:[\]-]+)/i.exec(message)?.[1] ?? configuredProxy;
  return { ...(networkCause && { networkCause }), ...(networkCause === 'proxy' && proxy && { proxy }) };
}

/** Replaces parser errors, which occur for a proxy's HTML page or an incomplete response, by the HTTP status. */
function formatMessage(error: SdkError): string {
  const status = error.$metadata?.httpStatusCode;
  const isParserError = error instanceof SyntaxError || /^Unknown(Error)?$/.test(error.message);
  if (isParserError) return `The response could not be parsed${status ? ` (HTTP ${status})` : ''}.`;
  // The SDK appends a hint for developers about the raw response.
  const [message = ''] = error.message.split('Deserialization error: to see the raw response', 1);
  return redactText(message.trimEnd() || error.name);
}

/** Messages of services repeat parts of the signed request, and those of proxies may contain the login. */
const redactText = (text: string): string => redact(text, process.env);

/** The missing permission, and the kind of policy that causes the denial. */
function parseDenial(message: string, operation: string): ErrorDetails {
  const service = operation === 'GetCallerIdentity' ? 'sts' : 'config';
  const permission = /not authorized to perform:\s*([\w-]+:\w+)/.exec(message)?.[1] ?? `${service}:${operation}`;
  const explicitDeny = /with an explicit deny(?: in (?:an? )?([\w\s-]{1,60}?))?(?:[:.]|$)/.exec(message);
  if (explicitDeny) {
    const [, policy] = explicitDeny;
    return { permission, denial: 'explicit', ...(policy !== undefined && { policy }) };
  }
  const policy = /because no ([\w\s-]{1,60}?) allows/.exec(message)?.[1];
  // A missing allow in the user's own policies is the usual case and needs no explanation.
  if (policy === undefined || /identity-based|resource-based/.test(policy)) return { permission };
  return { permission, denial: 'implicit', policy };
}
