import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigServiceClient, DescribeConformancePackStatusCommand } from '@aws-sdk/client-config-service';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import fc from 'fast-check';
import { toComplianceError } from '../../../src/aws/transport/errorClassification.ts';
import type { ComplianceError, ErrorDetails, ErrorKind } from '../../../src/compliance/errors.ts';
import { describeError } from '../../../src/compliance/text/errorMessages.ts';

interface Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const aws = { 'x-amzn-requestid': 'r-1', 'content-type': 'application/x-amz-json-1.1' };
const awsXml = { 'x-amzn-requestid': 'r-1', 'content-type': 'text/xml' };
const portal = '<!DOCTYPE html><html><title>Hotel</title></html>';

const json = (name: string, message?: string): string => JSON.stringify({ __type: name, message });
const xml = (code: string, message = ''): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
const expiredSignature =
  'Signature expired: 20250101T000000Z is now earlier than 20250101T000700Z (20250101T001200Z - 5 min.)';
const earlySignature =
  'Signature not yet current: 20250101T002000Z is still later than 20250101T000500Z (20250101T000000Z + 5 min.)';

type Case = readonly [what: string, response: Response, kind: ErrorKind, details?: ErrorDetails];

const configCases: readonly Case[] = [
  ['a sign-on page with status 200', { status: 200, headers: html, body: portal }, 'intermediary', { status: 200 }],
  ['a web filter with status 403', { status: 403, headers: html, body: portal }, 'intermediary', { status: 403 }],
  [
    'a web filter that copies headers',
    { status: 403, headers: { ...html, 'x-amzn-requestid': 'r' }, body: portal },
    'intermediary',
  ],
  ['HTML without a content type', { status: 403, body: portal }, 'intermediary'],
  [
    'a web filter that sends text',
    { status: 403, headers: { 'content-type': 'text/plain' }, body: 'Forbidden' },
    'intermediary',
  ],
  [
    'a web filter that sends JSON',
    { status: 403, headers: { 'content-type': 'application/json' }, body: '{"error":1}' },
    'intermediary',
  ],
  [
    'a web filter with error names',
    { status: 403, headers: { 'content-type': 'application/json' }, body: '{"code":"blocked","message":"No."}' },
    'intermediary',
  ],
  [
    'a server with JSON of its own',
    { status: 404, headers: { 'content-type': 'application/json' }, body: json('NotFound', 'No route') },
    'intermediary',
  ],
  ['an empty response with status 403', { status: 403 }, 'intermediary'],
  ['a redirection to a sign-on page', { status: 302, headers: { location: 'http://hotel.example/' } }, 'intermediary'],
  ['a network that requires a sign-on', { status: 511, headers: html, body: portal }, 'intermediary'],
  ['a proxy that requires a login', { status: 407, headers: html, body: portal }, 'proxyFailed'],
  ['throttling without a body', { status: 429 }, 'throttled', { status: 429, service: 'config' }],
  ['throttling in HTML', { status: 429, headers: html, body: portal }, 'throttled'],
  ['throttling', { status: 400, headers: aws, body: json('ThrottlingException', 'Rate exceeded') }, 'throttled'],
  ['throttling by another name', { status: 400, headers: aws, body: json('RequestLimitExceeded') }, 'throttled'],
  [
    'a denial without words',
    { status: 400, headers: aws, body: json('AccessDeniedException') },
    'deniedWithoutReason',
    { permission: 'config:DescribeConformancePackStatus', region: 'eu-south-2', errorName: 'AccessDeniedException' },
  ],
  ['a denial with words', { status: 400, headers: aws, body: json('AccessDeniedException', 'No.') }, 'denied'],
  [
    'a denial by the organization',
    { status: 400, headers: aws, body: json('OrganizationAccessDeniedException') },
    'organizationDenied',
  ],
  [
    'a signature that is too old',
    { status: 400, headers: aws, body: json('InvalidSignatureException', expiredSignature) },
    'clockWrong',
    { clockSkewMinutes: -12 },
  ],
  [
    'a signature from the future',
    { status: 400, headers: aws, body: json('InvalidSignatureException', earlySignature) },
    'clockWrong',
    { clockSkewMinutes: 20 },
  ],
  [
    'a request that is too old',
    { status: 400, headers: { ...aws, date: 'Thu, 01 Jan 1970 00:00:00 GMT' }, body: json('RequestExpired') },
    'clockWrong',
  ],
  [
    'a request that is late although the clock is right',
    { status: 400, headers: aws, body: json('RequestExpired', 'Request has expired.') },
    'requestLate',
  ],
  [
    'a wrong secret',
    { status: 400, headers: aws, body: json('InvalidSignatureException', 'The signature does not match.') },
    'credentialsRejected',
  ],
  [
    'an invalid token in an opt-in region',
    { status: 400, headers: aws, body: json('UnrecognizedClientException') },
    'credentialsOrRegionRejected',
    { region: 'eu-south-2' },
  ],
  [
    'an internal failure',
    { status: 500, headers: aws, body: json('InternalFailure') },
    'serviceFailed',
    { status: 500 },
  ],
  [
    'an internal failure with status 400',
    { status: 400, headers: aws, body: json('InternalServerError') },
    'serviceFailed',
  ],
  ['an overloaded load balancer', { status: 503, headers: html, body: portal }, 'serviceFailed', { status: 503 }],
  [
    'an unknown operation',
    { status: 400, headers: aws, body: json('UnknownOperationException') },
    'operationNotOffered',
  ],
  [
    'an operation that is not implemented',
    { status: 501, headers: { 'content-type': 'application/json' }, body: '{}' },
    'operationNotOffered',
  ],
  ['half a document', { status: 200, headers: aws, body: '{"ConformancePackStatusDetails":[' }, 'unreadable'],
  [
    'an error that is not known',
    { status: 400, headers: aws, body: json('ValidationException', 'no') },
    'unknown',
    { errorName: 'ValidationException' },
  ],
];

const stsCases: readonly Case[] = [
  ['a web filter with status 403', { status: 403, headers: html, body: portal }, 'intermediary'],
  [
    'a web filter that sends text',
    { status: 403, headers: { 'content-type': 'text/plain' }, body: 'Forbidden' },
    'intermediary',
  ],
  ['throttling without a body', { status: 429 }, 'throttled', { service: 'sts' }],
  [
    'a failure',
    { status: 500, headers: awsXml, body: xml('InternalFailure') },
    'signInServiceFailed',
    { service: 'sts' },
  ],
  ['an unavailable service', { status: 503, headers: html, body: portal }, 'signInServiceFailed'],
  [
    'an invalid token',
    { status: 403, headers: awsXml, body: xml('InvalidClientTokenId', 'No.') },
    'credentialsOrRegionRejected',
  ],
  [
    'a disabled region',
    { status: 403, headers: awsXml, body: xml('RegionDisabledException', 'No.') },
    'regionDisabled',
  ],
  [
    'a signature that is too old',
    { status: 403, headers: awsXml, body: xml('SignatureDoesNotMatch', expiredSignature) },
    'clockWrong',
    { clockSkewMinutes: -12 },
  ],
];

describe('responses', () => {
  let response: Response = { status: 200 };
  const server = createServer((request, outgoing) => {
    request.resume();
    outgoing.writeHead(response.status, response.headers).end(response.body);
  });
  let endpoint: string;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const getConfig = () => ({
    endpoint,
    region: 'eu-south-2',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
  });

  /** Sends a request that receives the response `next`, and returns its error. */
  async function request(next: Response, service = 'config'): Promise<ComplianceError> {
    response = next;
    const isConfig = service === 'config';
    const sent = isConfig
      ? new ConfigServiceClient(getConfig()).send(new DescribeConformancePackStatusCommand({}))
      : new STSClient(getConfig()).send(new GetCallerIdentityCommand({}));
    const operation = isConfig ? 'DescribeConformancePackStatus' : 'GetCallerIdentity';
    return sent.then(
      () => assert.fail('The response was accepted'),
      (thrown: unknown) => toComplianceError(thrown, { operation, region: 'eu-south-2' }),
    );
  }

  for (const [service, cases] of [
    ['config', configCases],
    ['sts', stsCases],
  ] as const) {
    for (const [what, next, kind, details = {}] of cases) {
      it(`of ${service}: ${what} is ${kind}`, async () => {
        const error = await request(next, service);
        assert.equal(error.kind, kind, error.message);
        for (const [name, value] of Object.entries(details))
          assert.deepEqual(error.details[name as keyof ErrorDetails], value, name);
      });
    }
  }

  it('name the software that answered instead of AWS', async () => {
    const { message } = await request({ status: 403, headers: { ...html, server: 'squid/6.6' }, body: portal });
    assert.equal(message, 'The response could not be parsed (HTTP 403), from squid/6.6.');
  });

  it('without evidence blame neither the region nor the sign-in nor permissions', async () => {
    const blaming: ReadonlySet<ErrorKind> = new Set([
      'signedOut',
      'expired',
      'denied',
      'deniedWithoutReason',
      'organizationDenied',
      'credentialsRejected',
      'credentialsOrRegionRejected',
      'regionDisabled',
      'noRegion',
      'clockWrong',
    ]);
    const status = fc.integer({ min: 300, max: 599 });
    const body = fc.oneof(fc.string(), fc.json(), fc.constant(portal));
    const headers = fc.constantFrom({}, html, { 'content-type': 'application/json' }, aws);
    await fc.assert(
      fc.asyncProperty(status, headers, body, async (code, sent, text) => {
        const error = await request({ status: code, headers: sent, body: text });
        assert(!blaming.has(error.kind), `${code} ${error.kind}`);
        assert.notEqual(describeError(error).title, '');
      }),
      { numRuns: 150 },
    );
  });
});
