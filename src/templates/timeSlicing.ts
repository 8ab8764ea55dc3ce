/** Work that can be left at each `yield` and taken up again later. */
export type Work<T> = Generator<undefined, T, undefined>;

/** Milliseconds of work in one turn of the event loop: well below what a person at the keyboard notices. */
const maxSliceMs = 10;

interface Clock {
  /** In milliseconds. */
  now(): number;
  /** Calls back once the event loop has gone on. */
  scheduleTurn(goOn: () => void): void;
}

/** A way to do work in slices. All that is under way shares the time of a turn: many small documents are a large one. */
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
  /** Does the work without holding the event loop; at once, where it is small. Rejects with what the work throws, or with the signal's reason. */
  return async <T>(work: Work<T>, signal?: AbortSignal): Promise<T> => {
    for (;;) {
      signal?.throwIfAborted();
      while (hasTime()) {
        const step = work.next();
        if (step.done) return step.value;
      }
      await new Promise<void>(scheduleTurn);
    }
  };
}

export const runInSlices = createTimeSlicer({ now: () => performance.now(), scheduleTurn: setImmediate });
