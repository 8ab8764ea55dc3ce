import assert from 'node:assert/strict';
import { Pace } from '../../../src/aws/pace.ts';

const { signal } = new AbortController();

describe('the pace of an account and region', () => {
  it('has at most three requests in flight, in the order in which they came', async () => {
    const pace = new Pace(() => 100);
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
    const pace = new Pace(() => 4);
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
    const pace = new Pace(() => 1);
    const order: string[] = [];
    const run = (place: string) => pace.run(place, signal, async () => order.push(place));
    await Promise.all([run('a'), run('b'), run('c')]);
    assert.deepEqual(order.sort(), ['a', 'b', 'c']);
  });

  it('lets a request that was called off leave the line', async () => {
    const pace = new Pace(() => 1);
    const controller = new AbortController();
    await pace.run('a', signal, async () => {});
    const waiting = pace.run('a', controller.signal, async () => assert.fail('it was called off'));
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
  });
});
