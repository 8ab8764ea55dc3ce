import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';

/** Called when AWS throttles a request to `region`. It is retried at about `until`, epoch milliseconds. */
export type ThrottleListener = (region: string, until: number) => void;

/** Milliseconds. The SDK's base delay is a second for throttled requests and a fraction of it for all others. */
const minThrottlingBase = 500;

/** Milliseconds. */
const maxDelay = 20_000;

/** The SDK's exponential backoff, which also reports delays caused by throttling. */
class ReportingBackoff {
  readonly #report: (delay: number) => void;
  #base = 0;

  constructor(report: (delay: number) => void) {
    this.#report = report;
  }

  setDelayBase(base: number): void {
    this.#base = base;
  }

  computeNextBackoffDelay(attempt: number): number {
    const delay = Math.floor(Math.random() * Math.min(this.#base * 2 ** attempt, maxDelay));
    if (this.#base >= minThrottlingBase) this.#report(delay);
    return delay;
  }
}

/**
 * Replaces the client's retry strategy by one that retries the same way and reports throttling. Our own rate limiter takes
 * the place of the SDK's: `onThrottled` is called for every throttled attempt, `onDelayed` for those that are retried.
 */
export function reportThrottling(
  { config }: ConfigServiceClient,
  onThrottled: (region: string) => void,
  onDelayed: ThrottleListener | undefined,
): void {
  const createStrategy = async () => {
    const region = await config.region();
    const backoff = new ReportingBackoff((delay) => onDelayed?.(region, Date.now() + delay));
    const rateLimiter = {
      getSendToken: async () => {},
      updateClientSendingRate: (response: unknown) => {
        if (isThrottling(response)) onThrottled(region);
      },
    };
    return new AdaptiveRetryStrategy(await config.maxAttempts(), { backoff, rateLimiter });
  };
  let strategy: Promise<AdaptiveRetryStrategy> | undefined;
  config.retryStrategy = () => {
    strategy ??= createStrategy();
    return strategy;
  };
}

/** Whether the SDK's description of an attempt says that it was throttled. */
const isThrottling = (response: unknown): boolean =>
  typeof response === 'object' && response !== null && 'errorType' in response && response.errorType === 'THROTTLING';
