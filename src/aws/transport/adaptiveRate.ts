/** Requests per second at the start. Doubles with each round trip until the first throttled request. */
const initialRate = 10;
/** Requests per second that remain however often the service throttles, so that no request waits forever. */
const minRate = 0.5;
/** Requests that may start at once after a pause. */
const maxBurst = 4;
/** A halved rate regains what it lost in about this many milliseconds. */
const recoveryTime = 5_000;

const second = 1_000;

/**
 * Decides when requests may start: a token bucket with a rate that adapts to the service. The rate doubles with each round
 * trip until the service throttles a request, is halved then, and rises again slowly. It never exceeds a bound. All
 * times are milliseconds of one monotonic clock.
 */
export class AdaptiveRate {
  readonly #getBound: () => number;
  /** The starts of the last second, ascending. */
  #starts: number[] = [];
  /** Requests per second. */
  #rate = initialRate;
  #tokens = maxBurst;
  #refilledAt = 0;
  /** The gain after a halving, in requests per second and millisecond. Undefined during the slow start. */
  #gain: number | undefined;
  /** When the rate was last changed by a round trip or a throttled request. */
  #changedAt = Number.NEGATIVE_INFINITY;
  #halvedAt = Number.NEGATIVE_INFINITY;
  /** The duration of the last round trip. */
  #roundTrip = 0;

  /** `getBound` returns the maximum of requests that may start within any one second. It is at least 1, and may change. */
  constructor(getBound: () => number) {
    this.#getBound = getBound;
  }

  /** Returns how long the next request has to wait, in milliseconds. The first one never waits. */
  getDelay(now: number): number {
    this.#refill(now);
    const bound = this.#getBound();
    const first = this.#starts.at(-bound);
    const untilBound = first === undefined ? 0 : first + second - now;
    const untilToken = ((1 - this.#tokens) / this.#currentRate()) * second;
    return Math.max(0, untilBound, untilToken);
  }

  /** Records that a request starts. */
  recordStart(now: number): void {
    this.#refill(now);
    this.#tokens -= 1;
    this.#starts.push(now);
  }

  /** Records the response to a request that started at `startedAt`. */
  recordResponse(startedAt: number, now: number): void {
    this.#roundTrip = now - startedAt;
    if (this.#gain === undefined) {
      if (startedAt < this.#changedAt) return;
      this.#rate = this.#currentRate() * 2;
    } else {
      this.#rate = this.#currentRate() + this.#gain * Math.min(now - this.#changedAt, second);
    }
    this.#changedAt = now;
  }

  /** Records that the service throttled a request. Halves the rate once for all requests in flight. */
  recordThrottling(now: number): void {
    const isSameRoundTrip = this.#gain !== undefined && now - this.#halvedAt < this.#roundTrip;
    if (isSameRoundTrip) return;
    this.#refill(now);
    // The rate may be higher than what has been asked of it.
    const used = Math.min(this.#currentRate(), this.#starts.length);
    this.#rate = Math.max(minRate, used / 2);
    this.#gain = this.#rate / recoveryTime;
    this.#tokens = Math.min(this.#tokens, 0);
    this.#halvedAt = now;
    this.#changedAt = now;
  }

  /** Counts the starts of another rate as well, when both turn out to be for the same account and region. */
  merge(other: AdaptiveRate): void {
    this.#starts = [...this.#starts, ...other.#starts].sort((a, b) => a - b);
  }

  #currentRate(): number {
    return Math.min(this.#rate, this.#getBound());
  }

  /** Adds the tokens of the time since the last call, and forgets starts that no longer count. */
  #refill(now: number): void {
    const gained = ((now - this.#refilledAt) / second) * this.#currentRate();
    this.#tokens = Math.min(maxBurst, this.#tokens + gained);
    this.#refilledAt = now;
    const firstRecent = this.#starts.findIndex((start) => start + second > now);
    if (firstRecent !== 0) this.#starts = firstRecent < 0 ? [] : this.#starts.slice(firstRecent);
  }
}
