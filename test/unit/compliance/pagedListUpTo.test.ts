import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import { createPagedFetch, Desk, flushPromises } from '../../support/desk.ts';

const createList = (desk: Desk<number>) => new PagedList(desk.fetch, String, () => {});

describe('PagedList.loadUpTo', () => {
  it('loads as many pages as needed, and none if there are enough rows', async () => {
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

  it('stops after ten empty pages, incomplete', async () => {
    let requestCount = 0;
    const list = new PagedList<number>(
      async () => ({ items: [], next: String(++requestCount) }),
      String,
      () => {},
    );
    await list.loadUpTo(5, new AbortController().signal);
    assert.deepEqual([list.rows, list.isComplete, list.state, requestCount], [[], false, 'idle', 10]);
  });

  it('aborts its request if no other caller has joined', async () => {
    const desk = new Desk<number>();
    const list = createList(desk);
    const controller = new AbortController();
    void list.loadUpTo(100, controller.signal);
    await flushPromises();
    controller.abort();
    assert.equal(desk.last.signal.aborted, true);
    await desk.last.fail('cancelled');
    assert.deepEqual([list.state, list.errors], ['idle', []]);
  });

  it('replaces all restored rows', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const list = new PagedList(createPagedFetch(numbers, 10), String, () => {});
    list.restore([{ rows: numbers.slice(0, 30), complete: false, readAt: 1 }]);
    await list.loadUpTo(5, new AbortController().signal);
    assert.deepEqual([list.rows.length, list.isRestored], [30, false]);
  });

  it('issues one request for several callers when it fails', async () => {
    const desk = new Desk<number>();
    const list = createList(desk);
    const { signal } = new AbortController();
    const loads = [1, 2, 3].map((rowCount) => list.loadUpTo(rowCount, signal));
    await flushPromises();
    await desk.last.fail('denied');
    await Promise.all(loads);
    assert.deepEqual([desk.requests.length, list.state], [1, 'failed']);
    void list.loadUpTo(1, signal);
    assert.equal(desk.requests.length, 2, 'a later caller repeats it');
  });

  for (const method of ['loadUpTo', 'loadAll'] as const) {
    it(`keeps the page that another caller has joined when ${method} is aborted, and loads no further one`, async () => {
      const desk = new Desk<number>();
      const list = createList(desk);
      const controller = new AbortController();
      const { signal } = controller;
      void (method === 'loadAll' ? list.loadAll(signal, () => {}) : list.loadUpTo(100, signal));
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
