/** Work that can be paused at each `yield`. Yields `newTurn` before a long step, which is the first of a turn then. */
export type SlicedWork<T> = Generator<'newTurn' | undefined, T, undefined>;

/** Milliseconds of work per turn of the event loop. Even with a garbage collection in its last step, it fits into a frame. */
const maxSliceMs = 3;

interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Calls back in the next turn of the event loop. */
  scheduleTurn(callback: () => void): void;
}

/** Creates a function that runs work in slices. Concurrent work shares the time of one turn of the event loop. */
export function createTimeSlicer({ now, scheduleTurn }: Clock) {
  let end: number | undefined;
  const hasTime = (): boolean => {
    if (end === undefined) {
      end = now() + maxSliceMs;
      scheduleTurn(() => {
        end = undefined;
      });
    }
    return now() < end;
  };
  /**
   * Runs work without blocking the event loop. Small work completes in the current turn. Rejects with the work's
   * error or the signal's reason.
   */
  return async <T>(work: SlicedWork<T>, signal?: AbortSignal): Promise<T> => {
    for (;;) {
      signal?.throwIfAborted();
      while (hasTime()) {
        const step = work.next();
        if (step.done) return step.value;
        if (step.value === 'newTurn') break;
      }
      await new Promise<void>(scheduleTurn);
    }
  };
}

export const runInSlices = createTimeSlicer({ now: () => performance.now(), scheduleTurn: setImmediate });

/** Ends work that takes longer than a time, in milliseconds, and returns undefined for it. Pauses do not count. */
export function* limitTime<T>(
  work: SlicedWork<T>,
  maxMs: number,
  now = (): number => performance.now(),
): SlicedWork<T | undefined> {
  for (let spent = 0; spent < maxMs; ) {
    const start = now();
    const step = work.next();
    if (step.done) return step.value;
    spent += now() - start;
    yield step.value;
  }
  return undefined;
}
