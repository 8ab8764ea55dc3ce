import PQueue from 'p-queue';

/** Requests in flight per account and region. */
const mostAtOnce = 3;

/** How fast an account and region is asked; profiles that lead to the same place share its pace. */
export class Pace {
  readonly #perSecond: () => number;
  readonly #queues = new Map<string, PQueue>();

  /** `perSecond` is how many requests may start in any one second, per account and region. */
  constructor(perSecond: () => number) {
    this.#perSecond = perSecond;
  }

  /** Runs a request when its turn has come; one that was called off before leaves the line. */
  run<T>(place: string, signal: AbortSignal, request: () => Promise<T>): Promise<T> {
    const intervalCap = this.#perSecond();
    const key = `${place} ${intervalCap}`;
    const queue =
      this.#queues.get(key) ?? new PQueue({ concurrency: mostAtOnce, interval: 1000, intervalCap, strict: true });
    this.#queues.set(key, queue);
    return queue.add(request, { signal });
  }
}
