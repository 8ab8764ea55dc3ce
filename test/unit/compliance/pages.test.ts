import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FetchPage, iteratePages } from '../../../src/compliance/paging/pages.ts';
import { createPagedFetch } from '../../support/desk.ts';

const { signal } = new AbortController();

async function readRows<T>(fetch: FetchPage<T>): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of iteratePages(fetch, signal)) rows.push(...page);
  return rows;
}

describe('iteratePages', () => {
  it('yields all rows in order, whatever the page size', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat()), fc.integer({ min: 1, max: 10 }), async (rows, size) => {
        assert.deepEqual(await readRows(createPagedFetch(rows, size)), rows);
      }),
    ));

  it('continues after an empty page', async () => {
    const pages = [
      { items: [], next: '1' },
      { items: ['a'], next: undefined },
    ];
    assert.deepEqual(await readRows(async ({ cursor = '0' }) => pages[Number(cursor)] ?? assert.fail()), ['a']);
  });

  it('rejects when a page returns its own token', async () => {
    const fetchSamePage = async () => ({ items: ['a'], next: 'again' });
    await assert.rejects(readRows(fetchSamePage), { kind: 'staleCursor' });
  });
});
