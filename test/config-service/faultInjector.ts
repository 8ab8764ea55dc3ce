import { ApiError } from './errors.ts';
import type { CallName, CountedFault, Faults, Refusal, RowFault } from './faults.ts';
import { type Caller, getCallerIdentity } from './identities.ts';
import type { OperationName } from './model.ts';
import { isSignInCall } from './signIn.ts';
import { type Answer, answers } from './wire/answers.ts';

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
    if (refusal === undefined) return;
    throw new ApiError(refusal.name, refusal.message ?? getDefaultMessage(refusal, call, caller), refusal.status);
  }

  /** The response to send instead of that of the service. */
  findAnswer(call: CallName): Answer | undefined {
    const answer = this.#isAffected(call) ? this.#faults.answer?.[call] : undefined;
    return typeof answer === 'string' ? answers[answer] : answer;
  }

  /** The rows as an affected response contains them. */
  changeRows(operation: OperationName, rows: readonly object[]): readonly unknown[] {
    const fault = this.#faults.rows?.[operation];
    if (fault === undefined) return rows;
    return rows.map((row, index) => (fault.row === undefined || fault.row === index ? changeRow(row, fault) : row));
  }

  isWithoutList(operation: OperationName): boolean {
    return this.#faults.withoutList?.includes(operation) ?? false;
  }

  /** The time of AWS in epoch milliseconds; that of this computer by default. */
  getServiceTime(): number {
    return Date.now() - (this.#faults.clock?.minutes ?? 0) * 60_000;
  }

  /** The header with the time of AWS; null if responses do not have it. */
  getDateHeader(): string | null {
    return this.#faults.clock?.isDateHidden ? null : new Date(this.getServiceTime()).toUTCString();
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

function changeRow(row: object, fault: RowFault): unknown {
  if ('replaceBy' in fault) return fault.replaceBy;
  const { path = [], set } = fault;
  return setMembers(row, path, set);
}

/** Sets members of the object at a path. `null` removes a member. */
function setMembers(
  value: object,
  [first, ...rest]: readonly string[],
  set: Readonly<Record<string, unknown>>,
): object {
  if (first !== undefined) {
    const inner: unknown = Object.entries(value).find(([name]) => name === first)?.[1];
    const changed = setMembers(typeof inner === 'object' && inner !== null ? inner : {}, rest, set);
    return { ...value, [first]: changed };
  }
  return Object.fromEntries(Object.entries({ ...value, ...set }).filter(([, member]) => member !== null));
}

function getDefaultMessage({ name }: Refusal, call: CallName, caller: Caller): string {
  if (name !== 'AccessDeniedException') return name;
  const action = isSignInCall(call) ? `sts:${call}` : `config:${call}`;
  return `User: ${getCallerIdentity(caller).Arn} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`;
}
