import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import { createPagedFetch, Desk, flushPromises } from '../../support/desk.ts';

function createList(desk: Desk<string>) {
  const list = new PagedList(
    desk.fetch,
    (row) => row,
    () => {},
  );
  return { list };
}

/** Creates a list with the first page `a b` and the next cursor `2`. */
async function createStartedList() {
  const desk = new Desk<string>();
  const { list } = createList(desk);
  list.ensureLoaded();
  await desk.last.respond(['a', 'b'], '2');
  return { desk, list };
}

describe('PagedList', () => {
  it('issues no request when created', async () => {
    const desk = new Desk<string>();
    const { list } = createList(desk);
    await flushPromises();
    assert.deepEqual(desk.requests, []);
    assert.deepEqual([list.state, list.rows, list.isComplete, list.readAt], ['idle', [], false, undefined]);
  });

  it('loads only its first page, however often ensureLoaded is called', async () => {
    const desk = new Desk<string>();
    const { list } = createList(desk);
    list.ensureLoaded();
    list.ensureLoaded();
    assert.equal(list.state, 'loading');
    await desk.last.respond(['a', 'b'], '2');
    list.ensureLoaded();
    assert.deepEqual(desk.cursors, [undefined]);
    assert.deepEqual([list.rows, list.state, list.isComplete], [['a', 'b'], 'idle', false]);
  });

  it('loads one page when loadMore is called twice at once', async () => {
    const { desk, list } = await createStartedList();
    const both = Promise.all([list.loadMore(), list.loadMore()]);
    await desk.last.respond(['c']);
    await both;
    assert.deepEqual(desk.cursors, [undefined, '2']);
    assert.deepEqual(list.rows, ['a', 'b', 'c']);
  });

  it('runs one load at a time, even during loadAll', async () => {
    const { desk, list } = await createStartedList();
    void list.loadAll();
    void list.loadMore();
    void list.loadAll();
    await flushPromises();
    assert.equal(desk.requests.length, 2);
    await desk.last.respond(['c'], '3');
    assert.deepEqual(desk.cursors, [undefined, '2', '3']);
    await desk.last.respond(['d']);
    assert.deepEqual([desk.requests.length, list.rows, list.state], [3, ['a', 'b', 'c', 'd'], 'done']);
  });

  it('issues no requests once it is done', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    await desk.last.respond(['c']);
    await list.loadMore();
    list.ensureLoaded();
    await list.loadAll();
    assert.deepEqual([desk.requests.length, list.isComplete], [2, true]);
  });

  it('calls onChange when a load starts and ends', async () => {
    const desk = new Desk<string>();
    const changes: [string, number][] = [];
    const list: PagedList<string> = new PagedList(
      desk.fetch,
      (row) => row,
      () => changes.push([list.state, list.rows.length]),
    );
    list.ensureLoaded();
    assert.deepEqual(changes, [['loading', 0]]);
    await desk.last.respond(['a', 'b'], '2');
    assert.deepEqual(changes.at(-1), ['idle', 2]);
    void list.loadMore();
    assert.deepEqual(changes.at(-1), ['loading', 2]);
    await desk.last.respond(['c']);
    assert.deepEqual(changes.at(-1), ['done', 3]);
  });

  it('publishes rows during a long load', async () => {
    const { desk, list } = await createStartedList();
    void list.loadAll();
    await flushPromises();
    const now = Date.now;
    Date.now = () => now() + 60_000;
    try {
      await desk.last.respond(['c', 'd', 'e'], '5');
    } finally {
      Date.now = now;
    }
    assert.deepEqual([list.rows, list.state], [['a', 'b', 'c', 'd', 'e'], 'loading']);
  });

  it('keeps a repeated row once, at its first position with its latest value', async () => {
    const rows = [
      { id: 'a', value: 1 },
      { id: 'b', value: 1 },
      { id: 'a', value: 2 },
    ];
    const list = new PagedList(
      createPagedFetch(rows, 2),
      ({ id }) => id,
      () => {},
    );
    await list.loadAll();
    assert.deepEqual(list.rows, [
      { id: 'a', value: 2 },
      { id: 'b', value: 1 },
    ]);
  });
});

describe('PagedList with a failed page', () => {
  it('keeps the loaded rows and retries the page', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    await desk.last.fail();
    assert.deepEqual(
      [list.rows, list.state, list.errors.map(({ kind }) => kind)],
      [['a', 'b'], 'failed', ['connectionFailed']],
    );
    void list.loadMore();
    assert.deepEqual([list.state, list.errors.length], ['loading', 1], 'the error remains until the retry ends');
    await desk.last.respond(['c']);
    assert.deepEqual(desk.cursors, [undefined, '2', '2']);
    assert.deepEqual([list.rows, list.state, list.errors], [['a', 'b', 'c'], 'done', []]);
  });

  it('is not retried by ensureLoaded', async () => {
    const desk = new Desk<string>();
    const { list } = createList(desk);
    list.ensureLoaded();
    await desk.last.fail();
    list.ensureLoaded();
    list.ensureLoaded();
    assert.deepEqual([desk.requests.length, list.state], [1, 'failed']);
  });

  it('never rejects, whatever was thrown', async () => {
    const list = new PagedList<string>(
      () => Promise.reject('not even an error'),
      (row) => row,
      () => {},
    );
    await list.loadMore();
    await list.refresh();
    await list.loadAll();
    assert.deepEqual(
      list.errors.map(({ kind, message }) => [kind, message]),
      [['unexpected', 'not even an error']],
    );
  });
});

describe('PagedList.loadAll', () => {
  it('reports progress after each page', async () => {
    const list = new PagedList(
      createPagedFetch(['a', 'b', 'c', 'd', 'e'], 2),
      (row) => row,
      () => {},
    );
    const progress: number[] = [];
    await list.loadAll(new AbortController().signal, (rowCount) => progress.push(rowCount));
    assert.deepEqual([progress, list.rows.length, list.state], [[2, 4, 5], 5, 'done']);
  });

  it('keeps the rows loaded before an abort and continues from there', async () => {
    const { desk, list } = await createStartedList();
    const controller = new AbortController();
    const all = list.loadAll(controller.signal, () => {});
    await desk.last.respond(['c'], '3');
    controller.abort();
    assert.equal(desk.last.signal.aborted, true);
    await desk.last.respond(['late'], '4');
    await all;
    assert.deepEqual([list.rows, list.state, list.errors], [['a', 'b', 'c'], 'idle', []]);
    void list.loadMore();
    assert.equal(desk.last.cursor, '3');
  });

  it('issues no request if it is aborted before it starts', async () => {
    const { desk, list } = await createStartedList();
    await list.loadAll(AbortSignal.abort(), () => {});
    assert.deepEqual([desk.requests.length, list.state], [1, 'idle']);
  });

  it('stops at a failed page', async () => {
    const { desk, list } = await createStartedList();
    const all = list.loadAll();
    await desk.last.respond(['c'], '3');
    await desk.last.fail('throttled');
    await all;
    assert.deepEqual([list.rows, list.state, desk.requests.length], [['a', 'b', 'c'], 'failed', 3]);
  });
});

describe('PagedList.loadAll beside other loads', () => {
  const rows = ['a', 'b', 'c', 'd', 'e'];

  /** Creates a list in pages of one row of which the first has been read. */
  async function createSlowList() {
    const fetch = createPagedFetch(rows, 1);
    const list = new PagedList(
      fetch,
      (row) => row,
      () => {},
    );
    await list.loadMore();
    return list;
  }

  it('reads all rows for each of several callers of a stale list', async () => {
    const list = await createSlowList();
    list.invalidate();
    const readRows = async () => {
      await list.loadAll();
      return list.rows;
    };
    assert.deepEqual(await Promise.all([readRows(), readRows(), readRows()]), [rows, rows, rows]);
  });
});

describe('PagedList.cancel', () => {
  it('aborts the load in progress and drops its page', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    list.cancel();
    assert.equal(desk.last.signal.aborted, true);
    await desk.last.respond(['c']);
    assert.deepEqual([list.rows, list.errors, desk.requests.length], [['a', 'b'], [], 2]);
  });
});
