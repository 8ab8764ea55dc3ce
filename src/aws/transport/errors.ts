import { ComplianceError, type ErrorDetails, type ErrorKind } from '../../compliance/errors.ts';
import { redact } from '../../compliance/redaction.ts';

/** The members of SDK errors that are read here, all of them optional on a thrown value. */
interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $retryable?: { readonly throttling?: boolean };
}

const kinds: Readonly<Record<string, ErrorKind>> = {
  CredentialsProviderError: 'signedOut',
  TokenProviderError: 'signedOut',
  ExpiredTokenException: 'expired',
  ExpiredToken: 'expired',
  AccessDeniedException: 'denied',
  AccessDenied: 'denied',
  OrganizationAccessDeniedException: 'denied',
  UnrecognizedClientException: 'regionOff',
  InvalidClientTokenId: 'regionOff',
  InvalidSignatureException: 'keysRefused',
  SignatureDoesNotMatch: 'keysRefused',
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

/** What is in the way where no connection comes about, it breaks, or the other side is not trusted: by Node's code or words. */
const obstacles: readonly (readonly [ErrorDetails['obstacle'], RegExp])[] = [
  ['proxy', /^Failed to establish a socket connection to proxies|^Proxy connection/],
  ['certificate', /^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT)/],
  ['host', /^(ENOTFOUND|EAI_AGAIN)$/],
  [undefined, /^E(CONN|NETUNREACH|HOSTUNREACH|PIPE|PROTO)|^(socket hang up|aborted)$/],
  ['silence', /^(TimeoutError|ETIMEDOUT)$/],
];

/** Where a request went, as far as it is known. */
export interface RequestContext {
  readonly region: string;
  /** The account that the credentials belong to, by STS. */
  readonly account?: string;
  /** Host and port. */
  readonly proxy?: string | undefined;
}

/** What the SDK threw while it ran `operation`, as the product speaks of it. */
export function toComplianceError(thrown: unknown, operation: string, place?: RequestContext): ComplianceError {
  if (thrown instanceof ComplianceError) return thrown;
  const error: SdkError = thrown instanceof Error ? thrown : new Error(String(thrown));
  const kind = kindOf(error);
  const requestId = error.$metadata?.requestId;
  const words = redacted(error.message);
  return new ComplianceError(kind, messageOf(error), {
    operation,
    ...(kind === 'regionOff' && place && regionIn(place)),
    ...(kind === 'denied' && denialIn(words, operation)),
    ...(kind === 'network' && networkIn(error, words, place?.proxy)),
    ...(requestId !== undefined && { requestId: redacted(requestId) }),
  });
}

/** What the log says of a request that failed. */
export const errorForLog = ({ name, message, $metadata }: SdkError): string =>
  redacted(`${name}: ${message}${$metadata?.requestId ? ` (request ${$metadata.requestId})` : ''}`);

function kindOf(error: SdkError): ErrorKind {
  if (error.$retryable?.throttling) return 'throttled';
  const kind = kinds[error.name];
  // An SSO session that has run out is a credentials error that only its words tell apart.
  if (kind === 'signedOut' && /expired/i.test(error.message)) return 'expired';
  if (kind) return kind;
  if (/region is missing/i.test(error.message)) return 'noRegion';
  return obstacleOf(error) || isRefusedByProxy(error) ? 'network' : 'unknown';
}

/** Only a proxy asks for its own sign-in. */
const isRefusedByProxy = ({ $metadata }: SdkError): boolean => $metadata?.httpStatusCode === 407;

const obstacleOf = ({ code = '', name, message }: SdkError) =>
  obstacles.find(([, pattern]) => [code, name, message].some((text) => pattern.test(text)));

const regionIn = ({ region, account }: RequestContext): ErrorDetails => ({
  region,
  ...(account !== undefined && { account }),
});

function networkIn(error: SdkError, words: string, known: string | undefined): ErrorDetails {
  const obstacle = isRefusedByProxy(error) ? 'proxy' : obstacleOf(error)?.[0];
  const proxy = /\bPROX(?:Y|IES): (?:\w+ |\w+:\/\/)?(?:\S*@)?([\w.:[\]-]+)/i.exec(words)?.[1] ?? known;
  return { ...(obstacle && { obstacle }), ...(obstacle === 'proxy' && proxy && { proxy }) };
}

/** A body that is no answer of the service (a proxy's HTML, half a response) is told by its status, not by the parser's words. */
function messageOf(error: SdkError): string {
  const status = error.$metadata?.httpStatusCode;
  const unread = error instanceof SyntaxError || /^Unknown(Error)?$/.test(error.message);
  if (unread) return `The answer could not be read${status ? ` (HTTP ${status})` : ''}.`;
  // Behind the first line the SDK tells developers where it keeps the raw response.
  return redacted(error.message.replace(/\s*Deserialization error: to see the raw response.*/s, '') || error.name);
}

/** Some of the service's messages and headers repeat parts of the signed request, some of a proxy's its sign-in. */
const redacted = (text: string): string => redact(text, process.env);

/** The permission that is missing, and which policy denies it where that is not just the lack of an allow. */
function denialIn(message: string, operation: string): ErrorDetails {
  const service = operation === 'GetCallerIdentity' ? 'sts' : 'config';
  const permission = /not authorized to perform:\s*([\w-]+:\w+)/.exec(message)?.[1] ?? `${service}:${operation}`;
  const [, explicit, lacking] =
    /with (an explicit deny(?: in [\w\s-]+?)?)(?:[:.]|$)|because no ([\w\s-]+?) allows/.exec(message) ?? [];
  // That no policy of the person's own allows it is the usual case, and has the usual advice.
  const bounded = lacking !== undefined && !/identity-based|resource-based/.test(lacking);
  const denial = explicit ?? (bounded ? `that no ${lacking} allows it` : undefined);
  return { permission, ...(denial !== undefined && { denial }) };
}
