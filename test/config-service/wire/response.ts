import type { ApiError } from '../errors.ts';

/** An HTTP answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** AWS JSON 1.1, as AWS Config speaks it. */
export function jsonAnswer(output: object): Answer {
  return { status: 200, headers: json, body: JSON.stringify(output) };
}

export function jsonError({ name, message }: ApiError): Answer {
  return {
    status: 400,
    headers: { ...json, 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, message }),
  };
}

/** What a load balancer in front of the service says when nobody behind it answers. */
export const htmlError: Answer = {
  status: 503,
  headers: { 'Content-Type': 'text/html' },
  body: '<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>\n',
};

const json = { 'Content-Type': 'application/x-amz-json-1.1' };
