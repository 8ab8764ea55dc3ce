import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatErrorForLog, toComplianceError } from '../../../src/aws/transport/errorClassification.ts';
import { ComplianceError, type ErrorKind } from '../../../src/compliance/errors.ts';
import { describeError } from '../../../src/compliance/text/errorMessages.ts';

const operation = 'DescribeConformancePackStatus';
const context = { operation };

/** An error like those of the SDK. */
const sdkError = (name: string, message = 'message', members: object = {}): Error =>
  Object.assign(new Error(message), { name, ...members });

const cases: readonly (readonly [what: string, thrown: unknown, kind: ErrorKind])[] = [
  ['missing credentials', sdkError('CredentialsProviderError', 'Could not load credentials'), 'signedOut'],
  ['a missing SSO token', sdkError('TokenProviderError', 'Token not found'), 'signedOut'],
  ['an expired SSO session', sdkError('CredentialsProviderError', 'The SSO session has expired.'), 'expired'],
  ['an expired SSO token', sdkError('TokenProviderError', 'Token is expired'), 'expired'],
  ['an expired session token', sdkError('ExpiredTokenException'), 'expired'],
  ['an expired session token from STS', sdkError('ExpiredToken'), 'expired'],
  ['a denial', sdkError('AccessDeniedException'), 'denied'],
  ['a denial from AWS Organizations', sdkError('OrganizationAccessDeniedException'), 'organizationDenied'],
  ['a denial from STS', sdkError('AccessDenied'), 'denied'],
  ['an invalid token or a disabled region', sdkError('UnrecognizedClientException'), 'credentialsOrRegionRejected'],
  ['an invalid token from STS', sdkError('InvalidClientTokenId'), 'credentialsOrRegionRejected'],
  [
    'a wrong secret',
    sdkError('InvalidSignatureException', 'The request signature does not match'),
    'credentialsRejected',
  ],
  ['a wrong secret from STS', sdkError('SignatureDoesNotMatch'), 'credentialsRejected'],
  [
    'a proxy that requires authentication',
    sdkError('Error', 'x', { $metadata: { httpStatusCode: 407 } }),
    'proxyFailed',
  ],
  [
    'an unreachable proxy',
    sdkError('Error', 'Failed to establish a socket connection to proxies: PROXY office:3128'),
    'proxyFailed',
  ],
  ['a denial by another name', sdkError('NotAuthorized', 'You may not.'), 'denied'],
  ['an invalid key by another name', sdkError('AuthFailure'), 'credentialsOrRegionRejected'],
  ['an invalid token with a suffix', sdkError('InvalidClientTokenIdException'), 'credentialsOrRegionRejected'],
  ['a signature without an end', sdkError('IncompleteSignatureException'), 'signatureIncomplete'],
  ['a missing signature', sdkError('MissingAuthenticationTokenException'), 'signatureIncomplete'],
  [
    'a signature for another region',
    sdkError('InvalidSignatureException', 'Credential should be scoped to a valid region.'),
    'signatureScopeRejected',
  ],
  [
    'a signature for another service',
    sdkError('SignatureDoesNotMatch', 'Credential should be scoped to correct service: sts.'),
    'signatureScopeRejected',
  ],
  ['an account without a subscription', sdkError('OptInRequired'), 'accountInactive'],
  ['a suspended account', sdkError('AccessDeniedException', 'Your account is currently suspended'), 'accountInactive'],
  ['a rejected identity token', sdkError('InvalidIdentityTokenException'), 'identityTokenRejected'],
  ['a missing recorder', sdkError('NoAvailableConfigurationRecorderException'), 'notSetUp'],
  ['an unknown aggregator', sdkError('NoSuchConfigurationAggregatorException'), 'aggregatorNotFound'],
  ['an unknown pack', sdkError('NoSuchConformancePackException'), 'packNotFound'],
  ['an unknown rule', sdkError('NoSuchConfigRuleException'), 'ruleNotFound'],
  ['an unknown organization pack', sdkError('NoSuchOrganizationConformancePackException'), 'packNotFound'],
  ['an expired page token', sdkError('InvalidNextTokenException'), 'staleCursor'],
  ['throttling', sdkError('ThrottlingException', 'Rate exceeded'), 'throttled'],
  ['throttling from STS', sdkError('Throttling'), 'throttled'],
  [
    'throttling that only the SDK recognizes',
    sdkError('SlowDown', '', { $retryable: { throttling: true } }),
    'throttled',
  ],
  ['an abort', sdkError('AbortError', 'Request aborted'), 'cancelled'],
  ['a timeout', sdkError('TimeoutError'), 'timedOut'],
  ['a refused connection', sdkError('Error', 'connect', { code: 'ECONNREFUSED' }), 'connectionFailed'],
  ['a reset connection', sdkError('Error', 'read', { code: 'ECONNRESET' }), 'connectionLost'],
  ['an unknown host', sdkError('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), 'hostNotFound'],
  ['a certificate of a proxy', sdkError('Error', 'x', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'certificateRejected'],
  ['a closed network', sdkError('Error', 'connect', { code: 'ENETDOWN' }), 'connectionFailed'],
  ['an expired certificate', sdkError('Error', 'x', { code: 'CERT_HAS_EXPIRED' }), 'certificateExpired'],
  ['a certificate of tomorrow', sdkError('Error', 'x', { code: 'CERT_NOT_YET_VALID' }), 'certificateExpired'],
  [
    'a certificate of another host',
    sdkError('Error', 'x', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
    'certificateForOtherHost',
  ],
  ['an untrusted CA', sdkError('Error', 'x', { code: 'INVALID_CA' }), 'certificateRejected'],
  ['a server without TLS', sdkError('Error', 'write EPROTO', { code: 'EPROTO' }), 'tlsFailed'],
  ['TLS of another version', sdkError('Error', 'x', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'tlsFailed'],
  ['a closed socket', sdkError('Error', 'socket hang up'), 'connectionLost'],
  ['an incomplete response', sdkError('Error', 'aborted'), 'connectionLost'],
  ['a missing region', sdkError('Error', 'Region is missing'), 'noRegion'],
  [
    'an internal error of the service',
    sdkError('InternalFailure', 'x', { $metadata: { httpStatusCode: 500 } }),
    'serviceFailed',
  ],
  ['a thrown string', 'oops', 'unexpected'],
  ['an error without a response', sdkError('TypeError', 'x is not a function'), 'unexpected'],
];

describe('toComplianceError', () => {
  it('tells limits of evaluations from throttling', () => {
    const start = { operation: 'StartConfigRulesEvaluation' };
    const classify = (name: string, request: { operation: string }) => toComplianceError(sdkError(name), request).kind;
    assert.equal(classify('LimitExceededException', start), 'evaluationLimited');
    assert.equal(classify('LimitExceededException', context), 'throttled');
    assert.equal(classify('ResourceInUseException', start), 'evaluationRunning');
    assert.equal(classify('ThrottlingException', start), 'throttled');
  });

  for (const [what, thrown, kind] of cases) {
    it(`classifies ${what} as ${kind}, with a title, advice and the operation`, () => {
      const error = toComplianceError(thrown, context);
      assert.equal(error.kind, kind);
      assert.equal(error.details.operation, operation);
      assert.notEqual(describeError(error).title, '');
      assert.match(describeError(error).advice, /\.$/);
    });
  }

  it('returns a ComplianceError unchanged', () => {
    const known = new ComplianceError('packNotFound', 'gone');
    assert.equal(toComplianceError(known, context), known);
  });

  it('keeps the message and the request id', () => {
    const error = toComplianceError(
      sdkError('InternalFailure', 'broken', { $metadata: { requestId: 'r-1' } }),
      context,
    );
    assert.deepEqual([error.message, error.details.requestId], ['broken', 'r-1']);
  });

  it('joins the messages of all addresses of a host', () => {
    const errors = ['::1', '127.0.0.1'].map((address) => new Error(`connect ECONNREFUSED ${address}:9`));
    const { kind, message } = toComplianceError(
      Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' }),
      context,
    );
    assert.deepEqual(
      [kind, message],
      ['connectionFailed', 'connect ECONNREFUSED ::1:9; connect ECONNREFUSED 127.0.0.1:9'],
    );
  });

  it('tells a proxy that cannot be reached from AWS', () => {
    for (const [code, message] of [
      ['ENOTFOUND', 'getaddrinfo ENOTFOUND office.example'],
      ['ECONNREFUSED', 'connect ECONNREFUSED office.example:3128'],
    ] as const) {
      const error = sdkError('Error', message, { code });
      const { kind, details } = toComplianceError(error, { operation, proxy: 'office.example:3128' });
      assert.deepEqual([kind, details.proxy], ['proxyFailed', 'office.example:3128']);
      assert.notEqual(toComplianceError(error, { operation, proxy: 'other.example:3128' }).kind, 'proxyFailed');
    }
  });

  it('tells no region where a host of a known region, FIPS or dual-stack was not found', () => {
    const getDetails = (host: string, region: string) => {
      const error = sdkError('Error', `getaddrinfo ENOTFOUND ${host}`, { code: 'ENOTFOUND' });
      const { details } = toComplianceError(error, { operation, region });
      return [details.region, details.endpointVariant];
    };
    assert.deepEqual(getDetails('config.eu-north-9.amazonaws.com', 'eu-north-9'), ['eu-north-9', undefined]);
    assert.deepEqual(getDetails('config.us-east-1.amazonaws.com', 'us-east-1'), [undefined, undefined]);
    assert.deepEqual(getDetails('config.us-iso-east-1.api.aws.ic.gov', 'us-iso-east-1'), [undefined, 'dual-stack']);
    assert.deepEqual(getDetails('config-fips.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1'), [undefined, 'FIPS']);
  });

  it('replaces the message of a parser error by the HTTP status', () => {
    const html = Object.assign(new SyntaxError('Unexpected token <'), { $metadata: { httpStatusCode: 503 } });
    assert.equal(toComplianceError(html, context).message, 'The response could not be parsed (HTTP 503).');
  });

  it('knows no kind for names of object members', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const error = Object.assign(new Error('text'), { name });
      assert.equal(toComplianceError(error, { operation: 'DescribeConformancePackStatus' }).kind, 'unexpected');
    }
  });

  it('uses the name of an error without a message', () => {
    assert.equal(toComplianceError(sdkError('InternalFailure', ''), context).message, 'InternalFailure');
  });
});

describe('toComplianceError for a denial', () => {
  const denied = (message: string, name = operation) =>
    toComplianceError(sdkError('AccessDeniedException', message), { operation: name }).details.permission;

  it('reads the permission from the message', () => {
    assert.equal(
      denied(
        'User: arn:aws:sts::318604927715:assumed-role/Audit/me is not authorized to perform: config:ListConformancePackComplianceScores on resource: * because no identity-based policy allows it',
      ),
      'config:ListConformancePackComplianceScores',
    );
  });

  it('falls back to the permission of the operation', () => {
    assert.equal(denied('Access denied'), 'config:DescribeConformancePackStatus');
  });

  it('names the permission of STS for GetCallerIdentity', () => {
    assert.equal(denied('Access denied', 'GetCallerIdentity'), 'sts:GetCallerIdentity');
  });

  it('adds no permission to other errors', () => {
    assert.equal(toComplianceError(sdkError('ThrottlingException'), context).details.permission, undefined);
  });
});

describe('describeError for a denial', () => {
  const who =
    'User: arn:aws:iam::318604927715:user/me is not authorized to perform: config:DescribeConformancePackStatus';
  const adviceFor = (why: string) =>
    describeError(toComplianceError(sdkError('AccessDeniedException', `${who} ${why}`), context)).advice;
  const usual = 'Ask for the permission config:DescribeConformancePackStatus, then retry.';

  for (const [why, advice] of [
    ['on resource: * because no identity-based policy allows the config:DescribeConformancePackStatus action', usual],
    ['on resource: *', usual],
    [
      'on resource: * with an explicit deny in a service control policy',
      'The cause is an explicit deny in a service control policy. Ask an administrator to change that, then retry.',
    ],
    [
      'on resource: * with an explicit deny in an identity-based policy: arn:aws:iam::318604927715:policy/no-config',
      'The cause is an explicit deny in an identity-based policy. Ask an administrator to change that, then retry.',
    ],
    ['with an explicit deny', 'The cause is an explicit deny. Ask an administrator to change that, then retry.'],
    [
      'on resource: * because no permissions boundary allows the config:DescribeConformancePackStatus action',
      'No permissions boundary allows this. Ask an administrator to change that, then retry.',
    ],
    [
      'on resource: * because no service control policy allows the config:DescribeConformancePackStatus action',
      'No service control policy allows this. Ask an administrator to change that, then retry.',
    ],
  ] as const) {
    it(`names what denies the request: “${why}”`, () => assert.equal(adviceFor(why), advice));
  }
});

describe('toComplianceError for a proxy error', () => {
  const proxyOf = (message: string, proxy?: string) =>
    toComplianceError(sdkError('Error', message, { $metadata: { httpStatusCode: 407 } }), { operation, proxy });

  it('reads the proxy from the message, without its password', () => {
    const prefix = 'Failed to establish a socket connection to proxies: ';
    for (const [proxy, redacted] of [
      ['PROXY office.example:3128', 'PROXY office.example:3128'],
      ['PROXY me:swordfish@office.example:3128', 'PROXY …@office.example:3128'],
      ['HTTPS me:sword@fish@office.example:3128', 'HTTPS …@office.example:3128'],
      ['http://me:swordfish@office.example:3128', 'http://…@office.example:3128'],
    ]) {
      const error = proxyOf(`${prefix}${proxy}`);
      assert.deepEqual([error.message, error.details.proxy], [`${prefix}${redacted}`, 'office.example:3128'], proxy);
    }
  });

  it('falls back to the configured proxy', () => {
    assert.equal(proxyOf('x', 'office.example:3128').details.proxy, 'office.example:3128');
  });
});

describe('error messages', () => {
  /** Signatures, keys and tokens are hexadecimal or base64. */
  const secret = fc
    .array(fc.constantFrom(...'0123456789abcdefABCDEFxyzXYZ+/'), { minLength: 16, maxLength: 64 })
    .map((letters) => letters.join(''));
  const label = fc.constantFrom('Signature', 'signature', 'X-Amz-Signature', 'Credential', 'X-Amz-Security-Token');
  const around = fc.constantFrom('', ' ', ', ', '&', "'");

  const getMessage = (message: string): string =>
    toComplianceError(sdkError('InvalidSignatureException', message), context).message;

  it('contain no secret of the request', () => {
    fc.assert(
      fc.property(secret, label, around, around, (value, name, before, after) => {
        const message = `AWS4-HMAC-SHA256${before || ' '}${name}=${value}${after} is wrong`;
        for (const text of [getMessage(message), formatErrorForLog(sdkError('InvalidSignatureException', message))])
          assert(!text.includes(value), text);
      }),
    );
  });

  it('contain no session token of the canonical request', () => {
    const message =
      "The request signature we calculated does not match. The Canonical String for this request should have been 'POST\n/\n\nhost:config.us-east-1.amazonaws.com\nx-amz-date:20250101T000000Z\nx-amz-security-token:IQoJb3JpZ2luX2VjEXAMPLE/token+==\n\nhost;x-amz-date'";
    assert(!getMessage(message).includes('IQoJb3JpZ2luX2VjEXAMPLE'), getMessage(message));
  });

  it('are unchanged without a secret', () => {
    const message = 'Signature expired: 20250101T000000Z is now earlier than 20250101T000500Z';
    assert.equal(getMessage(message), message);
  });
});
