import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../errors.ts';
import { type Caller, findAccount, getCredentials } from '../identities.ts';
import type { Sessions } from '../sessions.ts';

/** A request as it arrived. Signed requests always have the path `/` and no query. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
const maxSkewMs = 15 * 60 * 1000;

/**
 * Checks a request's Signature Version 4 and returns its caller. `service` is the required service of the credential
 * scope; `accounts` are the existing accounts. With long-lived keys, any session token is accepted. The clock is the
 * real time by default, because signers use it too.
 */
export function authenticate(
  request: HttpRequest,
  service: string,
  accounts: readonly string[],
  sessions: Sessions,
  serviceTime = Date.now(),
): Caller {
  const { headers } = request;
  if (headers.authorization === undefined) {
    throw new ApiError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const { accessKeyId, scope, signedHeaders, signature } = parseAuthorization(headers.authorization);
  const token = headers['x-amz-security-token'];
  const session = sessions.find(accessKeyId);
  const account = session?.account ?? findAccount(accessKeyId);
  if (!account || !accounts.includes(account) || token === '' || (session && session.sessionToken !== token)) {
    throw new ApiError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  const [date = '', region = '', scopeService = '', terminator = ''] = scope.split('/');
  const longDate = headerOf(headers, 'x-amz-date');
  checkSkew(longDate, serviceTime);
  if (scopeService !== service || terminator !== 'aws4_request' || !longDate.startsWith(date)) {
    throw invalidSignature(`Credential should be scoped to a valid date, region and correct service: '${service}'.`);
  }
  if (!signedHeaders.includes('host') || !signedHeaders.includes('x-amz-date')) {
    throw invalidSignature("'Host' and 'X-Amz-Date' must be 'SignedHeaders' in the AWS Authorization.");
  }
  const stringToSign = [algorithm, longDate, scope, sha256(canonicalRequest(request, signedHeaders))].join('\n');
  const { secretAccessKey } = session ?? getCredentials(account);
  const key = getSigningKey(secretAccessKey, [date, region, service]);
  const expected = hmac(key, stringToSign).toString('hex');
  if (expected.length !== signature.length || !timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) {
    throw invalidSignature(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
  if (session && sessions.hasExpired(session)) {
    throw new ApiError('ExpiredTokenException', 'The security token included in the request is expired');
  }
  return { account, region, ...(session && { role: session.role, session: session.name }) };
}

/** Signing keys by secret, date, region and service: deriving one takes most of the time of a request. */
const signingKeys = new Map<string, Buffer | string>();

function getSigningKey(secretAccessKey: string, scope: readonly string[]): Buffer | string {
  const id = [secretAccessKey, ...scope].join();
  const key = signingKeys.get(id) ?? [...scope, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`);
  signingKeys.set(id, key);
  return key;
}

function parseAuthorization(authorization: string) {
  const parts = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$/.exec(
    authorization,
  );
  const [, accessKeyId, scope, signedHeaders, signature] = parts ?? [];
  if (!accessKeyId || !scope || !signedHeaders || !signature) {
    throw new ApiError('IncompleteSignatureException', `Authorization header is not a valid ${algorithm} header.`);
  }
  return { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature };
}

/** Rejects old and early signatures in the words of AWS. */
function checkSkew(longDate: string, serviceTime: number): void {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(longDate);
  const signedAt = parts === null ? Number.NaN : Date.parse(longDate.replace(parts[0], isoOf(parts)));
  if (Math.abs(serviceTime - signedAt) <= maxSkewMs) return;
  const isEarly = signedAt > serviceTime;
  const limit = formatBasicTime(serviceTime + (isEarly ? maxSkewMs : -maxSkewMs));
  const words = isEarly ? 'not yet current' : 'expired';
  const order = isEarly ? 'still later' : 'now earlier';
  throw invalidSignature(
    `Signature ${words}: ${longDate} is ${order} than ${limit} (${formatBasicTime(serviceTime)} ${isEarly ? '+' : '-'} 15 min.)`,
  );
}

const formatBasicTime = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');

function isoOf([, year, month, day, hour, minute, second]: RegExpExecArray): string {
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

function canonicalRequest({ method, headers, body }: HttpRequest, signedHeaders: readonly string[]): string {
  const lines = signedHeaders.map((name) => `${name}:${headerOf(headers, name).trim().replace(/ +/g, ' ')}\n`);
  return [method, '/', '', lines.join(''), signedHeaders.join(';'), sha256(body)].join('\n');
}

function headerOf(headers: IncomingHttpHeaders, name: string): string {
  return String(headers[name] ?? '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function invalidSignature(message: string): ApiError {
  return new ApiError('InvalidSignatureException', message);
}
