import assert from 'node:assert/strict';
import { RateLimiter } from '../../../src/aws/transport/rateLimiter.ts';

const { signal } = new AbortController();

/** Runs `use` with a clock that only timers advance, so that no test waits. */
async function withTimers(use: (runTimers: () => Promise<void>) => Promise<void>): Promise<void> {
  const { setTimeout, clearTimeout } = globalThis;
  const { now } = performance;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  let [time, nextId] = [0, 1];
  performance.now = () => time;
  const replacements = {
    setTimeout: (run: () => void, delay: number) => {
      timers.set(nextId, { at: time + delay, run });
      return nextId++;
    },
    clearTimeout: (id: number) => timers.delete(id),
  };
  Object.assign(globalThis, replacements);
  try {
    await use(async () => {
      await new Promise(setImmediate);
      while (timers.size > 0) {
        const [next] = [...timers].sort(([, a], [, b]) => a.at - b.at);
        if (!next) return;
        const [id, { at, run }] = next;
        timers.delete(id);
        time = Math.max(time, at);
        run();
        await new Promise(setImmediate);
      }
    });
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    performance.now = now;
  }
}

/** Runs requests that end only when `endAll` is called. */
function holdRequests(limiter: RateLimiter) {
  const ends: (() => void)[] = [];
  const started: string[] = [];
  const run = (key: string) =>
    limiter.run(key, signal, () => {
      started.push(key);
      return new Promise<void>((end) => ends.push(end));
    });
  const endAll = () => {
    for (const end of ends.splice(0)) end();
  };
  return { run, started, inFlight: () => ends.length, endAll };
}

describe('RateLimiter', () => {
  it('runs a limited number of requests at once, in their order', () =>
    withTimers(async (runTimers) => {
      const limiter = new RateLimiter(() => 100);
      const order: number[] = [];
      const ends: (() => void)[] = [];
      const all = Array.from({ length: 60 }, (_, number) =>
        limiter.run('a', signal, () => {
          order.push(number);
          return new Promise<void>((end) => ends.push(end));
        }),
      );
      for (const count of [25, 50, 60]) {
        await runTimers();
        assert.deepEqual(order, [...Array(count).keys()]);
        for (const end of ends.splice(0)) end();
      }
      await Promise.all(all);
    }));

  it('limits the starts within any one second', () =>
    withTimers(async (runTimers) => {
      const limiter = new RateLimiter(() => 4);
      const starts: number[] = [];
      const recordStart = async () => void starts.push(performance.now());
      const all = Promise.all(Array.from({ length: 10 }, () => limiter.run('a', signal, recordStart)));
      await runTimers();
      await all;
      assert.deepEqual(starts, [0, 0, 0, 0, 1000, 1000, 1000, 1000, 2000, 2000]);
    }));

  it('limits each key separately', async () => {
    const limiter = new RateLimiter(() => 1);
    const order: string[] = [];
    const run = (key: string) => limiter.run(key, signal, async () => order.push(key));
    await Promise.all([run('a'), run('b'), run('c')]);
    assert.deepEqual(order.sort(), ['a', 'b', 'c']);
  });

  it('drops an aborted request from the queue', () =>
    withTimers(async (runTimers) => {
      const limiter = new RateLimiter(() => 1);
      const controller = new AbortController();
      await limiter.run('a', signal, async () => {});
      const waiting = limiter.run('a', controller.signal, async () => assert.fail('aborted requests do not run'));
      const rejected = assert.rejects(waiting, { name: 'AbortError' });
      controller.abort();
      await rejected;
      await runTimers();
      await assert.rejects(
        limiter.run('a', controller.signal, async () => {}),
        { name: 'AbortError' },
      );
    }));

  it('goes on after a failed request, which its caller receives', () =>
    withTimers(async (runTimers) => {
      const limiter = new RateLimiter(() => 1);
      const failed = assert.rejects(
        limiter.run('a', signal, () => Promise.reject(new Error('reset'))),
        /reset/,
      );
      const next = limiter.run('a', signal, async () => 'next');
      await runTimers();
      await failed;
      assert.equal(await next, 'next');
    }));

  it('slows down when a request is throttled', () =>
    withTimers(async (runTimers) => {
      const limiter = new RateLimiter(() => 100);
      const starts: number[] = [];
      const recordStart = async () => void starts.push(performance.now());
      await limiter.run('a', signal, recordStart);
      limiter.recordThrottling('a');
      const all = Promise.all([limiter.run('a', signal, recordStart), limiter.run('a', signal, recordStart)]);
      await runTimers();
      await all;
      const [first = 0, second = 0, third = 0] = starts;
      assert(second - first >= 1000 && third - second >= 1000, `${starts}`);
    }));

  it('keeps the order and the starts of two merged keys', () =>
    withTimers(async (runTimers) => {
      const limiter = new RateLimiter(() => 4);
      const { run, started, inFlight, endAll } = holdRequests(limiter);
      const all = ['first', 'second'].flatMap((key) => Array.from({ length: 6 }, () => run(key)));
      assert.equal(inFlight(), 8, 'four per key before the merge');
      limiter.merge('first', 'account');
      limiter.merge('second', 'account');
      all.push(run('account'));
      assert.equal(inFlight(), 8, 'the starts of both keys count');
      await runTimers();
      assert.deepEqual(started.slice(8).sort(), ['account', 'first', 'first', 'second', 'second']);
      endAll();
      await Promise.all(all);
    }));
});
