import assert from 'node:assert/strict';
import { ChangeQueue } from '../../../src/views/tree/changeQueue.ts';
import type { TreeNode } from '../../../src/views/tree/model/nodes.ts';
import { until } from '../../support/polling.ts';

describe('changes of the tree', () => {
  const node = (id: string): TreeNode => ({ kind: 'loading', id });
  const [a, b] = [node('a'), node('b')];
  let told: (TreeNode[] | undefined)[];
  let seen: boolean;
  let changes: ChangeQueue;

  beforeEach(() => {
    told = [];
    seen = true;
    changes = new ChangeQueue(
      () => seen,
      (changed) => told.push(changed),
    );
  });

  afterEach(() => changes.dispose());

  it('are told once for a burst, of each node once', async () => {
    for (const each of [a, b, a]) changes.add(each);
    assert.deepEqual(told, []);
    await until('a change', () => told.length > 0);
    assert.deepEqual(told, [[a, b]]);
  });

  it('are of the whole tree where one of them is', async () => {
    for (const each of [a, undefined, b]) changes.add(each);
    await until('a change', () => told.length > 0);
    assert.deepEqual(told, [undefined]);
  });

  it('wait until somebody looks', async () => {
    seen = false;
    changes.add(a);
    // Timers of the same length fire in their order: by then the change could have been told.
    await new Promise((resolve) => setTimeout(resolve, 16));
    assert.deepEqual(told, []);
    seen = true;
    changes.flush();
    await until('the change', () => told.length > 0);
    assert.deepEqual(told, [[a]]);
  });

  it('are not told while VS Code walks to a node, and then at once', async () => {
    changes.add(a);
    await changes.suspendDuring(async () => {
      assert.deepEqual(told, [undefined], 'which is begun anew');
      changes.add(b);
      await new Promise((resolve) => setTimeout(resolve, 16));
      assert.deepEqual(told, [undefined]);
    });
    await until('the change', () => told.length > 1);
    assert.deepEqual(told, [undefined, [b]]);
  });

  it('are told after a walk that failed', async () => {
    await assert.rejects(() =>
      changes.suspendDuring(async () => {
        changes.add(b);
        throw new Error('no way');
      }),
    );
    await until('the change', () => told.length > 1);
    assert.deepEqual(told, [undefined, [b]]);
  });
});
