import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import { Desk, flushPromises } from '../../support/desk.ts';

/** Creates a list with the first page `a b` and the next cursor `2`. */
async function createStartedList() {
  const desk = new Desk<string>();
  const list = new PagedList(
    desk.fetch,
    (row) => row,
    () => {},
  );
  list.ensureLoaded();
  await desk.last.respond(['a', 'b'], '2');
  return { desk, list };
}

describe('PagedList.refresh', () => {
  it('shows the old rows until the new ones replace them', async () => {
    const { desk, list } = await createStartedList();
    void list.refresh();
    assert.deepEqual([list.rows, list.state], [['a', 'b'], 'loading']);
    await desk.last.respond(['b', 'c'], '2');
    assert.deepEqual([list.rows, list.state], [['b', 'c'], 'idle']);
  });

  it('reads as many pages as were loaded, and no more', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    await desk.last.respond(['c', 'd'], '4');
    void list.refresh();
    await desk.last.respond(['a', 'b'], 'two');
    assert.deepEqual(list.rows, ['a', 'b', 'c', 'd']);
    await desk.last.respond(['c', 'd'], 'four');
    assert.deepEqual(desk.cursors, [undefined, '2', undefined, 'two']);
    assert.deepEqual([list.rows, list.state], [['a', 'b', 'c', 'd'], 'idle']);
    void list.loadMore();
    assert.equal(desk.last.cursor, 'four');
  });

  it('reads at most a thousand rows', async () => {
    let requestCount = 0;
    const list = new PagedList<string>(
      async ({ cursor = '0' }) => {
        requestCount += 1;
        const items = Array.from({ length: 100 }, (_, i) => `${Number(cursor) + i}`);
        return { items, next: Number(cursor) + 100 < 1500 ? `${Number(cursor) + 100}` : undefined };
      },
      (row) => row,
      () => {},
    );
    await list.loadAll();
    assert.deepEqual([list.rows.length, requestCount], [1500, 15]);
    await list.refresh();
    assert.deepEqual([list.rows.length, requestCount, list.state], [1000, 25, 'idle']);
  });

  it('ignores a page of the old load that arrives during the refresh', async () => {
    const { desk, list } = await createStartedList();
    const more = list.loadMore();
    const late = desk.last;
    void list.refresh();
    assert.equal(late.signal.aborted, true);
    await late.respond(['late'], '3');
    await more;
    assert.deepEqual([list.rows, list.state], [['a', 'b'], 'loading']);
    await desk.last.respond(['x', 'y'], 'new');
    assert.deepEqual([list.rows, list.state], [['x', 'y'], 'idle']);
  });

  it('ignores a page of the old load that arrives after the refresh', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    const late = desk.last;
    void list.refresh();
    await desk.last.respond(['x', 'y'], 'new');
    await late.respond(['late'], '3');
    assert.deepEqual([list.rows, list.state], [['x', 'y'], 'idle']);
    void list.loadMore();
    assert.equal(desk.last.cursor, 'new');
  });

  it('ignores the failure of the aborted load', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    const late = desk.last;
    void list.refresh();
    await late.fail();
    assert.deepEqual([list.errors, list.state], [[], 'loading']);
    await desk.last.respond(['x']);
    assert.deepEqual([list.rows, list.errors, list.state], [['x'], [], 'done']);
  });

  it('aborts an earlier refresh', async () => {
    const { desk, list } = await createStartedList();
    void list.refresh();
    const first = desk.last;
    void list.refresh();
    assert.equal(first.signal.aborted, true);
    await desk.last.respond(['second', 'x'], 'n');
    await first.respond(['first'], '3');
    assert.deepEqual([list.rows, list.state, desk.requests.length], [['second', 'x'], 'idle', 3]);
  });

  it('is joined by loadMore', async () => {
    const { desk, list } = await createStartedList();
    void list.refresh();
    void list.loadMore();
    await desk.last.respond(['x', 'y'], 'n');
    assert.deepEqual([desk.requests.length, list.rows], [2, ['x', 'y']]);
  });

  it('replaces the load of loadAll, which goes on from the new rows', async () => {
    const { desk, list } = await createStartedList();
    const all = list.loadAll();
    await flushPromises();
    void list.refresh();
    await desk.last.respond(['x', 'y'], 'n');
    await desk.requests[1]?.respond(['late'], '3');
    await flushPromises();
    assert.deepEqual([desk.requests.length, list.rows, list.state], [4, ['x', 'y'], 'loading']);
    await desk.last.respond(['z']);
    await all;
    assert.deepEqual([desk.cursors.slice(2), list.rows, list.state], [[undefined, 'n'], ['x', 'y', 'z'], 'done']);
  });

  it('keeps the old rows when it fails, and loadMore repeats it', async () => {
    const { desk, list } = await createStartedList();
    void list.refresh();
    await desk.last.fail();
    assert.deepEqual([list.rows, list.state], [['a', 'b'], 'failed']);
    list.ensureLoaded();
    assert.equal(desk.requests.length, 2);
    void list.loadMore();
    assert.deepEqual(desk.cursors, [undefined, undefined, undefined]);
    await desk.last.respond(['x']);
    assert.deepEqual([list.rows, list.state, list.errors], [['x'], 'done', []]);
  });

  it('keeps all old rows when a later page fails', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    await desk.last.respond(['c']);
    void list.refresh();
    await desk.last.respond(['x'], 'n');
    await desk.last.fail();
    assert.deepEqual([list.rows, list.isComplete, list.state], [['a', 'b', 'c'], true, 'failed']);
  });

  it('reports its error when loadAll triggers it', async () => {
    const { desk, list } = await createStartedList();
    list.invalidate();
    void list.loadAll();
    await desk.last.fail('throttled');
    assert.deepEqual(
      [desk.cursors, list.state, list.errors.map(({ kind }) => kind)],
      [[undefined, undefined], 'failed', ['throttled']],
    );
  });
});

describe('PagedList.invalidate', () => {
  it('refreshes the list on the next ensureLoaded, not before', async () => {
    const { desk, list } = await createStartedList();
    list.invalidate();
    await flushPromises();
    assert.deepEqual([desk.requests.length, list.rows], [1, ['a', 'b']]);
    list.ensureLoaded();
    list.ensureLoaded();
    assert.deepEqual(
      [desk.cursors, list.rows],
      [
        [undefined, undefined],
        ['a', 'b'],
      ],
    );
    await desk.last.respond(['x']);
    list.ensureLoaded();
    assert.deepEqual([desk.requests.length, list.rows], [2, ['x']]);
  });

  it('refreshes the list on loadMore, so that pages of two readings never mix', async () => {
    const { desk, list } = await createStartedList();
    list.invalidate();
    void list.loadMore();
    assert.deepEqual(desk.cursors, [undefined, undefined]);
    await desk.last.respond(['x', 'y'], 'n');
    assert.deepEqual(list.rows, ['x', 'y']);
  });

  it('aborts a load in progress on the next ensureLoaded', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    list.invalidate();
    list.ensureLoaded();
    assert.deepEqual(
      desk.requests.map(({ cursor, signal }) => [cursor, signal.aborted]),
      [
        [undefined, false],
        ['2', true],
        [undefined, false],
      ],
    );
  });

  it('lets ensureLoaded repeat a failed load', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    await desk.last.fail();
    list.invalidate();
    list.ensureLoaded();
    assert.deepEqual([desk.cursors, list.state], [[undefined, '2', undefined], 'loading']);
  });
});
