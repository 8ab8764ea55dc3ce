import type { OperationName } from './model.ts';
import type { SignInCall } from './signIn.ts';
import type { Answer, AnswerName } from './wire/answers.ts';

/** The supported calls of AWS Config, STS, the SSO portal and SSO OIDC. */
export type CallName = OperationName | SignInCall;

/**
 * The error of a refused call. The default message is that of AWS; `''` omits it. `{request}` in a message is replaced by
 * the request as it arrived, followed by each of its words.
 */
export interface Refusal {
  readonly name: string;
  readonly message?: string;
  /** The HTTP status; by default that of the error in its service, such as 500 for InternalFailure. */
  readonly status?: number;
}

/** A change of the rows in a response. */
export type RowFault =
  /** Members of the rows that get other values; `null` removes a member. `path` is that of an object in the row. */
  | { readonly set: Readonly<Record<string, unknown>>; readonly path?: readonly string[]; readonly row?: number }
  /** What stands instead of a row, such as `null` or a text. */
  | { readonly replaceBy: unknown; readonly row?: number };

/** A clock of AWS that differs from that of this computer. */
export interface ClockFault {
  /** Minutes that this computer's clock is ahead of AWS, negative if it is behind. */
  readonly minutes: number;
  /** Responses have no Date header, as behind some proxies: the SDK cannot correct its clock. */
  readonly isDateHidden?: boolean;
}

/**
 * Injected faults. An empty object is a healthy service. "Every n" counts calls since that fault was set, and affects
 * the n-th, the 2n-th and so on; 1 affects every call.
 */
export interface Faults {
  /** The affected calls; all by default. */
  only?: readonly CallName[];
  /** The delay of every response in milliseconds. */
  latencyMs?: number;
  throttleEvery?: number;
  /** A token bucket of this capacity and this refill rate per second, by the service's clock. */
  throttlePerSecond?: number;
  /** The connection is reset before the response. */
  resetEvery?: number;
  /** A 503 response with an HTML body, as a load balancer sends it. */
  htmlErrorEvery?: number;
  /** The response is truncated. */
  truncateEvery?: number;
  /** A page without rows but with a token. At least 2, so that paging ends. */
  emptyPageEvery?: number;
  /** A valid page token is refused. */
  refuseTokenEvery?: number;
  /** The next page starts with the last row of the page, as if a row had been inserted before it. */
  shiftRowsEvery?: number;
  /** The token is that of the first page again, so that the pages go round. */
  goRoundEvery?: number;
  expiredCredentials?: boolean;
  /** Regions that are not enabled: AWS rejects valid credentials there. */
  regionsOff?: readonly string[];
  /** Errors of the service, in its own protocol. Requests are checked before. */
  refuse?: Partial<Record<CallName, Refusal>>;
  /** Responses that are sent instead of those of the service. Nothing is checked before, as if something else answered. */
  answer?: Partial<Record<CallName, AnswerName | Answer>>;
  /** Operations with a response without its list member. */
  withoutList?: readonly OperationName[];
  /** Changes of rows. Without `row`, an index, a change affects every row of a page. */
  rows?: Partial<Record<OperationName, RowFault>>;
  clock?: ClockFault;
}

/** The names of all faults. */
export const faultNames: Readonly<Record<keyof Faults, true>> = {
  only: true,
  latencyMs: true,
  throttleEvery: true,
  throttlePerSecond: true,
  resetEvery: true,
  htmlErrorEvery: true,
  truncateEvery: true,
  emptyPageEvery: true,
  refuseTokenEvery: true,
  shiftRowsEvery: true,
  goRoundEvery: true,
  expiredCredentials: true,
  regionsOff: true,
  refuse: true,
  answer: true,
  withoutList: true,
  rows: true,
  clock: true,
};

/** A fault that affects every n-th call. */
export type CountedFault =
  | 'throttleEvery'
  | 'resetEvery'
  | 'htmlErrorEvery'
  | 'truncateEvery'
  | 'emptyPageEvery'
  | 'refuseTokenEvery'
  | 'shiftRowsEvery'
  | 'goRoundEvery';
