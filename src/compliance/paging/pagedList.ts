import { asComplianceError, ComplianceError } from '../errors.ts';
import { KeyedRows } from './keyedRows.ts';
import type { List, ListState, Snapshot } from './list.ts';
import { type FetchPage, ListReading, type LoadTarget, type OpenRowReader, unlessAborted } from './pages.ts';

/** A load stops after this many pages in a row without a new row. */
const defaultMaxEmptyPages = 10;
/** A refresh reads at most this many rows. */
const maxRefreshRows = 1000;
/** Interval at which a long load publishes its rows, in milliseconds. Copying all rows per page would be too slow. */
const publishInterval = 500;
/** Rows that make the interval one millisecond longer, because copying and showing more rows takes longer. */
const rowsPerMillisecond = 500;

/** A load in progress. */
interface Load {
  readonly controller: AbortController;
  /** Whether another caller awaits the next page of this load. */
  isJoined: boolean;
  /** Whether a refresh has replaced this load. */
  isReplaced: boolean;
  /** Never rejects. */
  readonly done: Promise<void>;
}

interface PagedListOptions<T> {
  /** Whether every load continues to the last page, because the rows are only useful together. */
  readonly isEager?: boolean;
  /** The group in which the key identifies a row. */
  readonly groupOf?: (row: T) => string;
  /** For a load of all rows. */
  readonly openReader?: OpenRowReader<T>;
}

/** A list of one operation's pages. Runs one load at a time, removes duplicate rows and drops pages of outdated readings. */
export class PagedList<T> implements List<T> {
  readonly #createReading: () => ListReading<T>;
  readonly #onChange: () => void;
  readonly #isEager: boolean;
  #current: ListReading<T>;
  #rows: readonly T[] = [];
  /** The snapshot that the rows come from, until as many have been read. */
  #restored: Snapshot | undefined;
  #publishedAt = 0;
  #isStale = false;
  /** Whether the last refresh failed. The next load repeats it. */
  #hasFailedRefresh = false;
  #error: ComplianceError | undefined;
  #load: Load | undefined;

  /** `onChange` is called when a load starts, publishes rows or ends. */
  constructor(
    fetch: FetchPage<T>,
    keyOf: (row: T) => string,
    onChange: () => void,
    { isEager = false, groupOf, openReader }: PagedListOptions<T> = {},
  ) {
    this.#createReading = () => new ListReading(fetch, new KeyedRows(keyOf, groupOf), openReader);
    this.#current = this.#createReading();
    this.#onChange = onChange;
    this.#isEager = isEager;
  }

  get rows(): readonly T[] {
    return this.#rows;
  }

  get state(): ListState {
    if (this.#load) return 'loading';
    if (this.#error) return 'failed';
    return this.#current.isComplete ? 'done' : 'idle';
  }

  get isComplete(): boolean {
    return this.#restored?.complete ?? this.#current.isComplete;
  }

  get errors(): readonly ComplianceError[] {
    return this.#error ? [this.#error] : [];
  }

  get readAt(): number | undefined {
    return this.#restored?.readAt ?? this.#current.readAt;
  }

  get isRestored(): boolean {
    return this.#restored !== undefined;
  }

  ensureLoaded(): void {
    if (this.#isStale) void this.refresh();
    // A failed list waits for a manual retry, because callers call this on every change.
    else if (!this.#error && !this.#load && this.#current.readAt === undefined) void this.loadMore();
  }

  loadMore(): Promise<void> {
    if (this.#load) {
      this.#load.isJoined = true;
      return this.#load.done;
    }
    if (this.#isStale || this.#hasFailedRefresh) return this.refresh();
    if (this.state === 'done') return Promise.resolve();
    const rowCount = this.#restored ? this.#refreshRowCount() : this.#current.rows.size + 1;
    return this.#start((signal) => this.#loadFurtherPages(this.#createTarget(rowCount), signal)).done;
  }

  retry(): Promise<void> {
    return this.state === 'failed' ? this.loadMore() : Promise.resolve();
  }

  loadAll(signal?: AbortSignal, onPage?: (rowCount: number) => void): Promise<void> {
    const target = { rowCount: Number.POSITIVE_INFINITY, maxEmptyPages: Number.POSITIVE_INFINITY };
    return this.#loadTo({ ...target, ...(onPage && { onPage }) }, signal);
  }

  /** Loads pages until `rowCount` rows are available, the list ends or too many pages are empty. Never rejects. */
  loadUpTo(rowCount: number, signal?: AbortSignal): Promise<void> {
    const atLeast = this.#restored ? this.#refreshRowCount() : 0;
    return this.#loadTo(this.#createTarget(Math.max(rowCount, atLeast)), signal);
  }

  refresh(): Promise<void> {
    if (this.#load) this.#load.isReplaced = true;
    this.#load?.controller.abort();
    this.#isStale = false;
    const target = this.#createTarget(this.#refreshRowCount());
    return this.#start(async (signal) => {
      try {
        await this.#reloadFromStart(target, signal);
        this.#hasFailedRefresh = false;
      } catch (thrown) {
        if (!signal.aborted) this.#hasFailedRefresh = true;
        throw thrown;
      }
    }).done;
  }

  invalidate(): void {
    this.#isStale = true;
  }

  cancel(reason?: ComplianceError): void {
    this.#load?.controller.abort(reason);
  }

  snapshot(): readonly (Snapshot | null)[] {
    const { readAt, isComplete } = this.#current;
    return [this.#restored ?? (readAt === undefined ? null : { rows: this.#rows, complete: isComplete, readAt })];
  }

  restore([snapshot]: readonly (Snapshot | null)[]): void {
    if (!snapshot || this.#current.readAt !== undefined) return;
    this.#restored = snapshot;
    // The snapshot was stored under this list's query, so its rows have this type.
    this.#rows = snapshot.rows as readonly T[];
  }

  /** How many rows replace those that are shown. */
  #refreshRowCount(): number {
    return Math.min(Math.max(1, this.#restored?.rows.length ?? this.#current.rows.size), maxRefreshRows);
  }

  #createTarget(rowCount: number): LoadTarget {
    return { rowCount: this.#isEager ? Number.POSITIVE_INFINITY : rowCount, maxEmptyPages: defaultMaxEmptyPages };
  }

  /** Waits for a load in progress. An abort ends only the wait, because other callers depend on the load. */
  async #waitFor(done: Promise<void>, signal: AbortSignal): Promise<void> {
    await unlessAborted(done, signal).catch(() => {});
  }

  async #loadTo(target: LoadTarget, signal = new AbortController().signal): Promise<void> {
    // Restored rows do not count.
    const isReached = () => !this.#restored && this.#rows.length >= target.rowCount;
    for (;;) {
      while (this.#load && !isReached() && !signal.aborted) {
        await this.#waitFor(this.#load.done, signal);
        // Repeating a failed load here would issue one request per waiting caller.
        if (this.#error) return;
      }
      if (signal.aborted) return;
      if (this.#isStale || this.#hasFailedRefresh) {
        await this.#waitFor(this.refresh(), signal);
        if (this.#error) return;
      } else if (this.state === 'done' || isReached() || !(await this.#startTo(target, signal))) return;
    }
  }

  /** Loads further pages until an abort. Returns whether a refresh has replaced the load. */
  async #startTo(target: LoadTarget, signal: AbortSignal): Promise<boolean> {
    const load = this.#start((loadSignal) => this.#loadFurtherPages(target, loadSignal));
    const stop = () => {
      // Callers that joined still receive the next page.
      if (load.isJoined) target.rowCount = this.#current.rows.size + 1;
      else load.controller.abort();
    };
    signal.addEventListener('abort', stop, { once: true });
    await this.#waitFor(load.done, signal);
    signal.removeEventListener('abort', stop);
    // Aborted above, unless others have joined it.
    if (!load.isJoined) await load.done;
    return load.isReplaced;
  }

  /** Starts a load. An earlier error remains until it ends. The outcome of a replaced load is ignored. */
  #start(run: (signal: AbortSignal) => Promise<void>): Load {
    const controller = new AbortController();
    const done = run(controller.signal)
      .then(
        () => ({ hasSucceeded: true, error: undefined }),
        (thrown: unknown) => {
          const { aborted, reason } = controller.signal;
          const isCancelled = aborted && !(reason instanceof ComplianceError);
          return { hasSucceeded: false, error: isCancelled ? this.#error : asComplianceError(reason ?? thrown) };
        },
      )
      .then(({ hasSucceeded, error }) => {
        if (this.#load?.controller !== controller) return;
        this.#load = undefined;
        this.#error = error;
        if (hasSucceeded) this.#restored = undefined;
        this.#publish();
      });
    const load = { controller, done, isJoined: false, isReplaced: false };
    this.#load = load;
    this.#onChange();
    return load;
  }

  #publish(): void {
    this.#publishedAt = Date.now();
    if (this.#restored && this.#current.rows.size >= this.#restored.rows.length) this.#restored = undefined;
    if (!this.#restored) this.#rows = this.#current.rows.toArray();
    this.#onChange();
  }

  /** Loads further pages. If the service rejects its own page token, reads the list again from the first page. */
  async #loadFurtherPages(target: LoadTarget, signal: AbortSignal): Promise<void> {
    try {
      await this.#readInto(this.#current, target, signal);
    } catch (thrown) {
      if (!(thrown instanceof ComplianceError && thrown.kind === 'staleCursor')) throw thrown;
      await this.#reloadFromStart(
        { ...target, rowCount: Math.max(target.rowCount, this.#current.rows.size + 1) },
        signal,
      );
    }
  }

  async #reloadFromStart(target: LoadTarget, signal: AbortSignal): Promise<void> {
    const reading = this.#createReading();
    await this.#readInto(reading, target, signal);
    this.#current = reading;
  }

  #readInto(reading: ListReading<T>, target: LoadTarget, signal: AbortSignal): Promise<void> {
    return reading.read(target, signal, () => this.#onRows(reading, target));
  }

  /** Reports progress, and publishes the rows from time to time. */
  #onRows(reading: ListReading<T>, target: LoadTarget): void {
    const { rows } = reading;
    target.onPage?.(rows.size);
    const isDue = Date.now() - this.#publishedAt >= publishInterval + rows.size / rowsPerMillisecond;
    if (reading === this.#current && !reading.isComplete && isDue) this.#publish();
  }
}
