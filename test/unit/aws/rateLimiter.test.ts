import assert from 'node:assert/strict';
import { RateLimiter } from '../../../src/aws/transport/rateLimiter.ts';

const { signal } = new AbortController();

describe('the pace of an account and region', () => {
  it('has at most three requests in flight, in the order in which they came', async () => {
    const pace = new RateLimiter(() => 100);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const all = [0, 1, 2, 3, 4].map((number) =>
      pace.run('a', signal, () => {
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

  it('starts no more in any one second than it may', async () => {
    const pace = new RateLimiter(() => 4);
    const starts: number[] = [];
    const begin = async () => {
      starts.push(performance.now());
    };
    await Promise.all(Array.from({ length: 6 }, () => pace.run('a', signal, begin)));
    for (const [index, start] of starts.entries()) {
      const fourth = starts[index + 4];
      // Timers may be a millisecond early.
      if (fourth !== undefined) assert(fourth - start >= 995, `${fourth - start} ms between five starts`);
    }
  });

  it('of one place does not hold up another', async () => {
    const pace = new RateLimiter(() => 1);
    const order: string[] = [];
    const run = (place: string) => pace.run(place, signal, async () => order.push(place));
    await Promise.all([run('a'), run('b'), run('c')]);
    assert.deepEqual(order.sort(), ['a', 'b', 'c']);
  });

  it('lets a request that was called off leave the line', async () => {
    const pace = new RateLimiter(() => 1);
    const controller = new AbortController();
    await pace.run('a', signal, async () => {});
    const waiting = pace.run('a', controller.signal, async () => assert.fail('it was called off'));
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
  });

  /** Places whose requests end when they are let go. */
  const held = (pace: RateLimiter) => {
    const flying = new Map<string, (() => void)[]>();
    const run = (place: string) =>
      pace.run(place, signal, () => new Promise<void>((end) => flying.set(place, [...(flying.get(place) ?? []), end])));
    const inFlight = () => [...flying.values()].reduce((count, ends) => count + ends.length, 0);
    const end = async (place: string) => {
      flying.get(place)?.shift()?.();
      await new Promise(setImmediate);
    };
    return { run, inFlight, end };
  };

  it('is shared by what was asked before it was known to be the same', async () => {
    const pace = new RateLimiter(() => 100);
    const { run, inFlight, end } = held(pace);
    const all = [run('key'), run('key'), run('key'), run('key')];
    pace.merge('key', 'account');
    all.push(run('account'), run('account'));
    await new Promise(setImmediate);
    assert.equal(inFlight(), 3, 'those that came before count');
    for (const [place, left] of [
      ['key', 3],
      ['key', 3],
      ['key', 3],
      ['key', 2],
    ] as const) {
      await end(place);
      assert.equal(inFlight(), left);
    }
    await end('account');
    await end('account');
    await Promise.all(all);
  });

  it('holds for whoever waits under another key when the keys turn out to be of one account', async () => {
    const pace = new RateLimiter(() => 100);
    const { run, inFlight, end } = held(pace);
    const all = ['first', 'second'].flatMap((key) => Array.from({ length: 6 }, () => run(key)));
    pace.merge('first', 'account');
    await new Promise(setImmediate);
    assert.equal(inFlight(), 6, 'three of each, for nobody knew');
    pace.merge('second', 'account');
    for (const left of [5, 4, 3]) {
      await end('second');
      assert.equal(inFlight(), left, 'what waits under the second key starts only in its turn');
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

  it('counts starts together from the moment that keys turn out to be of one account', async () => {
    const pace = new RateLimiter(() => 4);
    const starts: number[] = [];
    const begin = async () => void starts.push(performance.now());
    const asked = (key: string) => Array.from({ length: 6 }, () => pace.run(key, signal, begin));
    const all = [...asked('first'), ...asked('second')];
    pace.merge('first', 'account');
    pace.merge('second', 'account');
    await Promise.all(all);
    assert.equal(starts.length, 12);
    const together = starts.slice(8);
    for (const start of together) assert(start - (starts[0] ?? 0) >= 995, 'four of each, and then none for a second');
    assert((starts[11] ?? 0) - (starts[0] ?? 0) >= 995);
  });
});
