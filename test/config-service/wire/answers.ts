import type { HttpResponse } from './response.ts';

/** A response in place of that of the service. `isFromAws` adds a request id, which only AWS sends. */
export interface Answer extends HttpResponse {
  readonly isFromAws?: boolean;
}

const html = (title: string): string => `<!DOCTYPE html>
<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>
`;

const json = { 'Content-Type': 'application/x-amz-json-1.1' };

/** Responses that clients meet although nothing like them is in the API model. */
export const answers = {
  /** The sign-in page of a wireless network, which answers every request. */
  captivePortal: { status: 200, headers: { 'Content-Type': 'text/html' }, body: html('Welcome to our Wi-Fi') },
  /** A web filter of a company. */
  webFilter: { status: 403, headers: { 'Content-Type': 'text/html' }, body: html('Access to this site is blocked') },
  /** A web filter with errors in JSON. */
  jsonFilter: {
    status: 403,
    headers: { 'Content-Type': 'application/json' },
    body: '{"code":"blocked","message":"Blocked by policy"}',
  },
  /** A server that answers every request with JSON of its own. */
  foreignJson: { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"hello":"world"}' },
  /** A gateway without a response of the service behind it. */
  badGateway: { status: 502, headers: { 'Content-Type': 'text/html' }, body: html('502 Bad Gateway') },
  /** Throttling at a layer that knows no protocol. */
  throttledWithoutBody: { status: 429, headers: {}, body: '', isFromAws: true },
  emptyBody: { status: 200, headers: json, body: '', isFromAws: true },
  /** A denial as some regions send it for an operation that they do not offer. */
  deniedWithoutMessage: { status: 400, headers: json, body: '{"__type":"AccessDeniedException"}', isFromAws: true },
  /** A body that ends in the middle, with a length that fits. */
  cutBody: { status: 200, headers: json, body: '{"ConformancePack', isFromAws: true },
  /** A value that is JSON, but no object. */
  wrongType: { status: 200, headers: json, body: '[]', isFromAws: true },
  /** A failure without a body. */
  failedWithoutBody: { status: 500, headers: {}, body: '', isFromAws: true },
} satisfies Record<string, Answer>;

export type AnswerName = keyof typeof answers;

export const isAnswerName = (name: string): name is AnswerName => Object.hasOwn(answers, name);
