import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import type { FetchPage } from '../../../src/compliance/paging/pages.ts';
import { Desk } from '../../support/desk.ts';

const createList = (fetch: FetchPage<string>) =>
  new PagedList(
    fetch,
    (row) => row,
    () => {},
  );

/** Creates a list with the first page `a b` and the next cursor `2`. */
async function createStartedList() {
  const desk = new Desk<string>();
  const list = createList(desk.fetch);
  list.ensureLoaded();
  await desk.last.respond(['a', 'b'], '2');
  return { desk, list };
}

describe('PagedList with an expired page token', () => {
  it('restarts from the first page, without losing, repeating or reordering rows', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    await desk.last.fail('staleCursor');
    assert.deepEqual([list.rows, list.state], [['a', 'b'], 'loading']);
    await desk.last.respond(['new', 'a'], 'one');
    await desk.last.respond(['b', 'c'], 'two');
    assert.deepEqual(desk.cursors, [undefined, '2', undefined, 'one']);
    assert.deepEqual([list.rows, list.state], [['new', 'a', 'b', 'c'], 'idle']);
    void list.loadMore();
    assert.equal(desk.last.cursor, 'two');
  });

  it('drops rows that no longer exist', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    await desk.last.fail('staleCursor');
    await desk.last.respond(['b', 'c']);
    assert.deepEqual([list.rows, list.state], [['b', 'c'], 'done']);
  });

  it('fails when the token expires again; the rows remain, and a retry starts from the first page', async () => {
    const { desk, list } = await createStartedList();
    void list.loadMore();
    await desk.last.fail('staleCursor');
    await desk.last.respond(['a', 'b'], 'again');
    await desk.last.fail('staleCursor');
    assert.deepEqual(desk.cursors, [undefined, '2', undefined, 'again']);
    assert.deepEqual(
      [list.rows, list.state, list.errors.map(({ kind }) => kind)],
      [['a', 'b'], 'failed', ['staleCursor']],
    );
    void list.loadMore();
    await desk.last.fail('staleCursor');
    await desk.last.respond(['a', 'b'], 'fresh');
    await desk.last.respond(['c']);
    assert.deepEqual([list.rows, list.state], [['a', 'b', 'c'], 'done']);
  });

  it('continues loadAll', async () => {
    const { desk, list } = await createStartedList();
    const all = list.loadAll();
    await desk.last.respond(['c'], '3');
    await desk.last.fail('staleCursor');
    await desk.last.respond(['a', 'b'], 'B');
    await desk.last.respond(['c', 'd'], 'D');
    await desk.last.respond(['e']);
    await all;
    assert.deepEqual([list.rows, list.state], [['a', 'b', 'c', 'd', 'e'], 'done']);
  });

  it('keeps the old rows when the restart is aborted', async () => {
    const { desk, list } = await createStartedList();
    const controller = new AbortController();
    const all = list.loadAll(controller.signal, () => {});
    await desk.last.fail('staleCursor');
    controller.abort();
    await desk.last.respond(['x']);
    await all;
    assert.deepEqual([list.rows, list.state, list.errors], [['a', 'b'], 'idle', []]);
  });
});

describe('PagedList with an endless service', () => {
  it('fails when a page returns its own token', async () => {
    let requestCount = 0;
    const list = createList(async ({ cursor }) => {
      requestCount += 1;
      return { items: [`row after ${cursor}`], next: 'same' };
    });
    await list.loadMore();
    await list.loadMore();
    assert.deepEqual([list.state, list.errors.map(({ kind }) => kind)], ['failed', ['staleCursor']]);
    assert.deepEqual([requestCount, list.rows], [4, ['row after undefined']]);
    await list.loadAll();
    assert.equal(list.state, 'failed');
  });

  it('fails when the tokens go round, after reading the list once more', async () => {
    let requestCount = 0;
    const list = createList(async ({ cursor }) => {
      requestCount += 1;
      return { items: [`row ${requestCount}`], next: cursor === 'A' ? 'B' : 'A' };
    });
    await list.loadAll();
    assert.deepEqual([list.state, list.errors.map(({ kind }) => kind)], ['failed', ['staleCursor']]);
    assert.equal(requestCount, 6);
  });

  it('stops after ten empty pages, and loadMore continues', async () => {
    let requestCount = 0;
    const list = createList(async () => {
      requestCount += 1;
      return { items: [], next: `page ${requestCount}` };
    });
    await list.loadMore();
    assert.deepEqual([requestCount, list.state, list.errors], [10, 'idle', []]);
    await list.loadMore();
    assert.deepEqual([requestCount, list.state], [20, 'idle']);
  });

  it('stops after ten pages that repeat the same rows', async () => {
    let requestCount = 0;
    const list = createList(async () => {
      requestCount += 1;
      return { items: ['a'], next: `page ${requestCount}` };
    });
    await list.loadMore();
    await list.loadMore();
    assert.deepEqual([requestCount, list.rows, list.state], [11, ['a'], 'idle']);
  });

  it('fails when loadAll receives only known rows with new tokens, after reading the list once more', async () => {
    let requestCount = 0;
    const list = createList(async () => {
      requestCount += 1;
      return { items: ['a', 'b'], next: `page ${requestCount}` };
    });
    await list.loadAll();
    assert.deepEqual([list.state, list.errors.map(({ kind }) => kind)], ['failed', ['staleCursor']]);
    assert.deepEqual([requestCount, list.rows], [42, ['a', 'b']]);
  });

  it('stops when loadAll is aborted', async () => {
    let requestCount = 0;
    const controller = new AbortController();
    const list = createList(async () => {
      requestCount += 1;
      if (requestCount === 100) controller.abort();
      return { items: [], next: `page ${requestCount}` };
    });
    await list.loadAll(controller.signal, () => {});
    assert.deepEqual([requestCount, list.state, list.errors], [100, 'idle', []]);
  });
});

describe('PagedList with empty pages', () => {
  it('loads further pages until there is a row', async () => {
    const desk = new Desk<string>();
    const list = createList(desk.fetch);
    list.ensureLoaded();
    await desk.last.respond([], '1');
    await desk.last.respond([], '2');
    await desk.last.respond(['a'], '3');
    assert.deepEqual(desk.cursors, [undefined, '1', '2']);
    assert.deepEqual([list.rows, list.state], [['a'], 'idle']);
  });

  it('continues loadAll', async () => {
    const desk = new Desk<string>();
    const list = createList(desk.fetch);
    const all = list.loadAll();
    await Promise.resolve();
    await desk.last.respond(['a'], '1');
    await desk.last.respond([], '2');
    await desk.last.respond(['b'], '3');
    await desk.last.respond([]);
    await all;
    assert.deepEqual([list.rows, list.state], [['a', 'b'], 'done']);
  });

  it('is done when the last page is empty', async () => {
    const desk = new Desk<string>();
    const list = createList(desk.fetch);
    list.ensureLoaded();
    await desk.last.respond([]);
    assert.deepEqual([list.rows, list.state, list.readAt !== undefined], [[], 'done', true]);
  });
});
