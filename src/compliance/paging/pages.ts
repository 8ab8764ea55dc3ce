import { ComplianceError } from '../errors.ts';
import type { Cursor, Page, PageRequest } from '../source.ts';

/** Requests one page. Rejects with a `ComplianceError`. */
export type FetchPage<T> = (request: PageRequest) => Promise<Page<T>>;

/** Pages in a row that only repeat rows. A few may, if rows move to later pages while they are read. */
const maxRepeatedPages = 20;

/** Detects pages that go round, so that a reading ends that would never end by itself. */
export class LoopDetector {
  readonly #cursors = new Set<Cursor>();
  #repeatedPages = 0;

  /** Throws `staleCursor` if the reading has seen the token of the next page before. */
  addCursor(cursor: Cursor | undefined): void {
    if (cursor === undefined) return;
    if (this.#cursors.has(cursor)) throw new ComplianceError('staleCursor', 'The service returned a page token twice.');
    this.#cursors.add(cursor);
  }

  /** Throws `staleCursor` after many pages of which no row was new. */
  addPage(rowCount: number, newRowCount: number): void {
    if (newRowCount > 0) this.#repeatedPages = 0;
    else if (rowCount > 0 && ++this.#repeatedPages === maxRepeatedPages)
      throw new ComplianceError('staleCursor', `The service returned only known rows on ${maxRepeatedPages} pages.`);
  }
}

/** Requests one page. Rejects with `staleCursor` if its token shows that the pages go round. */
export async function fetchPage<T>(fetch: FetchPage<T>, request: PageRequest, loop: LoopDetector): Promise<Page<T>> {
  const page = await fetch(request);
  request.signal.throwIfAborted();
  loop.addCursor(page.next);
  return page;
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
