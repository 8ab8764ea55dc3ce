import type { ComplianceError } from '../errors.ts';

/** `idle`: more pages may follow. `failed`: the last load failed; rows loaded before it remain. */
export type ListState = 'idle' | 'loading' | 'failed' | 'done';

/** Rows that load page by page. */
export interface List<T> {
  /** The loaded rows. The same array until they change. */
  readonly rows: readonly T[];
  readonly state: ListState;
  /** Whether all rows have been loaded. */
  readonly isComplete: boolean;
  /** The errors of the last load; empty if it succeeded. */
  readonly errors: readonly ComplianceError[];
  /** When the oldest page was read, epoch milliseconds; undefined before the first page. */
  readonly readAt: number | undefined;
  /** Whether the rows come from a snapshot of an earlier session. */
  readonly isRestored: boolean;
  /** Loads the first page if there is none, or refreshes a stale list. Never loads a next page. */
  ensureLoaded(): void;
  /** Loads the next page, or repeats the failed load. Joins a load in progress. Never rejects. */
  loadMore(): Promise<void>;
  /** Repeats the failed load, if any. Never rejects. */
  retry(): Promise<void>;
  /**
   * Loads all remaining pages, also if a refresh replaces this load. Rows loaded before an abort remain. `onPage`
   * receives the row count. Never rejects.
   */
  loadAll(signal?: AbortSignal, onPage?: (rowCount: number) => void): Promise<void>;
  /** Reads the list again from its first page. The old rows remain until the new ones replace them. Never rejects. */
  refresh(): Promise<void>;
  /** Marks the list as stale: the next `ensureLoaded` or load refreshes it. */
  invalidate(): void;
  /** Aborts the load in progress, which fails with `reason` if there is one. Loaded rows remain. */
  cancel(reason?: ComplianceError): void;
  /** Returns one snapshot per underlying paged list, null for one without a page. */
  snapshot(): readonly (Snapshot | null)[];
  /** Shows stored rows until at least as many have been read again. Has no effect once a page has been read. */
  restore(snapshots: readonly (Snapshot | null)[]): void;
}

/** Rows to be stored across sessions. */
export interface Snapshot {
  readonly rows: readonly unknown[];
  /** Whether these are all rows. */
  readonly complete: boolean;
  /** Epoch milliseconds. */
  readonly readAt: number;
}

/** Whether the rows of a list are known to be all. An empty snapshot of an earlier session is no proof that there are none. */
export const isRead = ({ isComplete, isRestored, rows }: List<unknown>): boolean =>
  isComplete && (rows.length > 0 || !isRestored);

/** Whether a list was read to its end in this session, without an error since, and has no rows. */
export const isKnownEmpty = (list: List<unknown>): boolean =>
  list.rows.length === 0 && isRead(list) && list.errors.length === 0;

/** When the oldest page of several lists was read, epoch milliseconds; undefined before the first page. */
export function getOldestReadAt(lists: readonly Pick<List<unknown>, 'readAt'>[]): number | undefined {
  const times = lists.flatMap(({ readAt }) => readAt ?? []);
  return times.length > 0 ? Math.min(...times) : undefined;
}
