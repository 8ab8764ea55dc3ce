import assert from 'node:assert/strict';
import { RefreshTimer } from '../../../src/views/tree/refreshTimer.ts';

/** A clock that goes on when it is told to. */
class Clock {
  #now = 0;
  readonly #running = new Map<number, { readonly run: () => void; readonly every: number; due: number }>();
  #last = 0;

  set(run: () => void, every: number): number {
    this.#running.set(++this.#last, { run, every, due: this.#now + every });
    return this.#last;
  }

  clear(handle: number): void {
    this.#running.delete(handle);
  }

  goOn(minutes: number): void {
    for (let left = minutes * 60; left > 0; left--) {
      this.#now += 1000;
      for (const each of this.#running.values()) {
        if (each.due > this.#now) continue;
        each.due += each.every;
        each.run();
      }
    }
  }

  get running(): number {
    return this.#running.size;
  }
}

describe('the quiet refresh', () => {
  let clock: Clock;
  let looking: boolean;
  let refreshes: number;
  let timer: RefreshTimer<number>;

  beforeEach(() => {
    clock = new Clock();
    looking = true;
    refreshes = 0;
    timer = new RefreshTimer(
      clock,
      () => looking,
      () => refreshes++,
    );
  });

  it('comes every so many minutes, and not before', () => {
    timer.start(15);
    clock.goOn(14);
    assert.equal(refreshes, 0);
    clock.goOn(1);
    assert.equal(refreshes, 1);
    clock.goOn(30);
    assert.equal(refreshes, 3);
  });

  it('does not come while nobody looks, and comes again when somebody does', () => {
    timer.start(15);
    looking = false;
    clock.goOn(60);
    assert.equal(refreshes, 0);
    looking = true;
    clock.goOn(15);
    assert.equal(refreshes, 1);
  });

  it('is off where the minutes are 0', () => {
    timer.start(0);
    clock.goOn(10_000 / 60);
    assert.deepEqual([refreshes, clock.running], [0, 0]);
  });

  it('waits anew when the minutes change, in place of what it waited for', () => {
    timer.start(15);
    clock.goOn(10);
    timer.start(30);
    clock.goOn(29);
    assert.equal(refreshes, 0);
    clock.goOn(1);
    assert.deepEqual([refreshes, clock.running], [1, 1]);
    timer.start(0);
    assert.equal(clock.running, 0);
  });

  it('ends', () => {
    timer.start(1);
    timer.dispose();
    clock.goOn(10);
    assert.deepEqual([refreshes, clock.running], [0, 0]);
  });
});
