import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import { Desk } from '../../support/desk.ts';

const letters = (text: string) => [...text];

function recalled(rows: string, complete = true) {
  const desk = new Desk<string>();
  const list = new PagedList(
    desk.fetch,
    (row) => row,
    () => {},
  );
  list.restore([{ rows: letters(rows), complete, readAt: 7 }]);
  return { desk, list };
}

describe('a list that recalls an earlier session', () => {
  it('shows its rows with their age and still asks when it is looked at', async () => {
    const { desk, list } = recalled('abc');
    assert.deepEqual([list.rows.join(''), list.readAt, list.isRestored, list.isComplete], ['abc', 7, true, true]);
    assert.notEqual(list.state, 'done');
    list.ensureLoaded();
    list.ensureLoaded();
    assert.equal(desk.requests.length, 1);
    await desk.last.respond(letters('xyz'));
    assert.deepEqual([list.rows.join(''), list.isRestored, list.state], ['xyz', false, 'done']);
    assert.notEqual(list.readAt, 7);
  });

  it('reads as deep as it was before it lets go', async () => {
    const { desk, list } = recalled('abc', false);
    list.ensureLoaded();
    await desk.last.respond(letters('ab'), '2');
    assert.deepEqual([list.rows.join(''), list.isRestored], ['abc', true]);
    await desk.last.respond(letters('cd'), '4');
    assert.deepEqual([list.rows.join(''), list.isRestored, list.state], ['abcd', false, 'idle']);
  });

  it('keeps the rows beside the error where the service does not answer', async () => {
    const { desk, list } = recalled('abc');
    list.ensureLoaded();
    await desk.last.fail();
    assert.deepEqual([list.rows.join(''), list.isRestored, list.state], ['abc', true, 'failed']);
    void list.retry();
    await desk.last.respond(letters('d'));
    assert.deepEqual([list.rows.join(''), list.isRestored, list.errors.length], ['d', false, 0]);
  });

  it('keeps what it shows, and null before anything', () => {
    const { list } = recalled('abc', false);
    assert.deepEqual(list.snapshot(), [{ rows: letters('abc'), complete: false, readAt: 7 }]);
    assert.deepEqual(new PagedList(new Desk<string>().fetch, String, () => {}).snapshot(), [null]);
  });

  it('recalls nothing once something has been read', async () => {
    const { desk, list } = recalled('abc');
    list.ensureLoaded();
    await desk.last.respond(letters('d'));
    list.restore([{ rows: letters('zzz'), complete: true, readAt: 8 }]);
    assert.deepEqual([list.rows.join(''), list.isRestored], ['d', false]);
  });

  it('loads to its end whatever was recalled', async () => {
    const { desk, list } = recalled('abc');
    const all = list.loadAll();
    await desk.last.respond(letters('a'), '1');
    await desk.last.respond(letters('b'));
    await all;
    assert.deepEqual([list.rows.join(''), list.isRestored, list.state], ['ab', false, 'done']);
  });
});
