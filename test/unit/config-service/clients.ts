import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { ConfigService } from '../../config-service/index.ts';

/** Whose client it is; the estate's home where left out. */
export interface Whose {
  readonly account?: string;
  readonly region?: string;
  /** Without more than one, a refusal is seen at once. */
  readonly maxAttempts?: number;
  /** Instead of the account's long-lived ones. */
  readonly credentials?: AwsCredentialIdentity;
}

/** The SDK's own client; it does not retry unless told to. */
export function configClient(service: ConfigService, whose: Whose = {}): ConfigServiceClient {
  return new ConfigServiceClient(settings(service, whose));
}

export function stsClient(service: ConfigService, whose: Whose = {}): STSClient {
  return new STSClient(settings(service, whose));
}

function settings(service: ConfigService, { account, region, maxAttempts = 1, credentials }: Whose) {
  return {
    endpoint: service.url,
    region: region ?? service.estate.home.region,
    credentials: credentials ?? service.caller(account),
    maxAttempts,
  };
}

/** A request as no SDK would send it. What is left out is as it should be. */
export interface RawRequest {
  readonly operation?: string;
  readonly body?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly signingName?: string;
  readonly signedAt?: Date;
  /** Changes the headers after they were signed; `undefined` takes one away. */
  readonly tamper?: Readonly<Record<string, string | undefined>>;
}

/** What came back, with the JSON of the body. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: { readonly __type?: string; readonly message?: string; readonly NextToken?: string };
}

/** Signs a request with the SDK's signer and sends it. */
export async function post(service: ConfigService, raw: RawRequest): Promise<RawAnswer> {
  const { operation = 'ListConformancePackComplianceScores', body = '{}' } = raw;
  const { host, hostname, port } = new URL(service.url);
  const signer = new SignatureV4({
    service: raw.signingName ?? 'config',
    region: service.estate.home.region,
    credentials: { ...service.caller(), ...raw },
    sha256: Sha256,
  });
  const headers = {
    host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `StarlingDoveService.${operation}`,
  };
  const request = {
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    query: {},
    headers,
    body,
  };
  const signed = await signer.sign(request, raw.signedAt === undefined ? {} : { signingDate: raw.signedAt });
  const sent = Object.entries({ ...signed.headers, ...raw.tamper }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  const response = await fetch(service.url, { method: 'POST', headers: sent, body });
  return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) };
}

/** SHA-256 in the form the signer wants it. */
class Sha256 {
  #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = createHash('sha256');
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
