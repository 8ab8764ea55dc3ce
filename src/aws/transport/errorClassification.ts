import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { ComplianceError, type ErrorDetails, type ErrorKind } from '../../compliance/errors.ts';
import { getClockSkewMinutes, isClockError } from './clockSkew.ts';
import { parseDenial } from './denialDetails.ts';
import { isDefaultRegion, isOptInRegion } from './optInRegions.ts';
import { classifyRoute, getProxy } from './routeClassification.ts';
import {
  formatMessage,
  getServiceName,
  getStatus,
  hasAwsHeaders,
  hasNoMessage,
  isUnparsable,
  redactText,
  type SdkError,
  toSdkError,
} from './sdkError.ts';

export { getProxyHost } from './proxyHost.ts';
export { formatErrorForLog, toSdkError } from './sdkError.ts';

/** The request that failed. */
export interface RequestContext {
  readonly operation: string;
  /** The prefix of the service's IAM actions; by default that of the operation. */
  readonly service?: string;
  readonly region?: string;
  /** The account of the credentials, if AWS has accepted them before. */
  readonly account?: string | undefined;
  /** Host and port. */
  readonly proxy?: string | undefined;
}

/**
 * The kinds of errors by the names that services and the SDK give them, with or without `Exception` at the end. Rules
 * about other evidence come first.
 */
export const kindsByName: ReadonlyMap<string, ErrorKind> = new Map(
  Object.entries<ErrorKind>({
    CredentialsProviderError: 'signedOut',
    TokenProviderError: 'signedOut',
    ExpiredTokenException: 'expired',
    UnauthorizedException: 'expired',
    AccessDeniedException: 'denied',
    NotAuthorized: 'denied',
    UnauthorizedOperation: 'denied',
    ForbiddenException: 'denied',
    OrganizationAccessDeniedException: 'organizationDenied',
    UnrecognizedClientException: 'credentialsOrRegionRejected',
    InvalidClientTokenId: 'credentialsOrRegionRejected',
    AuthFailure: 'credentialsOrRegionRejected',
    RegionDisabledException: 'regionDisabled',
    InvalidSignatureException: 'credentialsRejected',
    SignatureDoesNotMatch: 'credentialsRejected',
    InvalidAccessKeyId: 'credentialsRejected',
    IncompleteSignature: 'signatureIncomplete',
    MissingAuthenticationToken: 'signatureIncomplete',
    InvalidIdentityToken: 'identityTokenRejected',
    IDPRejectedClaim: 'identityTokenRejected',
    OptInRequired: 'accountInactive',
    SubscriptionRequiredException: 'accountInactive',
    UnknownOperationException: 'operationNotOffered',
    InvalidAction: 'operationNotOffered',
    NotImplemented: 'operationNotOffered',
    NoAvailableConfigurationRecorderException: 'notSetUp',
    NoRunningConfigurationRecorderException: 'notSetUp',
    NoSuchConfigurationAggregatorException: 'aggregatorNotFound',
    NoSuchConfigRuleException: 'ruleNotFound',
    NoSuchConformancePackException: 'packNotFound',
    NoSuchOrganizationConformancePackException: 'packNotFound',
    InvalidNextTokenException: 'staleCursor',
    AbortError: 'cancelled',
  }),
);

/**
 * What these names mean for StartConfigRulesEvaluation. In other operations they mean something else, such as throttling
 * by the rules of the SDK.
 */
const evaluationKinds: ReadonlyMap<string, ErrorKind> = new Map([
  ['ResourceInUseException', 'evaluationRunning'],
  ['LimitExceededException', 'evaluationLimited'],
]);

/** The services of operations that are not those of AWS Config. */
const services: ReadonlyMap<string, string> = new Map([
  ['GetCallerIdentity', 'sts'],
  ['AssumeRole', 'sts'],
  ['AssumeRoleWithWebIdentity', 'sts'],
  ['GetRoleCredentials', 'sso'],
  ['CreateToken', 'sso-oidc'],
]);

/** Converts what the SDK threw during a request. Errors of the request's own callbacks are already converted. */
export function toComplianceError(thrown: unknown, context: RequestContext): ComplianceError {
  if (thrown instanceof ComplianceError) return thrown;
  const error = toSdkError(thrown);
  const service = context.service ?? services.get(context.operation) ?? 'config';
  const kind = classify(error, context, service);
  return new ComplianceError(kind, formatMessage(error), {
    operation: context.operation,
    service,
    ...getResponseDetails(error),
    ...getKindDetails(kind, error, context, service),
  });
}

/** Classifies by the evidence: first by the rules of the SDK, then by who answered, and by the error's name last. */
function classify(error: SdkError, context: RequestContext, service: string): ErrorKind {
  const kind = findKind(error.name);
  if (kind === 'cancelled') return kind;
  const evaluationKind = evaluationKinds.get(error.name);
  if (evaluationKind && context.operation === 'StartConfigRulesEvaluation') return evaluationKind;
  if (isThrottlingError(error)) return 'throttled';
  if (isClockError(error)) return getClockSkewMinutes(error) === 0 ? 'requestLate' : 'clockWrong';
  const route = classifyRoute(error);
  if (route) return isAtProxy(error, context) ? 'proxyFailed' : route;
  if (isFailureOfService(error)) return service === 'config' ? 'serviceFailed' : 'signInServiceFailed';
  if (kind) return refineKind(kind, error, context);
  if (getStatus(error) === 501) return 'operationNotOffered';
  if (isUnparsable(error)) return 'unreadable';
  if (error.code === 'ERR_INVALID_CHAR') return 'credentialsMalformed';
  if (/region is missing/i.test(error.message)) return 'noRegion';
  if (getStatus(error) === undefined) return 'unexpected';
  // Other software has error names as well.
  if (hasAwsHeaders(error) === false) return 'intermediary';
  return service === 'config' ? 'unknown' : 'signInRejected';
}

/** Whether the connection to the proxy failed, or its host was not found. Messages of Node end with what was tried. */
function isAtProxy({ message }: SdkError, { proxy }: RequestContext): boolean {
  if (proxy === undefined) return false;
  const target = message.slice(message.lastIndexOf(' ') + 1);
  return target === proxy || target === proxy.replace(/:\d+$/, '');
}

/** Protocols differ in whether names end in `Exception`. */
function findKind(name: string): ErrorKind | undefined {
  const suffix = 'Exception';
  const other = name.endsWith(suffix) ? name.slice(0, -suffix.length) : name + suffix;
  return kindsByName.get(name) ?? kindsByName.get(other);
}

/** Whether the service failed, not the request. Names tell where the status does not. */
function isFailureOfService(error: SdkError): boolean {
  const status = getStatus(error) ?? 0;
  if (status >= 500) return status !== 501 && (isServerError(error) || isTransientError(error));
  return /^(Internal(Failure|Error|Server\w*|Service\w*)|ServiceUnavailable\w*|Service(Failure|Exception)|Dependency\w*|IDPCommunicationError\w*)$/.test(
    error.name,
  );
}

/** Decides between the causes that share an error name. */
function refineKind(kind: ErrorKind, error: SdkError, { operation, region }: RequestContext): ErrorKind {
  switch (kind) {
    case 'signedOut':
      // Only the message distinguishes an expired SSO session from missing credentials.
      return /expired/i.test(error.message) ? 'expired' : kind;
    case 'expired':
      return operation === 'AssumeRoleWithWebIdentity' ? 'identityTokenRejected' : kind;
    case 'denied':
      if (/\baccount\b.{0,40}\b(?:suspended|closed|blocked|on hold)\b/i.test(error.message)) return 'accountInactive';
      return hasNoMessage(error) ? 'deniedWithoutReason' : kind;
    case 'credentialsRejected':
      return /Credential should be scoped/.test(error.message) ? 'signatureScopeRejected' : kind;
    case 'credentialsOrRegionRejected':
      return region !== undefined && !isOptInRegion(region) ? 'credentialsRejected' : kind;
    default:
      return kind;
  }
}

function getResponseDetails(error: SdkError): ErrorDetails {
  const status = getStatus(error);
  const errorName = getServiceName(error);
  const requestId = error.$metadata?.requestId;
  return {
    ...(status !== undefined && { status }),
    ...(errorName !== undefined && { errorName: redactText(errorName) }),
    ...(requestId !== undefined && { requestId: redactText(requestId) }),
  };
}

/** The evidence that the messages of a kind name. */
function getKindDetails(kind: ErrorKind, error: SdkError, context: RequestContext, service: string): ErrorDetails {
  const { operation, region, account, proxy } = context;
  switch (kind) {
    case 'credentialsRejected':
    case 'credentialsOrRegionRejected':
    case 'regionDisabled':
      return { ...(region !== undefined && { region }), ...(account !== undefined && { account }) };
    case 'denied':
      return parseDenial(redactText(error.message), service, operation);
    case 'deniedWithoutReason':
      return { permission: `${service}:${operation}`, ...(region !== undefined && { region }) };
    case 'clockWrong': {
      const clockSkewMinutes = getClockSkewMinutes(error);
      return clockSkewMinutes === undefined ? {} : { clockSkewMinutes };
    }
    case 'proxyFailed': {
      const host = getProxy(redactText(error.message)) ?? proxy;
      return host === undefined ? {} : { proxy: host };
    }
    case 'hostNotFound':
      // A mistyped region leads to a host that does not exist. A host of an own endpoint says nothing about the region.
      return region !== undefined && error.message.includes(`.${region}.`) ? getHostDetails(error.message, region) : {};
    default:
      return {};
  }
}

/** What a host name that AWS does not have depends on. */
function getHostDetails(message: string, region: string): ErrorDetails {
  if (/-fips\./.test(message)) return { endpointVariant: 'FIPS' };
  if (message.includes(`.${region}.api.`)) return { endpointVariant: 'dual-stack' };
  return isDefaultRegion(region) ? {} : { region };
}
