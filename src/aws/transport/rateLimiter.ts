import PQueue from 'p-queue';

/** Requests in flight per account and region. */
const maxConcurrent = 3;

/** Limits requests in flight and starts per second. Each key, an account and region, has a queue of its own. */
export class RateLimiter {
  readonly #requestsPerSecond: () => number;
  readonly #queues = new Map<string, PQueue>();

  /** `requestsPerSecond` limits the starts within any one second, per key. */
  constructor(requestsPerSecond: () => number) {
    this.#requestsPerSecond = requestsPerSecond;
  }

  /** Runs a request when its key's limit permits. A request aborted before that leaves the queue. */
  run<T>(key: string, signal: AbortSignal | undefined, request: () => Promise<T>): Promise<T> {
    const intervalCap = this.#requestsPerSecond();
    const id = queueId(key, intervalCap);
    const queue =
      this.#queues.get(id) ?? new PQueue({ concurrency: maxConcurrent, interval: 1000, intervalCap, strict: true });
    this.#queues.set(id, queue);
    const options = signal ? { signal } : {};
    return queue.add(() => {
      const merged = this.#queues.get(id);
      return merged && merged !== queue ? merged.add(request, options) : request();
    }, options);
  }

  /** Gives two keys one queue. Requests that already wait under `key` wait for their turn in the other queue as well. */
  merge(key: string, otherKey: string): void {
    const requestsPerSecond = this.#requestsPerSecond();
    const [from, to] = [queueId(key, requestsPerSecond), queueId(otherKey, requestsPerSecond)];
    const queue = this.#queues.get(to) ?? this.#queues.get(from);
    if (queue) this.#queues.set(from, queue).set(to, queue);
  }
}

/** A changed setting takes effect by using other queues. */
const queueId = (key: string, requestsPerSecond: number): string => `${key} ${requestsPerSecond}`;
