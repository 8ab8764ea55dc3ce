import assert from 'node:assert/strict';
import { RateLimiter } from '../../../src/aws/transport/rateLimiter.ts';

const { signal } = new AbortController();

describe('RateLimiter', () => {
  it('runs at most three requests at once, in their order', async () => {
    const limiter = new RateLimiter(() => 100);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const all = [0, 1, 2, 3, 4].map((number) =>
      limiter.run('a', signal, () => {
        started.push(number);
        return new Promise<void>((resolve) => ends.push(resolve));
      }),
    );
    await new Promise(setImmediate);
    assert.deepEqual(started, [0, 1, 2]);
    ends[1]?.();
    await all[1];
    await new Promise(setImmediate);
    assert.deepEqual(started, [0, 1, 2, 3]);
    while (started.length < 5 || ends.length > 0) {
      ends.shift()?.();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
  });

  it('limits the starts within any one second', async () => {
    const limiter = new RateLimiter(() => 4);
    const starts: number[] = [];
    const recordStart = async () => {
      starts.push(performance.now());
    };
    await Promise.all(Array.from({ length: 6 }, () => limiter.run('a', signal, recordStart)));
    for (const [index, start] of starts.entries()) {
      const fourth = starts[index + 4];
      // Timers may fire a millisecond early.
      if (fourth !== undefined) assert(fourth - start >= 995, `${fourth - start} ms between five starts`);
    }
  });

  it('limits each key separately', async () => {
    const limiter = new RateLimiter(() => 1);
    const order: string[] = [];
    const run = (key: string) => limiter.run(key, signal, async () => order.push(key));
    await Promise.all([run('a'), run('b'), run('c')]);
    assert.deepEqual(order.sort(), ['a', 'b', 'c']);
  });

  it('drops an aborted request from the queue', async () => {
    const limiter = new RateLimiter(() => 1);
    const controller = new AbortController();
    await limiter.run('a', signal, async () => {});
    const waiting = limiter.run('a', controller.signal, async () => assert.fail('aborted requests do not run'));
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
  });

  /** Runs requests that end only when `end` is called. */
  const holdRequests = (limiter: RateLimiter) => {
    const running = new Map<string, (() => void)[]>();
    const run = (key: string) =>
      limiter.run(key, signal, () => new Promise<void>((end) => running.set(key, [...(running.get(key) ?? []), end])));
    const inFlight = () => [...running.values()].reduce((count, ends) => count + ends.length, 0);
    const end = async (key: string) => {
      running.get(key)?.shift()?.();
      await new Promise(setImmediate);
    };
    return { run, inFlight, end };
  };

  it('counts requests that started before a merge', async () => {
    const limiter = new RateLimiter(() => 100);
    const { run, inFlight, end } = holdRequests(limiter);
    const all = [run('key'), run('key'), run('key'), run('key')];
    limiter.merge('key', 'account');
    all.push(run('account'), run('account'));
    await new Promise(setImmediate);
    assert.equal(inFlight(), 3, 'requests from before the merge count');
    for (const [key, left] of [
      ['key', 3],
      ['key', 3],
      ['key', 3],
      ['key', 2],
    ] as const) {
      await end(key);
      assert.equal(inFlight(), left);
    }
    await end('account');
    await end('account');
    await Promise.all(all);
  });

  it('limits requests that wait under another merged key', async () => {
    const limiter = new RateLimiter(() => 100);
    const { run, inFlight, end } = holdRequests(limiter);
    const all = ['first', 'second'].flatMap((key) => Array.from({ length: 6 }, () => run(key)));
    limiter.merge('first', 'account');
    await new Promise(setImmediate);
    assert.equal(inFlight(), 6, 'three per key before the merge');
    limiter.merge('second', 'account');
    for (const left of [5, 4, 3]) {
      await end('second');
      assert.equal(inFlight(), left, 'requests of the second key wait for the shared limit');
    }
    all.push(run('second'));
    for (let ended = 0; ended < 3; ended++) {
      await end('first');
      assert.equal(inFlight(), 3);
    }
    while (inFlight() > 0) {
      await end('first');
      await end('second');
      assert(inFlight() <= 3);
    }
    await Promise.all(all);
  });

  it('limits starts across keys from the merge on', async () => {
    const limiter = new RateLimiter(() => 4);
    const starts: number[] = [];
    const recordStart = async () => void starts.push(performance.now());
    const start = (key: string) => Array.from({ length: 6 }, () => limiter.run(key, signal, recordStart));
    const all = [...start('first'), ...start('second')];
    limiter.merge('first', 'account');
    limiter.merge('second', 'account');
    await Promise.all(all);
    assert.equal(starts.length, 12);
    const last = starts.slice(8);
    for (const time of last) assert(time - (starts[0] ?? 0) >= 995, 'four starts per key, then none for a second');
    assert((starts[11] ?? 0) - (starts[0] ?? 0) >= 995);
  });
});
