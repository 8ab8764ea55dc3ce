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
  run<T>(place: string, signal: AbortSignal | undefined, request: () => Promise<T>): Promise<T> {
    const intervalCap = this.#perSecond();
    const key = keyOf(place, intervalCap);
    const queue =
      this.#queues.get(key) ?? new PQueue({ concurrency: mostAtOnce, interval: 1000, intervalCap, strict: true });
    this.#queues.set(key, queue);
    return queue.add(request, { ...(signal && { signal }) });
  }

  /** A place turns out to be another: from now on the two share a line, which those who wait there keep. */
  join(place: string, other: string): void {
    const intervalCap = this.#perSecond();
    const queue = this.#queues.get(keyOf(place, intervalCap));
    const joined = keyOf(other, intervalCap);
    if (queue && !this.#queues.has(joined)) this.#queues.set(joined, queue);
  }
}

const keyOf = (place: string, perSecond: number): string => `${place} ${perSecond}`;
