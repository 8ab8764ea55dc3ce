import { ComplianceError } from '../errors.ts';
import type { Cursor, Page, PageRequest } from '../source.ts';

/** Requests one page. Rejects with a `ComplianceError`. */
export type FetchPage<T> = (request: PageRequest) => Promise<Page<T>>;

/** Pages in a row that only repeat rows. A few may, if rows move to later pages while they are read. */
const maxRepeatedPages = 20;
/** Empty pages in a row. Many may be, because AWS Config filters the rows of a page after it has read them. */
const maxEmptyPages = 10_000;

/** Detects pages that go round, so that a reading ends that would never end by itself. */
export class LoopDetector {
  readonly #cursors = new Set<Cursor>();
  #repeatedPages = 0;
  #emptyPages = 0;

  /** Throws `staleCursor` if the reading has seen the token of the next page before. */
  addCursor(cursor: Cursor | undefined): void {
    if (cursor === undefined) return;
    if (this.#cursors.has(cursor)) throw new ComplianceError('staleCursor', 'The service returned a page token twice.');
    this.#cursors.add(cursor);
  }

  /** Throws `staleCursor` after many pages of which no row was new. */
  addPage(rowCount: number, newRowCount: number): void {
    if (newRowCount > 0) {
      this.#repeatedPages = 0;
      this.#emptyPages = 0;
    } else if (rowCount > 0 && ++this.#repeatedPages === maxRepeatedPages) {
      throw new ComplianceError('staleCursor', `The service returned only known rows on ${maxRepeatedPages} pages.`);
    } else if (rowCount === 0 && ++this.#emptyPages === maxEmptyPages) {
      throw new ComplianceError('staleCursor', `The service returned no rows on ${maxEmptyPages} pages.`);
    }
  }
}

/**
 * Requests one page. Rejects with `staleCursor` if its token shows that the pages go round, and with the signal's reason
 * as soon as it is aborted, even if the request cannot be.
 */
export async function fetchPage<T>(fetch: FetchPage<T>, request: PageRequest, loop: LoopDetector): Promise<Page<T>> {
  request.signal.throwIfAborted();
  const page = await unlessAborted(fetch(request), request.signal);
  loop.addCursor(page.next);
  return page;
}

/** Waits for a task, but no longer than until the signal is aborted: then rejects with its reason. */
export async function unlessAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    const result = await Promise.race([task, aborted]);
    signal.throwIfAborted();
    return result;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Yields the new rows of each page without collecting them. Requests a page only when the previous one has been
 * consumed. `isNew` is called once per row.
 */
export async function* iteratePages<T>(
  fetch: FetchPage<T>,
  signal: AbortSignal,
  isNew: (row: T) => boolean,
): AsyncGenerator<readonly T[]> {
  const loop = new LoopDetector();
  let cursor: Cursor | undefined;
  do {
    const { items, next } = await fetchPage(fetch, { cursor, signal }, loop);
    const rows = items.filter(isNew);
    loop.addPage(items.length, rows.length);
    yield rows;
    cursor = next;
  } while (cursor !== undefined);
}
