import assert from 'node:assert/strict';
import { RefreshTimer } from '../../../src/views/tree/refreshTimer.ts';

/** Interval timers that run when a test advances the time. */
class ManualTimers {
  readonly #intervals = new Map<number, { readonly run: () => void; readonly period: number; due: number }>();
  #now = 0;
  #lastHandle = 0;

  set(run: () => void, period: number): number {
    this.#intervals.set(++this.#lastHandle, { run, period, due: this.#now + period });
    return this.#lastHandle;
  }

  clear(handle: number): void {
    this.#intervals.delete(handle);
  }

  advance(minutes: number): void {
    for (let seconds = minutes * 60; seconds > 0; seconds--) {
      this.#now += 1000;
      for (const interval of this.#intervals.values()) {
        if (interval.due > this.#now) continue;
        interval.due += interval.period;
        interval.run();
      }
    }
  }

  get count(): number {
    return this.#intervals.size;
  }
}

describe('RefreshTimer', () => {
  let timers: ManualTimers;
  let shouldRefresh: boolean;
  let refreshes: number;
  let timer: RefreshTimer<number>;

  beforeEach(() => {
    timers = new ManualTimers();
    shouldRefresh = true;
    refreshes = 0;
    timer = new RefreshTimer(
      timers,
      () => shouldRefresh,
      () => refreshes++,
    );
  });

  it('refreshes at the interval', () => {
    timer.start(15);
    timers.advance(14);
    assert.equal(refreshes, 0);
    timers.advance(1);
    assert.equal(refreshes, 1);
    timers.advance(30);
    assert.equal(refreshes, 3);
  });

  it('skips refreshes while it should not refresh', () => {
    timer.start(15);
    shouldRefresh = false;
    timers.advance(60);
    assert.equal(refreshes, 0);
    shouldRefresh = true;
    timers.advance(15);
    assert.equal(refreshes, 1);
  });

  it('is off with 0 minutes', () => {
    timer.start(0);
    timers.advance(10_000 / 60);
    assert.deepEqual([refreshes, timers.count], [0, 0]);
  });

  it('replaces the interval when the minutes change', () => {
    timer.start(15);
    timers.advance(10);
    timer.start(30);
    timers.advance(29);
    assert.equal(refreshes, 0);
    timers.advance(1);
    assert.deepEqual([refreshes, timers.count], [1, 1]);
    timer.start(0);
    assert.equal(timers.count, 0);
  });

  it('stops when disposed', () => {
    timer.start(1);
    timer.dispose();
    timers.advance(10);
    assert.deepEqual([refreshes, timers.count], [0, 0]);
  });
});
