/** The interval functions of the platform, replaceable in tests. */
export interface IntervalTimers<Handle> {
  set(run: () => void, milliseconds: number): Handle;
  clear(handle: Handle): void;
}

/** Calls `refresh` at an interval, except when `shouldRefresh` returns false at that moment. */
export class RefreshTimer<Handle> {
  readonly #timers: IntervalTimers<Handle>;
  readonly #shouldRefresh: () => boolean;
  readonly #refresh: () => void;
  #running: { readonly handle: Handle } | undefined;

  constructor(timers: IntervalTimers<Handle>, shouldRefresh: () => boolean, refresh: () => void) {
    this.#timers = timers;
    this.#shouldRefresh = shouldRefresh;
    this.#refresh = refresh;
  }

  /** Restarts the timer; 0 minutes stop it. */
  start(minutes: number): void {
    this.dispose();
    if (minutes <= 0) return;
    const tick = () => {
      if (this.#shouldRefresh()) this.#refresh();
    };
    this.#running = { handle: this.#timers.set(tick, minutes * 60_000) };
  }

  dispose(): void {
    if (this.#running) this.#timers.clear(this.#running.handle);
    this.#running = undefined;
  }
}
