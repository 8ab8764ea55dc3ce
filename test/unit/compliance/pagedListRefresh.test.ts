import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import { Desk, flushPromises } from '../../support/desk.ts';

/** A list whose first page `a b` has come and which goes on at `2`. */
async function begun() {
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

describe('a refresh', () => {
  it('shows the old rows until the new ones are there', async () => {
    const { desk, list } = await begun();
    void list.refresh();
    assert.deepEqual([list.rows, list.state], [['a', 'b'], 'loading']);
    await desk.last.respond(['b', 'c'], '2');
    assert.deepEqual([list.rows, list.state], [['b', 'c'], 'idle']);
  });

  it('reads as deep as the list was, and no deeper', async () => {
    const { desk, list } = await begun();
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

  it('reads no more than a thousand rows by itself', async () => {
    let asked = 0;
    const endless = new PagedList<string>(
      async ({ cursor = '0' }) => {
        asked += 1;
        const items = Array.from({ length: 100 }, (_, i) => `${Number(cursor) + i}`);
        return { items, next: Number(cursor) + 100 < 1500 ? `${Number(cursor) + 100}` : undefined };
      },
      (row) => row,
      () => {},
    );
    await endless.loadAll();
    assert.deepEqual([endless.rows.length, asked], [1500, 15]);
    await endless.refresh();
    assert.deepEqual([endless.rows.length, asked, endless.state], [1000, 25, 'idle']);
  });

  it('throws away the late page of the load that it ended', async () => {
    const { desk, list } = await begun();
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

  it('throws away a page that comes after its own has come', async () => {
    const { desk, list } = await begun();
    void list.loadMore();
    const late = desk.last;
    void list.refresh();
    await desk.last.respond(['x', 'y'], 'new');
    await late.respond(['late'], '3');
    assert.deepEqual([list.rows, list.state], [['x', 'y'], 'idle']);
    void list.loadMore();
    assert.equal(desk.last.cursor, 'new');
  });

  it('throws away the failure of the load that it ended', async () => {
    const { desk, list } = await begun();
    void list.loadMore();
    const late = desk.last;
    void list.refresh();
    await late.fail();
    assert.deepEqual([list.errors, list.state], [[], 'loading']);
    await desk.last.respond(['x']);
    assert.deepEqual([list.rows, list.errors, list.state], [['x'], [], 'done']);
  });

  it('ends a refresh that is under way: only the newest counts', async () => {
    const { desk, list } = await begun();
    void list.refresh();
    const first = desk.last;
    void list.refresh();
    assert.equal(first.signal.aborted, true);
    await desk.last.respond(['second', 'x'], 'n');
    await first.respond(['first'], '3');
    assert.deepEqual([list.rows, list.state, desk.requests.length], [['second', 'x'], 'idle', 3]);
  });

  it('is joined by who asks for more', async () => {
    const { desk, list } = await begun();
    void list.refresh();
    void list.loadMore();
    await desk.last.respond(['x', 'y'], 'n');
    assert.deepEqual([desk.requests.length, list.rows], [2, ['x', 'y']]);
  });

  it('ends a load of all', async () => {
    const { desk, list } = await begun();
    const all = list.loadAll();
    await flushPromises();
    void list.refresh();
    await desk.last.respond(['x', 'y'], 'n');
    await desk.requests[1]?.respond(['late'], '3');
    await all;
    assert.deepEqual([desk.requests.length, list.rows, list.state], [3, ['x', 'y'], 'idle']);
  });

  it('that fails keeps the old rows, and Retry refreshes', async () => {
    const { desk, list } = await begun();
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

  it('that fails half-way keeps the old rows whole', async () => {
    const { desk, list } = await begun();
    void list.loadMore();
    await desk.last.respond(['c']);
    void list.refresh();
    await desk.last.respond(['x'], 'n');
    await desk.last.fail();
    assert.deepEqual([list.rows, list.isComplete, list.state], [['a', 'b', 'c'], true, 'failed']);
  });

  it('that fails is said, also to who loads all', async () => {
    const { desk, list } = await begun();
    list.invalidate();
    void list.loadAll();
    await desk.last.fail('throttled');
    assert.deepEqual(
      [desk.cursors, list.state, list.errors.map(({ kind }) => kind)],
      [[undefined, undefined], 'failed', ['throttled']],
    );
  });
});

describe('a list called stale', () => {
  it('reads anew when it is next looked at, not before', async () => {
    const { desk, list } = await begun();
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

  it('reads anew when it is asked for more: pages of two readings never mix', async () => {
    const { desk, list } = await begun();
    list.invalidate();
    void list.loadMore();
    assert.deepEqual(desk.cursors, [undefined, undefined]);
    await desk.last.respond(['x', 'y'], 'n');
    assert.deepEqual(list.rows, ['x', 'y']);
  });

  it('during a load ends that load when it is looked at', async () => {
    const { desk, list } = await begun();
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

  it('after a failure is asked again', async () => {
    const { desk, list } = await begun();
    void list.loadMore();
    await desk.last.fail();
    list.invalidate();
    list.ensureLoaded();
    assert.deepEqual([desk.cursors, list.state], [[undefined, '2', undefined], 'loading']);
  });
});
