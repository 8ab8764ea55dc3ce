import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions } from '@smithy/types';
import type { RequestHandlerOptions } from './network.ts';

type HttpRequest = Parameters<NodeHttpHandler['handle']>[0];
type HttpResult = ReturnType<NodeHttpHandler['handle']>;

/** Runs `send` when the rate limit permits. */
type Schedule = (signal: AbortSignal | undefined, send: () => HttpResult) => HttpResult;

/** An HTTP handler that schedules every attempt of a request, the SDK's own retries included. */
export class RateLimitedHandler extends NodeHttpHandler {
  readonly #schedule: Schedule;

  constructor(options: RequestHandlerOptions, schedule: Schedule) {
    super(options);
    this.#schedule = schedule;
  }

  override handle(request: HttpRequest, options?: HttpHandlerOptions): HttpResult {
    // Requests are only ever sent with a standard AbortSignal.
    const signal = options?.abortSignal as AbortSignal | undefined;
    return this.#schedule(signal, () => super.handle(request, options));
  }
}
