import assert from 'node:assert/strict';
import { PagedList } from '../../../src/compliance/paging/pagedList.ts';
import { RowResults } from '../../../src/views/shared/rowResults.ts';
import { until } from '../../support/polling.ts';

/** A list of numbers that loads one page of each length. */
function createList(...lengths: readonly number[]): PagedList<number> {
  let loaded = 0;
  const fetch = async () => {
    const [length = 0] = lengths.slice(loaded);
    loaded += 1;
    const items = Array.from({ length }, (_, index) => loaded * 1_000_000 + index);
    return { items, next: loaded < lengths.length ? String(loaded) : undefined };
  };
  return new PagedList(fetch, String, () => {});
}

/** Counts rows, and how often it ran. */
function createCounter() {
  let runs = 0;
  return {
    getRuns: () => runs,
    *count(rows: readonly number[]) {
      runs += 1;
      for (const [index] of rows.entries()) if (index % 1000 === 0) yield;
      return rows.length;
    },
  };
}

describe('RowResults', () => {
  it('computes few rows at once, and once per version of the list', async () => {
    const list = createList(10, 10);
    await list.loadMore();
    const { count, getRuns } = createCounter();
    const results = new RowResults<number>(() => assert.fail('nothing is computed later'));
    assert.deepEqual([results.get(list, 'a', count), results.get(list, 'a', count)], [10, 10]);
    await list.loadMore();
    assert.equal(results.get(list, 'a', count), 20);
    assert.equal(getRuns(), 2);
    assert.equal(results.get(list, 'b', count), 20);
    assert.equal(getRuns(), 3);
  });

  it('computes many rows in slices, and shows the earlier result meanwhile', async () => {
    const list = createList(50_000, 50_000);
    const { count, getRuns } = createCounter();
    let readyCount = 0;
    const results = new RowResults<number>((changed) => {
      assert.equal(changed, list);
      readyCount += 1;
    });
    await list.loadMore();
    assert.equal(results.get(list, 'a', count), undefined);
    assert.equal(results.get(list, 'a', count), undefined);
    await until('the result', () => readyCount === 1);
    assert.equal(results.get(list, 'a', count), 50_000);
    await list.loadMore();
    assert.equal(results.get(list, 'a', count), 50_000);
    await until('the next result', () => readyCount === 2);
    assert.deepEqual([results.get(list, 'a', count), getRuns()], [100_000, 2]);
  });

  it('completes a result while the list grows', async () => {
    const list = createList(50_000, 1);
    const { count } = createCounter();
    let isReady = false;
    const results = new RowResults<number>(() => {
      isReady = true;
    });
    await list.loadMore();
    results.get(list, 'a', count);
    await list.loadMore();
    await until('the result', () => isReady);
    assert.equal(results.get(list, 'a', count), 50_000);
  });
});
