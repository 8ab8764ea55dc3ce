import type { ComplianceError } from '../errors.ts';

/** `idle`: it may go on. `failed`: the last load did not come; what came before still stands. */
export type ListState = 'idle' | 'loading' | 'failed' | 'done';

/** How a list is read, whatever it is made of. */
export interface List<T> {
  readonly rows: readonly T[];
  readonly state: ListState;
  /** Whether everything the service had has come. */
  readonly complete: boolean;
  /** Why the last load failed; empty unless something did. */
  readonly errors: readonly ComplianceError[];
  /** When the oldest page shown was read, epoch milliseconds; undefined before the first. */
  readonly readAt: number | undefined;
  /** Asks for the first page, or for a fresh one where the list was called stale; never for a next page. */
  ensureLoaded(): void;
  /** Loads the next page, or again what failed. A call during a load joins it. Never rejects. */
  loadMore(): Promise<void>;
  /** Loads again what failed, and nothing else. Never rejects. */
  retry(): Promise<void>;
  /** Loads to the end; what came until an abort stays. Never rejects. */
  loadAll(signal?: AbortSignal, onPage?: (loaded: number) => void): Promise<void>;
  /** Reads anew from the first page; the old rows stay until the new ones are there. Never rejects. */
  refresh(): Promise<void>;
  /** The next `ensure` reads anew. */
  invalidate(): void;
  /** Calls off what is under way; what has come stays. */
  cancel(): void;
  /** Whether the rows are an earlier session's. */
  readonly isRestored: boolean;
  /** What is shown, to be kept over restarts: one part for each list of the service, null before its first page. */
  snapshot(): readonly (Snapshot | null)[];
  /** Shows what an earlier session kept until as much has been read anew; of no effect once something has. */
  restore(kept: readonly (Snapshot | null)[]): void;
}

/** Rows that are kept over restarts. */
export interface Snapshot {
  readonly rows: readonly unknown[];
  /** Whether these were all. */
  readonly complete: boolean;
  /** Epoch milliseconds. */
  readonly readAt: number;
}
