import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';

/** Told of a region whose requests wait because AWS throttles them, and until about when, epoch milliseconds. */
export type Throttled = (region: string, until: number) => void;

/** The SDK's pauses before a throttled request begin with a second, those before any other with a fraction of it. */
const throttlingPause = 500;

const longestPause = 20_000;

/** Pauses as the SDK makes them, in milliseconds, told as they begin where they are for throttling. */
class ToldPauses {
  readonly #tell: (pause: number) => void;
  #base = 0;

  constructor(tell: (pause: number) => void) {
    this.#tell = tell;
  }

  setDelayBase(base: number): void {
    this.#base = base;
  }

  computeNextBackoffDelay(attempt: number): number {
    const pause = Math.floor(Math.random() * Math.min(this.#base * 2 ** attempt, longestPause));
    if (this.#base >= throttlingPause) this.#tell(pause);
    return pause;
  }
}

/** Has a client ask again as the SDK's adaptive mode does, and tell when AWS makes it wait. */
export function tellThrottling({ config }: ConfigServiceClient, throttled: Throttled): void {
  const adaptive = async () => {
    const region = await config.region();
    const backoff = new ToldPauses((pause) => throttled(region, Date.now() + pause));
    return new AdaptiveRetryStrategy(await config.maxAttempts(), { backoff });
  };
  let strategy: Promise<AdaptiveRetryStrategy> | undefined;
  config.retryStrategy = () => {
    strategy ??= adaptive();
    return strategy;
  };
}
