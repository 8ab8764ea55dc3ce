import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import { createPagedFetch, Desk, flushPromises } from '../../support/desk.ts';

function listOver(desk: Desk<string>) {
  const list = new PagedList(
    desk.fetch,
    (row) => row,
    () => {},
  );
  return { list };
}

/** A list whose first page `a b` has come and which goes on at `2`. */
async function begun() {
  const desk = new Desk<string>();
  const { list } = listOver(desk);
  list.ensureLoaded();
  await desk.last.respond(['a', 'b'], '2');
  return { desk, list };
}

describe('a paged list', () => {
  it('asks for nothing by itself', async () => {
    const desk = new Desk<string>();
    const { list } = listOver(desk);
    await flushPromises();
    assert.deepEqual(desk.requests, []);
    assert.deepEqual([list.state, list.rows, list.isComplete, list.readAt], ['idle', [], false, undefined]);
  });

  it('loads its first page only, however often it is ensured', async () => {
    const desk = new Desk<string>();
    const { list } = listOver(desk);
    list.ensureLoaded();
    list.ensureLoaded();
    assert.equal(list.state, 'loading');
    await desk.last.respond(['a', 'b'], '2');
    list.ensureLoaded();
    assert.deepEqual(desk.cursors, [undefined]);
    assert.deepEqual([list.rows, list.state, list.isComplete], [['a', 'b'], 'idle', false]);
  });

  it('loads once when it is asked for more twice at once', async () => {
    const { desk, list } = await begun();
    const both = Promise.all([list.loadMore(), list.loadMore()]);
    await desk.last.respond(['c']);
    await both;
    assert.deepEqual(desk.cursors, [undefined, '2']);
    assert.deepEqual(list.rows, ['a', 'b', 'c']);
  });

  it('has one load in flight even while it loads all', async () => {
    const { desk, list } = await begun();
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

  it('asks for nothing more once it is done', async () => {
    const { desk, list } = await begun();
    void list.loadMore();
    await desk.last.respond(['c']);
    await list.loadMore();
    list.ensureLoaded();
    await list.loadAll();
    assert.deepEqual([desk.requests.length, list.isComplete], [2, true]);
  });

  it('tells when a load starts and when it has ended', async () => {
    const desk = new Desk<string>();
    const told: [string, number][] = [];
    const list: PagedList<string> = new PagedList(
      desk.fetch,
      (row) => row,
      () => told.push([list.state, list.rows.length]),
    );
    list.ensureLoaded();
    assert.deepEqual(told, [['loading', 0]]);
    await desk.last.respond(['a', 'b'], '2');
    assert.deepEqual(told.at(-1), ['idle', 2]);
    void list.loadMore();
    assert.deepEqual(told.at(-1), ['loading', 2]);
    await desk.last.respond(['c']);
    assert.deepEqual(told.at(-1), ['done', 3]);
  });

  it('shows what has come while a long load goes on', async () => {
    const { desk, list } = await begun();
    void list.loadAll();
    await flushPromises();
    const clock = Date.now;
    Date.now = () => clock() + 60_000;
    try {
      await desk.last.respond(['c', 'd', 'e'], '5');
    } finally {
      Date.now = clock;
    }
    assert.deepEqual([list.rows, list.state], [['a', 'b', 'c', 'd', 'e'], 'loading']);
  });

  it('keeps a row that comes again once, in its first place and with its newest value', async () => {
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

describe('a page that fails', () => {
  it('leaves what came before, and can be loaded again', async () => {
    const { desk, list } = await begun();
    void list.loadMore();
    await desk.last.fail();
    assert.deepEqual([list.rows, list.state, list.errors.map(({ kind }) => kind)], [['a', 'b'], 'failed', ['network']]);
    void list.loadMore();
    assert.deepEqual([list.state, list.errors.length], ['loading', 1], 'the reason stands until the answer comes');
    await desk.last.respond(['c']);
    assert.deepEqual(desk.cursors, [undefined, '2', '2']);
    assert.deepEqual([list.rows, list.state, list.errors], [['a', 'b', 'c'], 'done', []]);
  });

  it('is not asked for again by ensure', async () => {
    const desk = new Desk<string>();
    const { list } = listOver(desk);
    list.ensureLoaded();
    await desk.last.fail();
    list.ensureLoaded();
    list.ensureLoaded();
    assert.deepEqual([desk.requests.length, list.state], [1, 'failed']);
  });

  it('does not reject whoever waits for it, whatever was thrown', async () => {
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
      [['unknown', 'not even an error']],
    );
  });
});

describe('loading all', () => {
  it('tells how far it is, page by page', async () => {
    const list = new PagedList(
      createPagedFetch(['a', 'b', 'c', 'd', 'e'], 2),
      (row) => row,
      () => {},
    );
    const told: number[] = [];
    await list.loadAll(new AbortController().signal, (loaded) => told.push(loaded));
    assert.deepEqual([told, list.rows.length, list.state], [[2, 4, 5], 5, 'done']);
  });

  it('keeps what came until it is cancelled, and goes on from there', async () => {
    const { desk, list } = await begun();
    const cancel = new AbortController();
    const all = list.loadAll(cancel.signal, () => {});
    await desk.last.respond(['c'], '3');
    cancel.abort();
    assert.equal(desk.last.signal.aborted, true);
    await desk.last.respond(['late'], '4');
    await all;
    assert.deepEqual([list.rows, list.state, list.errors], [['a', 'b', 'c'], 'idle', []]);
    void list.loadMore();
    assert.equal(desk.last.cursor, '3');
  });

  it('asks for nothing where it was cancelled before it began', async () => {
    const { desk, list } = await begun();
    await list.loadAll(AbortSignal.abort(), () => {});
    assert.deepEqual([desk.requests.length, list.state], [1, 'idle']);
  });

  it('stops at a page that fails', async () => {
    const { desk, list } = await begun();
    const all = list.loadAll();
    await desk.last.respond(['c'], '3');
    await desk.last.fail('throttled');
    await all;
    assert.deepEqual([list.rows, list.state, desk.requests.length], [['a', 'b', 'c'], 'failed', 3]);
  });
});

describe('calling off a list', () => {
  it('calls off what is under way and shows nothing of it', async () => {
    const { desk, list } = await begun();
    void list.loadMore();
    list.cancel();
    assert.equal(desk.last.signal.aborted, true);
    await desk.last.respond(['c']);
    assert.deepEqual([list.rows, list.errors, desk.requests.length], [['a', 'b'], [], 2]);
  });
});
