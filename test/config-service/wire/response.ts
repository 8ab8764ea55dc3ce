import type { ApiError } from '../errors.ts';

/** An HTTP response before it is sent. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Creates a response in AWS JSON 1.1, the protocol of AWS Config. */
export function createJsonResponse(output: object): HttpResponse {
  return { status: 200, headers: json, body: JSON.stringify(output) };
}

export function createJsonError({ name, message, status = 400 }: ApiError): HttpResponse {
  return {
    status,
    headers: { ...json, 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, ...(message && { message }) }),
  };
}

/** The response of a load balancer without a healthy target. */
export const htmlError: HttpResponse = {
  status: 503,
  headers: { 'Content-Type': 'text/html' },
  body: '<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>\n',
};

const json = { 'Content-Type': 'application/x-amz-json-1.1' };
