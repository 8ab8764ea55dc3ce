import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';

/** Told of a region whose requests wait because AWS throttles them, and until about when, epoch milliseconds. */
export type ThrottleListener = (region: string, until: number) => void;

/** The SDK's pauses before a throttled request begin with a second, those before any other with a fraction of it. */
const minThrottlingBase = 500;

const maxPause = 20_000;

/** Pauses as the SDK makes them, in milliseconds, told as they begin where they are for throttling. */
class ReportingBackoff {
  readonly #report: (pause: number) => void;
  #base = 0;

  constructor(tell: (pause: number) => void) {
    this.#report = tell;
  }

  setDelayBase(base: number): void {
    this.#base = base;
  }

  computeNextBackoffDelay(attempt: number): number {
    const pause = Math.floor(Math.random() * Math.min(this.#base * 2 ** attempt, maxPause));
    if (this.#base >= minThrottlingBase) this.#report(pause);
    return pause;
  }
}

/** Has a client ask again as the SDK's adaptive mode does, and tell when AWS makes it wait. */
export function reportThrottling({ config }: ConfigServiceClient, throttled: ThrottleListener): void {
  const adaptive = async () => {
    const region = await config.region();
    const backoff = new ReportingBackoff((pause) => throttled(region, Date.now() + pause));
    return new AdaptiveRetryStrategy(await config.maxAttempts(), { backoff });
  };
  let strategy: Promise<AdaptiveRetryStrategy> | undefined;
  config.retryStrategy = () => {
    strategy ??= adaptive();
    return strategy;
  };
}
