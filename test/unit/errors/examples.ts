import { ComplianceError, type ErrorDetails, type ErrorKind } from '../../../src/compliance/errors.ts';

const region = 'eu-south-2';
const account = '318604927715';
const requestId = '5c0b9f6e-0000-4000-8000-000000000000';
const operation = 'ListConformancePackComplianceScores';
const start = 'StartConfigRulesEvaluation';
const permission = `config:${operation}`;
const file = '/home/me/.aws/config';
const base: ErrorDetails = { operation, service: 'config' };
const answer: ErrorDetails = { ...base, status: 400, requestId };
const inFile = (key: string): ErrorDetails => ({ origin: { kind: 'file', file, line: 12, profile: 'audit', key } });
const inVariable = (variable: string): ErrorDetails => ({ origin: { kind: 'environment', variable } });
const inSetting: ErrorDetails = { origin: { kind: 'setting', setting: 'packscope.connections' } };

interface Example {
  readonly message: string;
  /** The details of each example. */
  readonly details: readonly ErrorDetails[];
}

/** Every kind with the message and the details that it has in practice. Details change the texts. */
export const examples: Readonly<Record<ErrorKind, Example>> = {
  noRegion: { message: 'Region is missing', details: [base] },
  invalidRegion: {
    message: 'The region “us_east_1” does not exist.',
    details: [
      { ...inVariable('AWS_REGION'), value: 'us_east_1' },
      { ...inSetting, value: 'us-east-1 ' },
      { ...inFile('region'), value: 'us_east_1' },
      {},
    ],
  },
  profileNotFound: {
    message: 'There is no profile “audit”.',
    details: [{ ...inSetting, value: 'audit' }, { ...inVariable('AWS_PROFILE'), value: 'audit' }, {}],
  },
  profileInvalid: {
    message: 'source_profile leads in a circle: audit → home → audit.',
    details: [inFile('source_profile'), inVariable('AWS_WEB_IDENTITY_TOKEN_FILE'), {}],
  },
  credentialsMalformed: {
    message: 'AWS_ACCESS_KEY_ID has a space in it',
    details: [inVariable('AWS_ACCESS_KEY_ID'), inFile('aws_access_key_id'), {}],
  },
  endpointInvalid: {
    message: 'The endpoint is no URL.',
    details: [
      { ...inVariable('AWS_ENDPOINT_URL'), value: '127.0.0.1:4566' },
      { ...inFile('endpoint_url'), value: 'localhost' },
    ],
  },
  endpointConflict: {
    message: 'AWS_USE_FIPS_ENDPOINT is set together with AWS_ENDPOINT_URL.',
    details: [inVariable('AWS_USE_FIPS_ENDPOINT'), {}],
  },
  caBundleUnreadable: { message: 'The CA bundle could not be read: ENOENT', details: [inFile('ca_bundle'), {}] },
  processTimedOut: { message: 'No answer after 10 seconds.', details: [inFile('credential_process'), {}] },
  processFailed: { message: 'aws-vault: not found', details: [inFile('credential_process'), {}] },
  signedOut: { message: 'Could not load credentials from any providers', details: [base] },
  notInSample: { message: 'The sample has no tags.', details: [{}] },
  proxyFailed: { message: 'Failed', details: [base, { ...base, proxy: 'office.example:3128' }] },
  certificateRejected: { message: 'self-signed certificate in certificate chain', details: [base] },
  hostNotFound: {
    message: 'getaddrinfo ENOTFOUND config.eu-south-2.amazonaws.com',
    details: [
      base,
      { ...base, region },
      { ...base, endpointVariant: 'FIPS' },
      { ...base, endpointVariant: 'dual-stack' },
    ],
  },
  certificateExpired: { message: 'certificate has expired', details: [base] },
  certificateForOtherHost: {
    message: 'Hostname/IP does not match certificate’s altnames: Host: config.eu-south-2.amazonaws.com.',
    details: [base],
  },
  tlsFailed: { message: 'write EPROTO: wrong version number', details: [base] },
  timedOut: { message: 'Connection timed out', details: [base] },
  connectionFailed: { message: 'connect ECONNREFUSED 127.0.0.1:9', details: [base] },
  connectionLost: { message: 'socket hang up', details: [base] },
  intermediary: {
    message: 'The response could not be parsed (HTTP 403), from squid/6.6.',
    details: [{ ...base, status: 403 }, base],
  },
  expired: {
    message: 'The security token included in the request is expired',
    details: [answer, { ...answer, ...inVariable('AWS_SESSION_TOKEN') }],
  },
  denied: {
    message: `User: arn:aws:iam::${account}:user/me is not authorized to perform: ${permission}`,
    details: [
      { ...answer, permission },
      { ...answer, permission, denial: 'explicit' },
      { ...answer, permission, denial: 'explicit', policy: 'identity-based policy' },
      { ...answer, permission, denial: 'implicit', policy: 'service control policy' },
      { service: 'sso', operation: 'GetRoleCredentials', permission: 'sso:GetRoleCredentials' },
      answer,
    ],
  },
  deniedWithoutReason: {
    message: 'The response has the error AccessDeniedException without a message (HTTP 400).',
    details: [{ ...answer, permission, region }, answer],
  },
  organizationDenied: {
    message: 'The operation is not permitted for this account.',
    details: [{ ...answer, operation: 'GetOrganizationConformancePackDetailedStatus' }],
  },
  credentialsRejected: {
    message: 'The security token included in the request is invalid.',
    details: [
      { ...answer, region: 'us-east-1', account, hasSessionToken: false },
      { ...answer, region: 'us-east-1', hasSessionToken: true },
      { ...answer, region: 'cn-north-1', hasSessionToken: false },
      { ...answer, errorName: 'InvalidSignatureException' },
      { ...answer, region: 'us-east-1', hasSessionToken: false, ...inVariable('AWS_ACCESS_KEY_ID') },
      { ...answer, region: 'us-east-1', hasSessionToken: true, ...inVariable('AWS_SESSION_TOKEN') },
    ],
  },
  credentialsOrRegionRejected: {
    message: 'The security token included in the request is invalid.',
    details: [
      { ...answer, region, hasSessionToken: false },
      { ...answer, region, hasSessionToken: true },
    ],
  },
  regionDisabled: {
    message: 'The security token included in the request is invalid.',
    details: [
      { ...answer, region, account, hasSessionToken: false },
      { ...answer, region, account, hasSessionToken: true },
      { ...answer, service: 'sts', region, errorName: 'RegionDisabledException' },
    ],
  },
  clockWrong: {
    message: 'Signature expired: 20250101T000000Z is now earlier than 20250101T001000Z',
    details: [{ ...answer, clockSkewMinutes: -15 }, { ...answer, clockSkewMinutes: 1 }, answer],
  },
  requestLate: { message: 'Request has expired.', details: [answer] },
  identityTokenRejected: {
    message: 'Token expired: current date/time must be before the expiration date/time',
    details: [{ ...answer, service: 'sts', operation: 'AssumeRoleWithWebIdentity' }],
  },
  signatureScopeRejected: { message: 'Credential should be scoped to a valid region.', details: [answer] },
  signatureIncomplete: { message: 'Missing Authentication Token', details: [answer] },
  accountInactive: { message: 'The account is currently suspended.', details: [answer] },
  throttled: { message: 'Rate exceeded', details: [answer, { ...answer, service: 'sso', status: 429 }] },
  serviceFailed: {
    message: 'The response has the error InternalFailure without a message (HTTP 500).',
    details: [
      { ...answer, status: 500 },
      { ...base, status: 503 },
    ],
  },
  signInServiceFailed: {
    message: 'The response has neither an error name nor a message (HTTP 503).',
    details: [{ ...answer, service: 'sso', operation: 'GetRoleCredentials', status: 503 }],
  },
  signInRejected: {
    message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    details: [
      { operation: 'AssumeRole', service: 'sts', status: 400, requestId, errorName: 'ValidationError' },
      { operation: 'GetRoleCredentials', service: 'sso', status: 404 },
    ],
  },
  unreadable: {
    message: 'The response could not be parsed (HTTP 200).',
    details: [
      { ...answer, status: 200 },
      { service: 'sso', operation: 'GetRoleCredentials' },
    ],
  },
  operationNotOffered: {
    message: 'The response has the error UnknownOperationException without a message (HTTP 400).',
    details: [answer],
  },
  notRecorded: { message: 'Resource is unknown or has not been discovered.', details: [answer] },
  notSetUp: { message: 'No configuration recorder is available.', details: [answer] },
  aggregatorNotFound: { message: 'The configuration aggregator does not exist.', details: [answer] },
  ruleNotFound: { message: 'The ConfigRule is invalid.', details: [answer] },
  evaluationRunning: { message: 'An evaluation is in progress.', details: [{ ...answer, operation: start }] },
  evaluationLimited: { message: 'Limit exceeded.', details: [{ ...answer, operation: start }] },
  packNotFound: { message: 'The conformance pack does not exist.', details: [answer] },
  staleCursor: { message: 'The token is not valid.', details: [answer] },
  unknown: {
    message: 'The limit is not valid.',
    details: [
      { ...answer, errorName: 'InvalidLimitException' },
      { ...base, status: 400 },
    ],
  },
  unexpected: { message: 'x is not a function', details: [base, {}] },
  accountChanged: { message: 'The credentials changed and may belong to another account.', details: [{}] },
  accountMismatch: { message: 'AWS named the accounts 111111111111 and 222222222222.', details: [{}] },
  cancelled: { message: 'The connection was closed.', details: [{}] },
};

export const createErrors = (kind: ErrorKind): readonly ComplianceError[] =>
  examples[kind].details.map((details) => new ComplianceError(kind, examples[kind].message, details));
