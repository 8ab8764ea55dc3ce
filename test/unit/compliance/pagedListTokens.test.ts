import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import type { FetchPage } from '../../../src/compliance/paging/pages.ts';
import { Desk } from '../../support/desk.ts';

const listOver = (fetch: FetchPage<string>) =>
  new PagedList(
    fetch,
    (row) => row,
    () => {},
  );

async function begun() {
  const desk = new Desk<string>();
  const list = listOver(desk.fetch);
  list.ensureLoaded();
  await desk.last.respond(['a', 'b'], '2');
  return { desk, list };
}

describe('a token that has expired', () => {
  it('restarts from page one, once: nothing is lost, doubled or out of order', async () => {
    const { desk, list } = await begun();
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

  it('forgets what is no longer there', async () => {
    const { desk, list } = await begun();
    void list.loadMore();
    await desk.last.fail('staleCursor');
    await desk.last.respond(['b', 'c']);
    assert.deepEqual([list.rows, list.state], [['b', 'c'], 'done']);
  });

  it('for the second time is a failure; the rows stand, and Retry reads from the beginning', async () => {
    const { desk, list } = await begun();
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

  it('during a load of all is survived', async () => {
    const { desk, list } = await begun();
    const all = list.loadAll();
    await desk.last.respond(['c'], '3');
    await desk.last.fail('staleCursor');
    await desk.last.respond(['a', 'b'], 'B');
    await desk.last.respond(['c', 'd'], 'D');
    await desk.last.respond(['e']);
    await all;
    assert.deepEqual([list.rows, list.state], [['a', 'b', 'c', 'd', 'e'], 'done']);
  });

  it('keeps the old rows where the restart is cancelled', async () => {
    const { desk, list } = await begun();
    const cancel = new AbortController();
    const all = list.loadAll(cancel.signal, () => {});
    await desk.last.fail('staleCursor');
    cancel.abort();
    await desk.last.respond(['x']);
    await all;
    assert.deepEqual([list.rows, list.state, list.errors], [['a', 'b'], 'idle', []]);
  });
});

describe('a service that goes round in circles', () => {
  it('is not followed where it returns the token it was given', async () => {
    let asked = 0;
    const list = listOver(async ({ cursor }) => {
      asked += 1;
      return { items: [`row after ${cursor}`], next: 'same' };
    });
    await list.loadMore();
    await list.loadMore();
    assert.deepEqual([list.state, list.errors.map(({ kind }) => kind)], ['failed', ['staleCursor']]);
    assert.deepEqual([asked, list.rows], [4, ['row after undefined']]);
    await list.loadAll();
    assert.equal(list.state, 'failed');
  });

  it('is left after ten pages that bring nothing, where the person may ask on', async () => {
    let asked = 0;
    const list = listOver(async () => {
      asked += 1;
      return { items: [], next: `page ${asked}` };
    });
    await list.loadMore();
    assert.deepEqual([asked, list.state, list.errors], [10, 'idle', []]);
    await list.loadMore();
    assert.deepEqual([asked, list.state], [20, 'idle']);
  });

  it('is left, too, where it repeats its rows under ever new tokens', async () => {
    let asked = 0;
    const list = listOver(async () => {
      asked += 1;
      return { items: ['a'], next: `page ${asked}` };
    });
    await list.loadMore();
    await list.loadMore();
    assert.deepEqual([asked, list.rows, list.state], [11, ['a'], 'idle']);
  });

  it('can be called off by who loads all', async () => {
    let asked = 0;
    const cancel = new AbortController();
    const list = listOver(async () => {
      asked += 1;
      if (asked === 100) cancel.abort();
      return { items: [], next: `page ${asked}` };
    });
    await list.loadAll(cancel.signal, () => {});
    assert.deepEqual([asked, list.state, list.errors], [100, 'idle', []]);
  });
});

describe('empty pages', () => {
  it('are followed until a row comes', async () => {
    const desk = new Desk<string>();
    const list = listOver(desk.fetch);
    list.ensureLoaded();
    await desk.last.respond([], '1');
    await desk.last.respond([], '2');
    await desk.last.respond(['a'], '3');
    assert.deepEqual(desk.cursors, [undefined, '1', '2']);
    assert.deepEqual([list.rows, list.state], [['a'], 'idle']);
  });

  it('do not end a load of all', async () => {
    const desk = new Desk<string>();
    const list = listOver(desk.fetch);
    const all = list.loadAll();
    await Promise.resolve();
    await desk.last.respond(['a'], '1');
    await desk.last.respond([], '2');
    await desk.last.respond(['b'], '3');
    await desk.last.respond([]);
    await all;
    assert.deepEqual([list.rows, list.state], [['a', 'b'], 'done']);
  });

  it('at the end make a list that is done, not one that failed', async () => {
    const desk = new Desk<string>();
    const list = listOver(desk.fetch);
    list.ensureLoaded();
    await desk.last.respond([]);
    assert.deepEqual([list.rows, list.state, list.readAt !== undefined], [[], 'done', true]);
  });
});
