import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandlerOptions } from '@smithy/types';
import type { RequestHandlerOptions } from './network.ts';

type Handled = ReturnType<NodeHttpHandler['handle']>;
type Sent = Parameters<NodeHttpHandler['handle']>[0];

/** Sends every attempt of every request in its turn: what the SDK sends again by itself counts as well. */
export class RateLimitedHandler extends NodeHttpHandler {
  readonly #schedule: (signal: AbortSignal | undefined, send: () => Handled) => Handled;

  constructor(
    options: RequestHandlerOptions,
    inTurn: (signal: AbortSignal | undefined, send: () => Handled) => Handled,
  ) {
    super(options);
    this.#schedule = inTurn;
  }

  override handle(request: Sent, options?: HttpHandlerOptions): Handled {
    // The signal is the one that our requests are sent with.
    const signal = options?.abortSignal as AbortSignal | undefined;
    return this.#schedule(signal, () => super.handle(request, options));
  }
}
