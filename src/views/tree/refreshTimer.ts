/** What runs something again and again: the global timers, but for tests. */
export interface Intervals<Handle> {
  set(run: () => void, milliseconds: number): Handle;
  clear(handle: Handle): void;
}

/** Refreshes every so many minutes, but only while it is wanted. */
export class RefreshTimer<Handle> {
  readonly #intervals: Intervals<Handle>;
  readonly #wanted: () => boolean;
  readonly #refresh: () => void;
  #running: { readonly handle: Handle } | undefined;

  /** `wanted` is asked each time before `refresh` is called. */
  constructor(intervals: Intervals<Handle>, wanted: () => boolean, refresh: () => void) {
    this.#intervals = intervals;
    this.#wanted = wanted;
    this.#refresh = refresh;
  }

  /** Begins to wait anew; 0 minutes: never refreshes. */
  start(minutes: number): void {
    this.dispose();
    if (minutes <= 0) return;
    const tick = () => {
      if (this.#wanted()) this.#refresh();
    };
    this.#running = { handle: this.#intervals.set(tick, minutes * 60_000) };
  }

  dispose(): void {
    if (this.#running) this.#intervals.clear(this.#running.handle);
    this.#running = undefined;
  }
}
