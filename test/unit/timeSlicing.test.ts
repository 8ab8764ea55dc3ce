import assert from 'node:assert/strict';
import { createTimeSlicer, limitTime, type SlicedWork } from '../../src/timeSlicing.ts';

/** A clock that only work advances, and an event loop with manual eventLoop. */
class FakeEventLoop {
  time = 0;
  readonly #callbacks: (() => void)[] = [];
  readonly runInSlices = createTimeSlicer({
    now: () => this.time,
    scheduleTurn: (callback) => this.#callbacks.push(callback),
  });

  /** Work of `count` steps that take `milliseconds` each. */
  *steps(count: number, milliseconds: number, done: number[] = []): SlicedWork<string> {
    for (let step = 1; step <= count; step++) {
      this.time += milliseconds;
      done.push(step);
      yield;
    }
    return 'read';
  }

  /** Runs one turn of the event loop. */
  async nextTurn(): Promise<void> {
    for (const callback of this.#callbacks.splice(0)) {
      callback();
      await flushMicrotasks();
    }
  }
}

/** Runs pending promise callbacks. */
const flushMicrotasks = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

describe('runInSlices', () => {
  it('completes small work in the current turn', async () => {
    const eventLoop = new FakeEventLoop();
    assert.equal(await eventLoop.runInSlices(eventLoop.steps(2, 1)), 'read');
  });

  it('yields to the event loop after three milliseconds', async () => {
    const eventLoop = new FakeEventLoop();
    const done: number[] = [];
    const read = eventLoop.runInSlices(eventLoop.steps(9, 1.2, done));
    assert.deepEqual(done, [1, 2, 3]);
    await eventLoop.nextTurn();
    assert.deepEqual(done, [1, 2, 3, 4, 5, 6]);
    await eventLoop.nextTurn();
    await eventLoop.nextTurn();
    assert.equal(await read, 'read');
    assert.equal(done.length, 9);
  });

  it('starts a long step in a new turn', async () => {
    const eventLoop = new FakeEventLoop();
    const done: string[] = [];
    function* work(): SlicedWork<void> {
      done.push('short');
      yield 'newTurn';
      done.push('long');
    }
    const read = eventLoop.runInSlices(limitTime(work(), 20, () => eventLoop.time));
    assert.deepEqual(done, ['short']);
    await eventLoop.nextTurn();
    assert.deepEqual(done, ['short', 'long']);
    await read;
  });

  it('shares a turn between concurrent work, oldest first', async () => {
    const eventLoop = new FakeEventLoop();
    const [first, second]: [number[], number[]] = [[], []];
    const reads = [
      eventLoop.runInSlices(eventLoop.steps(4, 2, first)),
      eventLoop.runInSlices(eventLoop.steps(1, 2, second)),
    ];
    assert.deepEqual([first.length, second.length], [2, 0]);
    await eventLoop.nextTurn();
    assert.deepEqual([first.length, second.length], [4, 0]);
    await eventLoop.nextTurn();
    assert.deepEqual(await Promise.all(reads), ['read', 'read']);
  });

  it('stops when aborted, before or between slices', async () => {
    const eventLoop = new FakeEventLoop();
    const done: number[] = [];
    const controller = new AbortController();
    const read = eventLoop.runInSlices(eventLoop.steps(10, 1.2, done), controller.signal);
    controller.abort();
    await eventLoop.nextTurn();
    await assert.rejects(read, { name: 'AbortError' });
    await assert.rejects(eventLoop.runInSlices(eventLoop.steps(1, 1, done), controller.signal), { name: 'AbortError' });
    assert.equal(done.length, 3);
  });

  it('rejects with an error of the work, also in a later slice', async () => {
    const eventLoop = new FakeEventLoop();
    function* failing(): SlicedWork<string> {
      yield* eventLoop.steps(3, 2);
      throw new RangeError('no such line');
    }
    const read = eventLoop.runInSlices(failing());
    await Promise.all([assert.rejects(read, new RangeError('no such line')), eventLoop.nextTurn()]);
  });
});

describe('limitTime', () => {
  it('returns the result of work that ends in time, whatever the pauses', async () => {
    const eventLoop = new FakeEventLoop();
    const read = eventLoop.runInSlices(limitTime(eventLoop.steps(9, 1.2), 20, () => eventLoop.time));
    for (let turn = 0; turn < 3; turn++) {
      eventLoop.time += 1000;
      await eventLoop.nextTurn();
    }
    assert.equal(await read, 'read');
  });

  it('ends work that takes longer', async () => {
    const eventLoop = new FakeEventLoop();
    const done: number[] = [];
    const read = eventLoop.runInSlices(limitTime(eventLoop.steps(9, 2, done), 10, () => eventLoop.time));
    for (let turn = 0; turn < 3; turn++) await eventLoop.nextTurn();
    assert.equal(await read, undefined);
    assert.deepEqual(done, [1, 2, 3, 4, 5]);
  });
});
