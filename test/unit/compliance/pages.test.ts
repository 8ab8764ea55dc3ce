import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FetchPage, iteratePages } from '../../../src/compliance/paging/pages.ts';
import { createPagedFetch as service } from '../../support/desk.ts';

const { signal } = new AbortController();

async function rowsOf<T>(fetch: FetchPage<T>): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of iteratePages(fetch, signal)) rows.push(...page);
  return rows;
}

describe('pages that are kept nowhere', () => {
  it('are all rows in the order of the service, whatever the size of a page', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat()), fc.integer({ min: 1, max: 10 }), async (rows, size) => {
        assert.deepEqual(await rowsOf(service(rows, size)), rows);
      }),
    ));

  it('go on after an empty one', async () => {
    const pages = [
      { items: [], next: '1' },
      { items: ['a'], next: undefined },
    ];
    assert.deepEqual(await rowsOf(async ({ cursor = '0' }) => pages[Number(cursor)] ?? assert.fail()), ['a']);
  });

  it('end where the service leads in a circle', async () => {
    const circle = async () => ({ items: ['a'], next: 'again' });
    await assert.rejects(rowsOf(circle), { kind: 'staleCursor' });
  });
});
