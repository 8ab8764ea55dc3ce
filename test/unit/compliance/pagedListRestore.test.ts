import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import { Desk } from '../../support/desk.ts';

const toRows = (text: string) => [...text];

function createRestoredList(rows: string, complete = true) {
  const desk = new Desk<string>();
  const list = new PagedList(
    desk.fetch,
    (row) => row,
    () => {},
  );
  list.restore([{ rows: toRows(rows), complete, readAt: 7 }]);
  return { desk, list };
}

describe('PagedList.restore', () => {
  it('shows the restored rows with their age, and ensureLoaded still reads the list', async () => {
    const { desk, list } = createRestoredList('abc');
    assert.deepEqual([list.rows.join(''), list.readAt, list.isRestored, list.isComplete], ['abc', 7, true, true]);
    assert.notEqual(list.state, 'done');
    list.ensureLoaded();
    list.ensureLoaded();
    assert.equal(desk.requests.length, 1);
    await desk.last.respond(toRows('xyz'));
    assert.deepEqual([list.rows.join(''), list.isRestored, list.state], ['xyz', false, 'done']);
    assert.notEqual(list.readAt, 7);
  });

  it('shows the restored rows until as many have been read', async () => {
    const { desk, list } = createRestoredList('abc', false);
    list.ensureLoaded();
    await desk.last.respond(toRows('ab'), '2');
    assert.deepEqual([list.rows.join(''), list.isRestored], ['abc', true]);
    await desk.last.respond(toRows('cd'), '4');
    assert.deepEqual([list.rows.join(''), list.isRestored, list.state], ['abcd', false, 'idle']);
  });

  it('keeps the restored rows beside an error', async () => {
    const { desk, list } = createRestoredList('abc');
    list.ensureLoaded();
    await desk.last.fail();
    assert.deepEqual([list.rows.join(''), list.isRestored, list.state], ['abc', true, 'failed']);
    void list.retry();
    await desk.last.respond(toRows('d'));
    assert.deepEqual([list.rows.join(''), list.isRestored, list.errors.length], ['d', false, 0]);
  });

  it('leaves the snapshot unchanged, and a list without a page has none', () => {
    const { list } = createRestoredList('abc', false);
    assert.deepEqual(list.snapshot(), [{ rows: toRows('abc'), complete: false, readAt: 7 }]);
    assert.deepEqual(new PagedList(new Desk<string>().fetch, String, () => {}).snapshot(), [null]);
  });

  it('has no effect once a page has been read', async () => {
    const { desk, list } = createRestoredList('abc');
    list.ensureLoaded();
    await desk.last.respond(toRows('d'));
    list.restore([{ rows: toRows('zzz'), complete: true, readAt: 8 }]);
    assert.deepEqual([list.rows.join(''), list.isRestored], ['d', false]);
  });

  it('replaces the restored rows on loadAll', async () => {
    const { desk, list } = createRestoredList('abc');
    const all = list.loadAll();
    await desk.last.respond(toRows('a'), '1');
    await desk.last.respond(toRows('b'));
    await all;
    assert.deepEqual([list.rows.join(''), list.isRestored, list.state], ['ab', false, 'done']);
  });
});
