import { ComplianceError } from '../errors.ts';
import type { Cursor, Page, PageRequest } from '../source.ts';

/** Requests one page. Rejects with a `ComplianceError`. */
export type FetchPage<T> = (request: PageRequest) => Promise<Page<T>>;

/** Requests one page. Rejects with `staleCursor` if the page points to itself as the next one. */
export async function fetchPage<T>(fetch: FetchPage<T>, request: PageRequest): Promise<Page<T>> {
  const page = await fetch(request);
  request.signal.throwIfAborted();
  if (request.cursor !== undefined && page.next === request.cursor) {
    throw new ComplianceError('staleCursor', 'The service returned the same page token again.');
  }
  return page;
}

/** Yields the rows of each page without collecting them. Requests a page only when the previous one has been consumed. */
export async function* iteratePages<T>(fetch: FetchPage<T>, signal: AbortSignal): AsyncGenerator<readonly T[]> {
  let cursor: Cursor | undefined;
  do {
    const { items, next } = await fetchPage(fetch, { cursor, signal });
    yield items;
    cursor = next;
  } while (cursor !== undefined);
}
