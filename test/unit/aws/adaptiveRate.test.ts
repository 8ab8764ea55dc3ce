import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AdaptiveRate } from '../../../src/aws/transport/adaptiveRate.ts';

interface Service {
  /** Milliseconds. */
  readonly latency: number;
  /** Capacity and refill per second of the service's token bucket. */
  readonly allowed: number;
}

interface Run {
  /** Milliseconds. */
  readonly starts: readonly number[];
  readonly throttled: number;
  readonly endedAt: number;
}

/** Sends `count` requests as fast as the rate permits. Throttled ones are sent again. The clock is simulated. */
function simulate(rate: AdaptiveRate, count: number, { latency, allowed }: Service): Run {
  const starts: number[] = [];
  const inFlight: { readonly startedAt: number; readonly isThrottled: boolean }[] = [];
  let bucket = { tokens: allowed, at: 0 };
  let [now, waiting, throttled] = [0, count, 0];
  const isThrottled = (): boolean => {
    const tokens = Math.min(allowed, bucket.tokens + ((now - bucket.at) / 1000) * allowed);
    bucket = { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now };
    return tokens < 1;
  };
  while (waiting > 0 || inFlight.length > 0) {
    while (waiting > 0 && rate.getDelay(now) === 0) {
      rate.recordStart(now);
      starts.push(now);
      waiting--;
      inFlight.push({ startedAt: now, isThrottled: isThrottled() });
    }
    const nextResponse = (inFlight[0]?.startedAt ?? Number.POSITIVE_INFINITY) + latency;
    const nextStart = waiting > 0 ? now + Math.max(rate.getDelay(now), 0.001) : Number.POSITIVE_INFINITY;
    now = Math.min(nextResponse, nextStart);
    const [first] = inFlight;
    if (!first || now < first.startedAt + latency) continue;
    inFlight.shift();
    rate.recordResponse(first.startedAt, now);
    if (!first.isThrottled) continue;
    throttled++;
    waiting++;
    rate.recordThrottling(now);
  }
  return { starts, throttled, endedAt: now };
}

/** Milliseconds. */
const rounding = 1e-6;

/** The largest number of starts within any one second. */
function countInAnySecond(starts: readonly number[]): number {
  let first = 0;
  return Math.max(
    ...starts.map((start, index) => {
      while ((starts[first] ?? start) <= start - 1000 + rounding) first++;
      return index - first + 1;
    }),
  );
}

const unlimited = 1_000_000;

describe('AdaptiveRate', () => {
  it('starts the first requests at once', () => {
    const rate = new AdaptiveRate(() => 1);
    assert.equal(rate.getDelay(12_345), 0);
    const { starts } = simulate(new AdaptiveRate(() => 20), 4, { latency: 80, allowed: unlimited });
    assert.deepEqual(starts, [0, 0, 0, 0]);
  });

  it('doubles with each round trip until it reaches the bound', () => {
    const { starts } = simulate(new AdaptiveRate(() => 100), 200, { latency: 80, allowed: unlimited });
    const perRoundTrip = [1, 2, 3, 4].map(
      (trip) => starts.filter((at) => at > trip * 80 && at <= trip * 80 + 80).length,
    );
    assert.deepEqual(
      perRoundTrip,
      perRoundTrip.toSorted((a, b) => a - b),
    );
    assert((perRoundTrip[3] ?? 0) >= 3 * (perRoundTrip[0] ?? 0), `${perRoundTrip}`);
    const lastSecond = starts.filter((at) => at > (starts.at(-1) ?? 0) - 1000);
    assert(lastSecond.length > 95, `${lastSecond.length} in the last second`);
  });

  it('halves once for all requests that were in flight, and rises again', () => {
    const rate = new AdaptiveRate(() => 100);
    simulate(rate, 300, { latency: 80, allowed: unlimited });
    const now = 4_000;
    rate.recordThrottling(now);
    rate.recordThrottling(now + 1);
    rate.recordThrottling(now + 2);
    const delay = rate.getDelay(now + 2);
    // All starts are older than a second only later: the rate was about 100 a second.
    assert(delay > 0 && delay < 1000 / 0.5, `${delay} ms`);
    for (let at = now; at < now + 10_000; at += 100) rate.recordResponse(at - 80, at);
    assert(rate.getDelay(now + 10_000) === 0);
  });

  it('never exceeds the bound in any second, whatever the service does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 200 }),
        (bound, count, latency, allowed) => {
          const { starts } = simulate(new AdaptiveRate(() => bound), count, { latency, allowed });
          assert(countInAnySecond(starts) <= bound);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps sending while every request is throttled', () => {
    const rate = new AdaptiveRate(() => 20);
    let now = 0;
    for (let request = 0; request < 20; request++) {
      const delay = rate.getDelay(now);
      assert(delay <= 4_000, `${delay} ms`);
      now += delay + 0.001;
      rate.recordStart(now);
      rate.recordResponse(now, now + 80);
      now += 80;
      rate.recordThrottling(now);
    }
  });

  it('follows a bound that changes', () => {
    let bound = 20;
    const rate = new AdaptiveRate(() => bound);
    simulate(rate, 100, { latency: 10, allowed: unlimited });
    bound = 2;
    rate.recordStart(100_000);
    rate.recordStart(100_000);
    assert.equal(rate.getDelay(100_000), 1000);
  });

  for (const bound of [20, 100]) {
    it(`stays near the limit of a service below the bound of ${bound}, with few throttled requests`, () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 100, max: 500 }),
          fc.integer({ min: 20, max: 150 }),
          fc.integer({ min: 8, max: 18 }),
          (count, latency, allowed) => {
            const run = simulate(new AdaptiveRate(() => bound), count, { latency, allowed });
            const least = ((count - allowed) / allowed) * 1000;
            assert(run.endedAt <= 1.2 * least + 2 * latency, `${run.endedAt} ms, at least ${least}`);
            // A slow start to a higher bound overshoots by at most one round trip.
            const overshoot = bound > 20 ? (bound * latency) / 1000 : 0;
            assert(run.throttled <= 0.05 * count + overshoot, `${run.throttled} of ${count} throttled`);
          },
        ),
        { numRuns: 200 },
      );
    });
  }

  it('counts the starts of a merged rate', () => {
    const [rate, other] = [new AdaptiveRate(() => 3), new AdaptiveRate(() => 3)];
    rate.recordStart(0);
    other.recordStart(100);
    other.recordStart(200);
    rate.merge(other);
    assert.equal(rate.getDelay(300), 700);
  });
});
