import { ApiError } from './errors.ts';
import { type Caller, getCallerIdentity } from './identities.ts';
import type { OperationName } from './model.ts';
import { isSignInCall, type SignInCall } from './signIn.ts';

/** The supported calls of AWS Config, STS and the SSO portal. */
export type CallName = OperationName | SignInCall;

/**
 * The error of a refused call. The default message is that of AWS. `{request}` in a message is replaced by the request
 * as it arrived, followed by each of its words.
 */
export interface Refusal {
  readonly name: string;
  readonly message?: string;
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
  refuse?: Partial<Record<CallName, Refusal>>;
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
};

type CountedFault =
  | 'throttleEvery'
  | 'resetEvery'
  | 'htmlErrorEvery'
  | 'truncateEvery'
  | 'emptyPageEvery'
  | 'refuseTokenEvery'
  | 'shiftRowsEvery'
  | 'goRoundEvery';

/** Decides for each call which faults are injected. */
export class FaultInjector {
  #faults: Faults = {};
  readonly #now: () => Date;
  readonly #counts = new Map<CountedFault, number>();
  #bucket: { tokens: number; at: number } | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  get faults(): Faults {
    return this.#faults;
  }

  /** Replaces all faults and resets their counts. */
  set faults(faults: Faults) {
    this.#faults = faults;
    this.#counts.clear();
    this.#bucket = undefined;
  }

  getLatencyMs(call: CallName): number {
    return this.#isAffected(call) ? (this.#faults.latencyMs ?? 0) : 0;
  }

  /** Counts the call, and returns whether it is affected by the fault. */
  shouldInject(fault: CountedFault, call: CallName): boolean {
    const every = this.#faults[fault];
    if (every === undefined || !this.#isAffected(call)) return false;
    const count = (this.#counts.get(fault) ?? 0) + 1;
    this.#counts.set(fault, count);
    return count % every === 0;
  }

  /** Throws the error of an expired session, a disabled region, throttling or a refusal. */
  throwRefusal(call: CallName, caller: Caller): void {
    if (!this.#isAffected(call)) return;
    if (this.#faults.expiredCredentials) {
      throw new ApiError('ExpiredTokenException', 'The security token included in the request is expired');
    }
    if (this.#faults.regionsOff?.includes(caller.region)) {
      throw new ApiError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    if (this.shouldInject('throttleEvery', call) || this.#isBucketEmpty()) {
      throw new ApiError('ThrottlingException', 'Rate exceeded');
    }
    const refusal = this.#faults.refuse?.[call];
    if (refusal !== undefined)
      throw new ApiError(refusal.name, refusal.message ?? getDefaultMessage(refusal, call, caller));
  }

  #isAffected(call: CallName): boolean {
    return this.#faults.only?.includes(call) ?? true;
  }

  #isBucketEmpty(): boolean {
    const perSecond = this.#faults.throttlePerSecond;
    if (perSecond === undefined) return false;
    const at = this.#now().getTime();
    const last = this.#bucket ?? { tokens: perSecond, at };
    const tokens = Math.min(perSecond, last.tokens + ((at - last.at) / 1000) * perSecond);
    this.#bucket = { tokens: tokens >= 1 ? tokens - 1 : tokens, at };
    return tokens < 1;
  }
}

function getDefaultMessage({ name }: Refusal, call: CallName, caller: Caller): string {
  if (name !== 'AccessDeniedException') return name;
  const action = isSignInCall(call) ? `sts:${call}` : `config:${call}`;
  return `User: ${getCallerIdentity(caller).Arn} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`;
}
