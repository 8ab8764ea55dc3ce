import { ComplianceError } from '../errors.ts';
import type { Cursor } from '../source.ts';
import { type FetchPage, fetchPage, LoopDetector } from './pages.ts';

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

/** Reads pages to their end, and once more from the start if the service no longer accepts their token. */
export async function restartOnce<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    const isStale = thrown instanceof ComplianceError && thrown.kind === 'staleCursor';
    if (!isStale || signal.aborted) throw thrown;
    return read();
  }
}
