import assert from 'node:assert/strict';
import { ChangeQueue } from '../../../src/views/tree/changeQueue.ts';
import type { TreeNode } from '../../../src/views/tree/model/nodes.ts';
import { until } from '../../support/polling.ts';

describe('ChangeQueue', () => {
  const node = (id: string): TreeNode => ({ kind: 'loading', id });
  const [a, b] = [node('a'), node('b')];
  let notified: (TreeNode[] | undefined)[];
  let isVisible: boolean;
  let queue: ChangeQueue;

  beforeEach(() => {
    notified = [];
    isVisible = true;
    queue = new ChangeQueue(
      () => isVisible,
      (changed) => notified.push(changed),
    );
  });

  afterEach(() => queue.dispose());

  it('batches changes and removes duplicates', async () => {
    for (const each of [a, b, a]) queue.add(each);
    assert.deepEqual(notified, []);
    await until('a notification', () => notified.length > 0);
    assert.deepEqual(notified, [[a, b]]);
  });

  it('reports the whole tree if one of the changes is of the whole tree', async () => {
    for (const each of [a, undefined, b]) queue.add(each);
    await until('a notification', () => notified.length > 0);
    assert.deepEqual(notified, [undefined]);
  });

  it('holds changes back until the view is visible', async () => {
    isVisible = false;
    queue.add(a);
    // Timers of equal length fire in order: the queue's own timer has fired by then.
    await new Promise((resolve) => setTimeout(resolve, 16));
    assert.deepEqual(notified, []);
    isVisible = true;
    queue.scheduleFlush();
    await until('the notification', () => notified.length > 0);
    assert.deepEqual(notified, [[a]]);
  });

  it('holds changes back while suspended', async () => {
    queue.add(a);
    await queue.suspendDuring(async () => {
      assert.deepEqual(notified, [undefined], 'the suspension starts with a redraw of the whole tree');
      queue.add(b);
      await new Promise((resolve) => setTimeout(resolve, 16));
      assert.deepEqual(notified, [undefined]);
    });
    await until('the notification', () => notified.length > 1);
    assert.deepEqual(notified, [undefined, [b]]);
  });

  it('reports changes after a suspension that failed', async () => {
    await assert.rejects(() =>
      queue.suspendDuring(async () => {
        queue.add(b);
        throw new Error('failed');
      }),
    );
    await until('the notification', () => notified.length > 1);
    assert.deepEqual(notified, [undefined, [b]]);
  });
});
