import type { Cursor } from '../source.ts';
import { KeyedRows } from './keyedRows.ts';
import { type FetchPage, fetchPage, LoopDetector } from './pages.ts';

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

  constructor(fetch: FetchPage<T>, keyOf: (row: T) => string, openReader?: OpenRowReader<T>) {
    this.rows = new KeyedRows(keyOf);
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
