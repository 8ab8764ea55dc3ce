import { ComplianceError } from '../errors.ts';
import type { Cursor, Page, PageRequest } from '../source.ts';
import type { KeyedRows } from './keyedRows.ts';

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

/** When a load stops, unless the list ends before. */
export interface LoadTarget {
  rowCount: number;
  readonly maxEmptyPages: number;
  readonly onPage?: (rowCount: number) => void;
}

/** Reads all rows faster than page by page. Remembers what it has read. */
interface RowReader<T> {
  /**
   * Adds rows until `onRows`, called after new rows, returns false. Returns whether all rows have been read. Rejects with
   * a `ComplianceError`. The next call reads what is missing.
   */
  readInto(rows: KeyedRows<T>, signal: AbortSignal, onRows: () => boolean): Promise<boolean>;
}

/** Opens a reader. Returns undefined if reading page by page is as fast. */
export type OpenRowReader<T> = (signal: AbortSignal) => Promise<RowReader<T> | undefined>;

/** One pass over the pages of a list. */
export class ListReading<T> {
  /** In the order of the service. */
  readonly rows: KeyedRows<T>;
  readonly #fetch: FetchPage<T>;
  readonly #openReader: OpenRowReader<T> | undefined;
  readonly #loop = new LoopDetector();
  #next: Cursor | undefined;
  /** Reads the rest of the rows. Null if page by page is as fast. Undefined until all rows have been asked for. */
  #reader: RowReader<T> | null | undefined;
  #readAt: number | undefined;

  constructor(fetch: FetchPage<T>, rows: KeyedRows<T>, openReader?: OpenRowReader<T>) {
    this.rows = rows;
    this.#fetch = fetch;
    this.#openReader = openReader;
  }

  /** When the first page was read, epoch milliseconds. */
  get readAt(): number | undefined {
    return this.#readAt;
  }

  get isComplete(): boolean {
    return this.#readAt !== undefined && this.#next === undefined;
  }

  /**
   * Reads on until the target or the end is reached. `onRows` is called after each page. Rejects with a
   * `ComplianceError`; the next call reads what is missing.
   */
  async read(target: LoadTarget, signal: AbortSignal, onRows: () => void): Promise<void> {
    let emptyPages = 0;
    while (!this.isComplete && this.rows.size < target.rowCount && emptyPages < target.maxEmptyPages) {
      // The first page may be all there is.
      const isForAll = this.#readAt !== undefined && target.rowCount === Number.POSITIVE_INFINITY;
      if (isForAll && this.#openReader && this.#reader === undefined)
        this.#reader = (await this.#openReader(signal)) ?? null;
      if (this.#reader) {
        const isComplete = await this.#reader.readInto(this.rows, signal, () => {
          onRows();
          return this.rows.size < target.rowCount;
        });
        if (isComplete) this.#next = undefined;
        return;
      }
      const previousCount = this.rows.size;
      const page = await fetchPage(this.#fetch, { cursor: this.#next, signal }, this.#loop);
      for (const row of page.items) this.rows.add(row);
      this.#next = page.next;
      this.#readAt ??= Date.now();
      this.#loop.addPage(page.items.length, this.rows.size - previousCount);
      emptyPages = this.rows.size > previousCount ? 0 : emptyPages + 1;
      onRows();
    }
  }
}
