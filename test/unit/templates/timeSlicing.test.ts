import assert from 'node:assert/strict';
import { createTimeSlicer, type Work } from '../../../src/templates/timeSlicing.ts';

/** A clock that stands still but for what work takes, and an event loop that goes on when it is told to. */
class Turns {
  time = 0;
  readonly #waiting: (() => void)[] = [];
  readonly inSlices = createTimeSlicer({ now: () => this.time, scheduleTurn: (goOn) => this.#waiting.push(goOn) });

  /** So many steps, each of so many milliseconds. */
  *steps(count: number, milliseconds: number, done: number[] = []): Work<string> {
    for (let step = 1; step <= count; step++) {
      this.time += milliseconds;
      done.push(step);
      yield;
    }
    return 'read';
  }

  /** The event loop goes round once. */
  async next(): Promise<void> {
    for (const goOn of this.#waiting.splice(0)) {
      goOn();
      await settled();
    }
  }
}

/** Lets everything go on that waits for no turn. */
const settled = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

describe('templates: work in slices', () => {
  it('ends before anything else has its turn, where it is small', async () => {
    const turns = new Turns();
    assert.equal(await turns.inSlices(turns.steps(3, 2)), 'read');
  });

  it('lets the event loop go on after ten milliseconds, as often as it must', async () => {
    const turns = new Turns();
    const done: number[] = [];
    const read = turns.inSlices(turns.steps(10, 4, done));
    assert.deepEqual(done, [1, 2, 3]);
    await turns.next();
    assert.deepEqual(done, [1, 2, 3, 4, 5, 6]);
    await turns.next();
    await turns.next();
    assert.equal(await read, 'read');
    assert.equal(done.length, 10);
  });

  it('shares a turn with other work, and ends what began first', async () => {
    const turns = new Turns();
    const [first, second]: [number[], number[]] = [[], []];
    const reads = [turns.inSlices(turns.steps(4, 6, first)), turns.inSlices(turns.steps(1, 6, second))];
    assert.deepEqual([first.length, second.length], [2, 0]);
    await turns.next();
    assert.deepEqual([first.length, second.length], [4, 0]);
    await turns.next();
    assert.deepEqual(await Promise.all(reads), ['read', 'read']);
  });

  it('stops where it is called off, before or between slices', async () => {
    const turns = new Turns();
    const done: number[] = [];
    const off = new AbortController();
    const read = turns.inSlices(turns.steps(10, 4, done), off.signal);
    off.abort();
    await turns.next();
    await assert.rejects(read, { name: 'AbortError' });
    await assert.rejects(turns.inSlices(turns.steps(1, 1, done), off.signal), { name: 'AbortError' });
    assert.equal(done.length, 3);
  });

  it('rejects with what the work throws, also in a later slice', async () => {
    const turns = new Turns();
    function* failing(): Work<string> {
      yield* turns.steps(3, 4);
      throw new RangeError('no such line');
    }
    const read = turns.inSlices(failing());
    await Promise.all([assert.rejects(read, new RangeError('no such line')), turns.next()]);
  });
});
