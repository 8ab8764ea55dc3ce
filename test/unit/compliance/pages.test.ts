import assert from 'node:assert/strict';
import fc from 'fast-check';
import { iteratePages } from '../../../src/compliance/paging/iteratePages.ts';
import type { FetchPage } from '../../../src/compliance/paging/pages.ts';
import { createPagedFetch } from '../../support/desk.ts';

const { signal } = new AbortController();

async function readRows<T>(fetch: FetchPage<T>, isNew = (_row: T) => true): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of iteratePages(fetch, signal, isNew)) rows.push(...page);
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

  it('rejects when the tokens go round, after at most one page per token', () =>
    fc.assert(
      fc.asyncProperty(fc.nat({ max: 20 }), fc.integer({ min: 1, max: 20 }), async (start, period) => {
        let requests = 0;
        // 0, 1, …, start, …, start + period - 1, start, … with new rows on every page.
        const fetch: FetchPage<number> = async ({ cursor = '0' }) => {
          const next = Number(cursor) + 1;
          return { items: [requests++], next: String(next === start + period ? start : next) };
        };
        await assert.rejects(readRows(fetch), { kind: 'staleCursor' });
        assert(requests <= start + period + 1, `${requests} requests`);
      }),
    ));

  it('rejects when pages with new tokens only repeat rows', async () => {
    let requests = 0;
    const seen = new Set<number>();
    const isNew = (row: number) => seen.size < seen.add(row).size;
    const fetch: FetchPage<number> = async () => ({ items: [requests % 5], next: String(++requests) });
    await assert.rejects(readRows(fetch, isNew), { kind: 'staleCursor' });
    assert.equal(requests, 25);
  });

  it('rejects when pages with new tokens never have a row', async () => {
    let pages = 0;
    const fetch = async () => ({ items: [], next: String(++pages) });
    await assert.rejects(readRows(fetch), { kind: 'staleCursor' });
    assert.equal(pages, 10_000);
  });

  it('rejects at once when it is aborted, even if the request goes on', async () => {
    const controller = new AbortController();
    const read = async () => {
      const never = () => new Promise<never>(() => {});
      for await (const _ of iteratePages(never, controller.signal, () => true));
    };
    const result = assert.rejects(read(), { message: 'left' });
    controller.abort(new Error('left'));
    await result;
  });

  it('yields a row once that moves to a later page', async () => {
    const pages = [
      [1, 2],
      [2, 3],
      [1, 4],
    ];
    const seen = new Set<number>();
    const isNew = (row: number) => seen.size < seen.add(row).size;
    const fetch: FetchPage<number> = async ({ cursor = '0' }) => {
      const next = Number(cursor) + 1;
      return { items: pages[Number(cursor)] ?? [], next: next < pages.length ? String(next) : undefined };
    };
    assert.deepEqual(await readRows(fetch, isNew), [1, 2, 3, 4]);
  });

  it('rejects when a page returns its own token', async () => {
    const fetchSamePage = async () => ({ items: ['a'], next: 'again' });
    await assert.rejects(readRows(fetchSamePage), { kind: 'staleCursor' });
  });
});
