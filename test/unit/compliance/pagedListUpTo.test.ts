import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import { createPagedFetch, Desk, flushPromises } from '../../support/desk.ts';

const listOf = (desk: Desk<number>) => new PagedList(desk.fetch, String, () => {});

describe('a list that is loaded up to so many rows', () => {
  it('asks for as many pages as that takes, and for none where they are there', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const list = new PagedList(createPagedFetch(numbers, 10), String, () => {});
    const { signal } = new AbortController();
    await list.loadUpTo(25, signal);
    assert.deepEqual([list.rows.length, list.isComplete], [30, false]);
    await list.loadUpTo(30, signal);
    assert.equal(list.rows.length, 30);
    await list.loadUpTo(1000, signal);
    assert.deepEqual([list.rows.length, list.isComplete], [100, true]);
  });

  it('gives up after many pages without a row, and is not complete', async () => {
    let asked = 0;
    const list = new PagedList<number>(
      async () => ({ items: [], next: String(++asked) }),
      String,
      () => {},
    );
    await list.loadUpTo(5, new AbortController().signal);
    assert.deepEqual([list.rows, list.isComplete, list.state, asked], [[], false, 'idle', 10]);
  });

  it('is called off with its request where nobody else waits for it', async () => {
    const desk = new Desk<number>();
    const list = listOf(desk);
    const controller = new AbortController();
    void list.loadUpTo(100, controller.signal);
    await flushPromises();
    controller.abort();
    assert.equal(desk.last.signal.aborted, true);
    await desk.last.fail('cancelled');
    assert.deepEqual([list.state, list.errors], ['idle', []]);
  });

  it('reads anew what is only remembered, as much as was shown', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const list = new PagedList(createPagedFetch(numbers, 10), String, () => {});
    list.restore([{ rows: numbers.slice(0, 30), complete: false, readAt: 1 }]);
    await list.loadUpTo(5, new AbortController().signal);
    assert.deepEqual([list.rows.length, list.isRestored], [30, false]);
  });

  it('asks once, where many wait for what fails', async () => {
    const desk = new Desk<number>();
    const list = listOf(desk);
    const { signal } = new AbortController();
    const waiting = [1, 2, 3].map((rows) => list.loadUpTo(rows, signal));
    await flushPromises();
    await desk.last.fail('denied');
    await Promise.all(waiting);
    assert.deepEqual([desk.requests.length, list.state], [1, 'failed']);
    void list.loadUpTo(1, signal);
    assert.equal(desk.requests.length, 2, 'and who comes later asks again');
  });

  for (const load of ['upTo', 'all'] as const) {
    it(`keeps, when ${load} is called off, the page that somebody else waits for, and asks for no further one`, async () => {
      const desk = new Desk<number>();
      const list = listOf(desk);
      const controller = new AbortController();
      const { signal } = controller;
      void (load === 'all' ? list.loadAll(signal, () => {}) : list.loadUpTo(100, signal));
      await flushPromises();
      const joined = list.loadMore();
      controller.abort();
      assert.equal(desk.last.signal.aborted, false);
      await desk.last.respond([], 'empty');
      await desk.last.respond([1], 'more');
      await joined;
      assert.deepEqual([list.rows, list.state, desk.requests.length], [[1], 'idle', 2]);
    });
  }
});
