import { ComplianceError } from '../errors.ts';
import type { Cursor, Page, PageRequest } from '../source.ts';

/** Requests one page. Rejects with a `ComplianceError`. */
export type FetchPage<T> = (request: PageRequest) => Promise<Page<T>>;

/**
 * Pages in a row without a new row. Many may be empty, because AWS Config filters the rows of a page after it has read
 * them. Few only repeat rows: those that moved to a later page meanwhile.
 */
const maxPagesWithoutNewRow = 10_000;
const weightOfRepeatedPage = 500;

/** Detects repeated page tokens and rows, so that reading always ends. */
export class LoopDetector {
  readonly #cursors = new Set<Cursor>();
  #pagesWithoutNewRow = 0;

  /** Throws `staleCursor` if the reading has seen the token of the next page before. */
  addCursor(cursor: Cursor | undefined): void {
    if (cursor === undefined) return;
    if (this.#cursors.has(cursor)) throw new ComplianceError('staleCursor', 'The service returned a page token twice.');
    this.#cursors.add(cursor);
  }

  /** Throws `staleCursor` after many pages of which no row was new. Without `newRowCount`, only empty pages count. */
  addPage(rowCount: number, newRowCount = rowCount): void {
    this.#pagesWithoutNewRow =
      newRowCount > 0 ? 0 : this.#pagesWithoutNewRow + (rowCount > 0 ? weightOfRepeatedPage : 1);
    if (this.#pagesWithoutNewRow >= maxPagesWithoutNewRow)
      throw new ComplianceError('staleCursor', 'The service returned many pages without a new row.');
  }
}

/**
 * Requests one page. Rejects with `staleCursor` if its token was returned before, and with the signal's reason
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
