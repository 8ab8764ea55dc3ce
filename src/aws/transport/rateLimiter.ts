import { AdaptiveRate } from './adaptiveRate.ts';

/** Requests in flight per account and region. Slow responses would pile up otherwise. */
const maxInFlight = 25;

/** Limits how fast requests start. Each key, an account and region, has an adaptive rate and a queue of its own. */
export class RateLimiter {
  readonly #requestsPerSecond: () => number;
  readonly #queues = new Map<string, RequestQueue>();

  /** `requestsPerSecond` is the maximum of starts within any one second, per key. */
  constructor(requestsPerSecond: () => number) {
    this.#requestsPerSecond = requestsPerSecond;
  }

  /** Runs a request when its key's rate permits. Rejects with the signal's reason if it is aborted before that. */
  run<T>(key: string, signal: AbortSignal | undefined, request: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const remove = () => {
        this.#getQueue(key).remove(waiting);
        reject(signal?.reason);
      };
      const waiting: WaitingRequest = {
        start: () => {
          signal?.removeEventListener('abort', remove);
          const response = request();
          resolve(response);
          return response;
        },
      };
      signal?.addEventListener('abort', remove, { once: true });
      this.#getQueue(key).add(waiting);
    });
  }

  /** Slows the key's requests down because AWS throttled one of them. */
  recordThrottling(key: string): void {
    this.#getQueue(key).recordThrottling();
  }

  /** Gives two keys one queue. Requests that already wait under `key` wait for their turn in the other queue as well. */
  merge(key: string, otherKey: string): void {
    const [from, to] = [this.#queues.get(key), this.#queues.get(otherKey)];
    if (from && to && from !== to) to.merge(from);
    const queue = to ?? from;
    if (queue) this.#queues.set(key, queue).set(otherKey, queue);
  }

  #getQueue(key: string): RequestQueue {
    const queue = this.#queues.get(key) ?? new RequestQueue(this.#requestsPerSecond);
    this.#queues.set(key, queue);
    return queue;
  }
}

interface WaitingRequest {
  start(): Promise<unknown>;
}

/** Starts requests in their order, as fast as an adaptive rate permits. */
class RequestQueue {
  readonly #rate: AdaptiveRate;
  #waiting: WaitingRequest[] = [];
  #inFlight = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(requestsPerSecond: () => number) {
    this.#rate = new AdaptiveRate(requestsPerSecond);
  }

  add(request: WaitingRequest): void {
    this.#waiting.push(request);
    this.#startNext();
  }

  remove(request: WaitingRequest): void {
    this.#waiting = this.#waiting.filter((each) => each !== request);
  }

  recordThrottling(): void {
    this.#rate.recordThrottling(performance.now());
  }

  /** Takes over the requests that wait in another queue, and counts what it has started. */
  merge(other: RequestQueue): void {
    this.#rate.merge(other.#rate);
    clearTimeout(other.#timer);
    this.#waiting.push(...other.#waiting.splice(0));
    this.#startNext();
  }

  #startNext(): void {
    clearTimeout(this.#timer);
    while (this.#inFlight < maxInFlight) {
      const now = performance.now();
      const [next] = this.#waiting;
      if (!next) return;
      const delay = this.#rate.getDelay(now);
      if (delay > 0) {
        this.#timer = setTimeout(() => this.#startNext(), delay);
        return;
      }
      this.#waiting.shift();
      this.#rate.recordStart(now);
      void this.#send(next, now);
    }
  }

  async #send(request: WaitingRequest, startedAt: number): Promise<void> {
    this.#inFlight++;
    try {
      await request.start();
      this.#rate.recordResponse(startedAt, performance.now());
    } catch {
      // The caller of `run` receives the error. Without a response, nothing is known about the rate.
    } finally {
      this.#inFlight--;
      this.#startNext();
    }
  }
}
