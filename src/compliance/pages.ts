import { type Fetch, fetchPage } from './pagedList.ts';
import type { Cursor } from './source.ts';

/** The rows of every page, page by page; none is kept. Asks for a page when the one before has been taken. */
export async function* pagesOf<T>(fetch: Fetch<T>, signal: AbortSignal): AsyncGenerator<readonly T[]> {
  let cursor: Cursor | undefined;
  do {
    const { items, next } = await fetchPage(fetch, { cursor, signal });
    yield items;
    cursor = next;
  } while (cursor !== undefined);
}
