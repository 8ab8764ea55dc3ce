import { ComplianceError } from '../errors.ts';
import type { Cursor, Page, PageRequest } from '../source.ts';

/** Asks for one page; rejects with a `ComplianceError`. */
export type Fetch<T> = (request: PageRequest) => Promise<Page<T>>;

/** Asks for one page; rejects with `staleCursor` where it would lead to itself. */
export async function fetchPage<T>(fetch: Fetch<T>, request: PageRequest): Promise<Page<T>> {
  const page = await fetch(request);
  request.signal.throwIfAborted();
  if (request.cursor !== undefined && page.next === request.cursor) {
    throw new ComplianceError('staleCursor', 'The service returned the token it was given.');
  }
  return page;
}

/** The rows of every page, page by page; none is kept. Asks for a page when the one before has been taken. */
export async function* iteratePages<T>(fetch: Fetch<T>, signal: AbortSignal): AsyncGenerator<readonly T[]> {
  let cursor: Cursor | undefined;
  do {
    const { items, next } = await fetchPage(fetch, { cursor, signal });
    yield items;
    cursor = next;
  } while (cursor !== undefined);
}
