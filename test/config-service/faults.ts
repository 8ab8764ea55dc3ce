import { type Caller, getCallerIdentity } from './identities.ts';
import { ApiError } from './errors.ts';
import type { OperationName } from './model.ts';
import { isSignInCall, type SignInCall } from './signIn.ts';

/** Everything a client may call here: of AWS Config, STS, and the portal where people sign in. */
export type CallName = OperationName | SignInCall;

/**
 * How a call is refused: an error name, and its message where AWS has no usual one. `{request}` in it is where the
 * request is repeated as it came, and then each of its words alone.
 */
export interface Refusal {
  readonly name: string;
  readonly message?: string;
}

/**
 * What goes wrong. An empty object is a service in order. "Every n" counts calls since that fault was switched on and
 * strikes the n-th, the 2n-th and so on; 1 strikes always.
 */
export interface Faults {
  /** The calls that faults strike; all where absent. */
  only?: readonly CallName[];
  /** Milliseconds every answer waits. */
  latencyMs?: number;
  throttleEvery?: number;
  /** A bucket of so many calls, refilled at so many a second by the service's clock. */
  throttlePerSecond?: number;
  /** The connection is reset before the answer. */
  resetEvery?: number;
  /** A 503 with an HTML body, as a proxy on the way sends it. */
  htmlErrorEvery?: number;
  /** The answer stops half-way. */
  truncateEvery?: number;
  /** A page without rows whose token goes on; 2 at least, for a walk to end. */
  emptyPageEvery?: number;
  /** A page token is refused though it is good. */
  refuseTokenEvery?: number;
  expiredCredentials?: boolean;
  /** Regions that are not enabled: there AWS takes good credentials for bad ones. */
  regionsOff?: readonly string[];
  refuse?: Partial<Record<CallName, Refusal>>;
}

/** Every fault there is. */
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
  expiredCredentials: true,
  regionsOff: true,
  refuse: true,
};

type Every =
  | 'throttleEvery'
  | 'resetEvery'
  | 'htmlErrorEvery'
  | 'truncateEvery'
  | 'emptyPageEvery'
  | 'refuseTokenEvery';

/** Decides call by call which fault strikes. */
export class FaultInjector {
  #faults: Faults = {};
  readonly #now: () => Date;
  readonly #counts = new Map<Every, number>();
  #bucket: { tokens: number; at: number } | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  get faults(): Faults {
    return this.#faults;
  }

  /** Replaces all faults; counting begins anew. */
  set faults(faults: Faults) {
    this.#faults = faults;
    this.#counts.clear();
    this.#bucket = undefined;
  }

  latencyMs(call: CallName): number {
    return this.#isStruck(call) ? (this.#faults.latencyMs ?? 0) : 0;
  }

  /** Whether the fault of that name strikes this call; each question counts. */
  strikes(fault: Every, call: CallName): boolean {
    const every = this.#faults[fault];
    if (every === undefined || !this.#isStruck(call)) return false;
    const count = (this.#counts.get(fault) ?? 0) + 1;
    this.#counts.set(fault, count);
    return count % every === 0;
  }

  /** Throws what a throttled client, an expired session or a refused call is answered. */
  refuse(call: CallName, caller: Caller): void {
    if (!this.#isStruck(call)) return;
    if (this.#faults.expiredCredentials) {
      throw new ApiError('ExpiredTokenException', 'The security token included in the request is expired');
    }
    if (this.#faults.regionsOff?.includes(caller.region)) {
      throw new ApiError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    if (this.strikes('throttleEvery', call) || this.#isBucketEmpty()) {
      throw new ApiError('ThrottlingException', 'Rate exceeded');
    }
    const refusal = this.#faults.refuse?.[call];
    if (refusal !== undefined) throw new ApiError(refusal.name, refusal.message ?? usualMessage(refusal, call, caller));
  }

  #isStruck(call: CallName): boolean {
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

function usualMessage({ name }: Refusal, call: CallName, caller: Caller): string {
  if (name !== 'AccessDeniedException') return name;
  const action = isSignInCall(call) ? `sts:${call}` : `config:${call}`;
  return `User: ${getCallerIdentity(caller).Arn} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`;
}
