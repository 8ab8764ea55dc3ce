import assert from 'node:assert/strict';
import fc from 'fast-check';
import { errorForLog, toComplianceError } from '../../../src/aws/transport/errors.ts';
import { ComplianceError, type ErrorKind } from '../../../src/compliance/errors.ts';
import { errorAdvice, errorTitle } from '../../../src/compliance/text/errorMessages.ts';

const operation = 'DescribeConformancePackStatus';

/** An error as the SDK throws it. */
const sdkError = (name: string, message = 'words', members: object = {}): Error =>
  Object.assign(new Error(message), { name, ...members });

const shapes: readonly (readonly [what: string, thrown: unknown, kind: ErrorKind])[] = [
  ['no credentials', sdkError('CredentialsProviderError', 'Could not load credentials'), 'signedOut'],
  ['no SSO token', sdkError('TokenProviderError', 'Token not found'), 'signedOut'],
  ['an SSO session that ran out', sdkError('CredentialsProviderError', 'The SSO session has expired.'), 'expired'],
  ['an SSO token that ran out', sdkError('TokenProviderError', 'Token is expired'), 'expired'],
  ['an expired session token', sdkError('ExpiredTokenException'), 'expired'],
  ['an expired session token, by STS', sdkError('ExpiredToken'), 'expired'],
  ['a denial', sdkError('AccessDeniedException'), 'denied'],
  ['a denial by the organization', sdkError('OrganizationAccessDeniedException'), 'denied'],
  ['a denial by STS', sdkError('AccessDenied'), 'denied'],
  ['a bad token or a region that is off', sdkError('UnrecognizedClientException'), 'regionOff'],
  ['a bad token, by STS', sdkError('InvalidClientTokenId'), 'regionOff'],
  ['a wrong secret', sdkError('InvalidSignatureException', 'The request signature does not match'), 'keysRefused'],
  ['a wrong secret, by STS', sdkError('SignatureDoesNotMatch'), 'keysRefused'],
  ['a proxy that wants a sign-in', sdkError('Error', 'x', { $metadata: { httpStatusCode: 407 } }), 'network'],
  [
    'a proxy that is not there',
    sdkError('Error', 'Failed to establish a socket connection to proxies: PROXY office:3128'),
    'network',
  ],
  ['no recorder', sdkError('NoAvailableConfigurationRecorderException'), 'notSetUp'],
  ['an unknown aggregator', sdkError('NoSuchConfigurationAggregatorException'), 'noAggregator'],
  ['an unknown pack', sdkError('NoSuchConformancePackException'), 'noPack'],
  ['an unknown pack of an organization', sdkError('NoSuchOrganizationConformancePackException'), 'noPack'],
  ['an expired page token', sdkError('InvalidNextTokenException'), 'staleCursor'],
  ['throttling', sdkError('ThrottlingException', 'Rate exceeded'), 'throttled'],
  ['throttling by STS', sdkError('Throttling'), 'throttled'],
  [
    'throttling that only the SDK recognizes',
    sdkError('SlowDown', '', { $retryable: { throttling: true } }),
    'throttled',
  ],
  ['an abort', sdkError('AbortError', 'Request aborted'), 'cancelled'],
  ['silence', sdkError('TimeoutError'), 'network'],
  ['a refused connection', sdkError('Error', 'connect', { code: 'ECONNREFUSED' }), 'network'],
  ['a reset connection', sdkError('Error', 'read', { code: 'ECONNRESET' }), 'network'],
  ['an unknown host', sdkError('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), 'network'],
  ['a certificate of a proxy', sdkError('Error', 'x', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'network'],
  ['a socket that hung up', sdkError('Error', 'socket hang up'), 'network'],
  ['an answer cut off', sdkError('Error', 'aborted'), 'network'],
  ['no region', sdkError('Error', 'Region is missing'), 'noRegion'],
  ['a failure of the service', sdkError('InternalFailure', 'x', { $metadata: { httpStatusCode: 500 } }), 'unknown'],
  ['a thrown string', 'oops', 'unknown'],
];

describe('what the SDK throws', () => {
  for (const [what, thrown, kind] of shapes) {
    it(`for ${what} is ${kind}, with a title, an advice and the operation`, () => {
      const error = toComplianceError(thrown, operation);
      assert.equal(error.kind, kind);
      assert.equal(error.details.operation, operation);
      assert.notEqual(errorTitle(error), '');
      assert.match(errorAdvice(error), /\.$/);
    });
  }

  it('stays what it is where it already is a failure of ours', () => {
    const known = new ComplianceError('noPack', 'gone');
    assert.equal(toComplianceError(known, operation), known);
  });

  it('keeps its words and its request id', () => {
    const error = toComplianceError(
      sdkError('InternalFailure', 'broken', { $metadata: { requestId: 'r-1' } }),
      operation,
    );
    assert.deepEqual([error.message, error.details.requestId], ['broken', 'r-1']);
  });

  it('is told by its status where the answer was none of the service', () => {
    const html = Object.assign(new SyntaxError('Unexpected token <'), { $metadata: { httpStatusCode: 503 } });
    assert.equal(toComplianceError(html, operation).message, 'The answer could not be read (HTTP 503).');
  });

  it('has words even where the error has none', () => {
    assert.equal(toComplianceError(sdkError('InternalFailure', ''), operation).message, 'InternalFailure');
  });
});

describe('a denial', () => {
  const denied = (message: string, of = operation) =>
    toComplianceError(sdkError('AccessDeniedException', message), of).details.permission;

  it('names the permission that AWS names', () => {
    assert.equal(
      denied(
        'User: arn:aws:sts::318604927715:assumed-role/Audit/me is not authorized to perform: config:ListConformancePackComplianceScores on resource: * because no identity-based policy allows it',
      ),
      'config:ListConformancePackComplianceScores',
    );
  });

  it('names the operation’s own permission where AWS names none', () => {
    assert.equal(denied('Access denied'), 'config:DescribeConformancePackStatus');
  });

  it('of the identity names a permission of STS', () => {
    assert.equal(denied('Access denied', 'GetCallerIdentity'), 'sts:GetCallerIdentity');
  });

  it('alone has a permission', () => {
    assert.equal(toComplianceError(sdkError('ThrottlingException'), operation).details.permission, undefined);
  });
});

describe('a denial by more than the lack of a permission', () => {
  const who =
    'User: arn:aws:iam::318604927715:user/me is not authorized to perform: config:DescribeConformancePackStatus';
  const adviceFor = (why: string) =>
    errorAdvice(toComplianceError(sdkError('AccessDeniedException', `${who} ${why}`), operation));
  const usual = 'Ask for the permission config:DescribeConformancePackStatus, then retry.';

  for (const [why, advice] of [
    ['on resource: * because no identity-based policy allows the config:DescribeConformancePackStatus action', usual],
    ['on resource: *', usual],
    [
      'on resource: * with an explicit deny in a service control policy',
      'What denies it is an explicit deny in a service control policy: ask whoever keeps that, then retry.',
    ],
    [
      'on resource: * with an explicit deny in an identity-based policy: arn:aws:iam::318604927715:policy/no-config',
      'What denies it is an explicit deny in an identity-based policy: ask whoever keeps that, then retry.',
    ],
    ['with an explicit deny', 'What denies it is an explicit deny: ask whoever keeps that, then retry.'],
    [
      'on resource: * because no permissions boundary allows the config:DescribeConformancePackStatus action',
      'What denies it is that no permissions boundary allows it: ask whoever keeps that, then retry.',
    ],
    [
      'on resource: * because no service control policy allows the config:DescribeConformancePackStatus action',
      'What denies it is that no service control policy allows it: ask whoever keeps that, then retry.',
    ],
  ] as const) {
    it(`“${why}” says who can change it`, () => assert.equal(adviceFor(why), advice));
  }
});

describe('a failure of the network', () => {
  const proxyOf = (message: string, proxy?: string) =>
    toComplianceError(sdkError('Error', message, { $metadata: { httpStatusCode: 407 } }), operation, {
      region: 'us-east-1',
      proxy,
    });

  it('names the proxy that its message names, and never a password', () => {
    const words = 'Failed to establish a socket connection to proxies: ';
    for (const [told, shown] of [
      ['PROXY office.example:3128', 'PROXY office.example:3128'],
      ['PROXY me:swordfish@office.example:3128', 'PROXY …@office.example:3128'],
      ['HTTPS me:sword@fish@office.example:3128', 'HTTPS …@office.example:3128'],
      ['http://me:swordfish@office.example:3128', 'http://…@office.example:3128'],
    ]) {
      const error = proxyOf(`${words}${told}`);
      assert.deepEqual([error.message, error.details.proxy], [`${words}${shown}`, 'office.example:3128'], told);
    }
  });

  it('names the proxy of the settings or the environment where its message names none', () => {
    assert.equal(proxyOf('x', 'office.example:3128').details.proxy, 'office.example:3128');
  });
});

describe('a message of the service', () => {
  /** As signatures, keys and tokens are written: hexadecimal or base64. */
  const secret = fc
    .array(fc.constantFrom(...'0123456789abcdefABCDEFxyzXYZ+/'), { minLength: 16, maxLength: 64 })
    .map((letters) => letters.join(''));
  const label = fc.constantFrom('Signature', 'signature', 'X-Amz-Signature', 'Credential', 'X-Amz-Security-Token');
  const around = fc.constantFrom('', ' ', ', ', '&', "'");

  const shown = (message: string): string =>
    toComplianceError(sdkError('InvalidSignatureException', message), operation).message;

  it('never repeats the secret of the request it answers', () => {
    fc.assert(
      fc.property(secret, label, around, around, (value, name, before, after) => {
        const message = `AWS4-HMAC-SHA256${before || ' '}${name}=${value}${after} is wrong`;
        for (const text of [shown(message), errorForLog(sdkError('InvalidSignatureException', message))])
          assert(!text.includes(value), text);
      }),
    );
  });

  it('never repeats the session token of the canonical request it shows', () => {
    const message =
      "The request signature we calculated does not match. The Canonical String for this request should have been 'POST\n/\n\nhost:config.us-east-1.amazonaws.com\nx-amz-date:20250101T000000Z\nx-amz-security-token:IQoJb3JpZ2luX2VjEXAMPLE/token+==\n\nhost;x-amz-date'";
    assert(!shown(message).includes('IQoJb3JpZ2luX2VjEXAMPLE'), shown(message));
  });

  it('is left alone where it holds no secret', () => {
    const message = 'Signature expired: 20250101T000000Z is now earlier than 20250101T000500Z';
    assert.equal(shown(message), message);
  });
});
