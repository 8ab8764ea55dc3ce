import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { ConfigService } from '../../config-service/index.ts';

/** The account and region of a client; the home scope by default. */
export interface ClientOptions {
  readonly account?: string;
  readonly region?: string;
  /** The default of 1 disables retries. */
  readonly maxAttempts?: number;
  /** Replaces the account's long-lived credentials. */
  readonly credentials?: AwsCredentialIdentity;
}

/** Creates the SDK's client. */
export function createConfigClient(service: ConfigService, options: ClientOptions = {}): ConfigServiceClient {
  return new ConfigServiceClient(createConfiguration(service, options));
}

export function createStsClient(service: ConfigService, options: ClientOptions = {}): STSClient {
  return new STSClient(createConfiguration(service, options));
}

function createConfiguration(service: ConfigService, { account, region, maxAttempts = 1, credentials }: ClientOptions) {
  return {
    endpoint: service.url,
    region: region ?? service.estate.home.region,
    credentials: credentials ?? service.caller(account),
    maxAttempts,
  };
}

/** A request that no SDK would send. The defaults are valid. */
export interface RawRequest {
  readonly operation?: string;
  readonly body?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly signingName?: string;
  readonly signedAt?: Date;
  /** Replaces headers after signing; `undefined` removes one. */
  readonly tamper?: Readonly<Record<string, string | undefined>>;
}

/** A response with its parsed body. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly json: { readonly __type?: string; readonly message?: string; readonly NextToken?: string };
}

/** Signs a request with the SDK's signer, sends it and parses the response. */
export async function post(service: ConfigService, raw: RawRequest): Promise<RawResponse> {
  const response = await postRaw(service, raw);
  return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) };
}

/** The same for a response of any kind. */
export async function postRaw(service: ConfigService, raw: RawRequest): Promise<Response> {
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
  return fetch(service.url, { method: 'POST', headers: sent, body });
}

/** SHA-256 with the interface that the signer requires. */
class Sha256 {
  #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBuffer(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBuffer(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = createHash('sha256');
  }
}

function toBuffer(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
