import PQueue from 'p-queue';

/** Requests in flight per account and region. */
const maxConcurrent = 3;

/** How fast an account and region is asked; profiles that lead to the same place share its pace. */
export class RateLimiter {
  readonly #perSecond: () => number;
  readonly #queues = new Map<string, PQueue>();

  /** `perSecond` is how many requests may start in any one second, per account and region. */
  constructor(perSecond: () => number) {
    this.#perSecond = perSecond;
  }

  /** Runs a request when its turn has come; one that was called off before leaves the line. */
  run<T>(place: string, signal: AbortSignal | undefined, request: () => Promise<T>): Promise<T> {
    const intervalCap = this.#perSecond();
    const key = keyOf(place, intervalCap);
    const queue =
      this.#queues.get(key) ?? new PQueue({ concurrency: maxConcurrent, interval: 1000, intervalCap, strict: true });
    this.#queues.set(key, queue);
    const options = signal ? { signal } : {};
    return queue.add(() => {
      const joined = this.#queues.get(key);
      return joined && joined !== queue ? joined.add(request, options) : request();
    }, options);
  }

  /** A place turns out to be another: from now on the two share a line, also for those who wait there. */
  merge(place: string, other: string): void {
    const perSecond = this.#perSecond();
    const [from, to] = [keyOf(place, perSecond), keyOf(other, perSecond)];
    const queue = this.#queues.get(to) ?? this.#queues.get(from);
    if (queue) this.#queues.set(from, queue).set(to, queue);
  }
}

const keyOf = (place: string, perSecond: number): string => `${place} ${perSecond}`;
