import { asComplianceError, ComplianceError } from '../errors.ts';
import type { AggregateRow } from '../model.ts';
import type { Cursor, Page, RowFilter } from '../source.ts';
import type { KeyedRows } from './keyedRows.ts';
import { fetchPage, LoopDetector } from './pages.ts';
import { type AggregateFetchers, planPartitions, type RowPartition } from './partitions.ts';

/** Partitions that are read side by side. The rate limit decides how many of their requests are in flight. */
const maxConcurrent = 16;
/** A reading stops after this many failed partitions in a row: the others would fail as well. */
const maxFailuresInRow = 5;
/** A chain is taken for a loop if it repeats this many more rows than there are. */
const maxRepeatedRows = 2_000;

/** How far a reading has come. */
export interface ReadProgress {
  /** Distinct rows. */
  readonly rowsRead: number;
  /** The number of compliant and non-compliant rows according to the summary. Undefined if unknown. */
  readonly expected: number | undefined;
  readonly partitionsRead: number;
  readonly partitions: number;
}

export interface PartitionFailure {
  readonly filter: RowFilter;
  readonly error: ComplianceError;
}

/** Reads partitions side by side, each as a chain of pages. Remembers what it has read, so that a reading can go on. */
export class PartitionedReader {
  readonly #chains: readonly Chain[];
  readonly #expected: number | undefined;
  #rowsRead = 0;
  #partitionsRead = 0;

  constructor(fetchRows: AggregateFetchers['fetchRows'], partitions: readonly RowPartition[]) {
    this.#chains = partitions.map((partition) => new Chain(partition, fetchRows));
    const counts = partitions.flatMap(({ evaluatedRows }) => evaluatedRows ?? []);
    this.#expected = counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : undefined;
  }

  /** Plans the partitions for a filter. Rejects with the error of the summary, unless it is denied. */
  static async open(fetchers: AggregateFetchers, filter: RowFilter, signal: AbortSignal): Promise<PartitionedReader> {
    return new PartitionedReader(fetchers.fetchRows, await planPartitions(fetchers, filter, signal));
  }

  /** Whether there is more than one partition. */
  get isPartitioned(): boolean {
    return this.#chains.length > 1;
  }

  get progress(): ReadProgress {
    return {
      rowsRead: this.#rowsRead,
      expected: this.#expected,
      partitionsRead: this.#partitionsRead,
      partitions: this.#chains.length,
    };
  }

  /** Finds the failed partitions of the last reading. */
  findFailures(): readonly PartitionFailure[] {
    return this.#chains.flatMap(({ partition: { filter }, error }) => (error ? { filter, error } : []));
  }

  /** Finds the partitions that have not been read to their end. */
  findUnread(): readonly RowFilter[] {
    return this.#chains.flatMap(({ partition: { filter }, isComplete }) => (isComplete ? [] : filter));
  }

  /**
   * Yields the new rows of each page of what has not been read yet. `isNew` is called once per row. A few pages are
   * requested ahead of the consumer. A failed partition does not end the others; its error is thrown after them. Rows
   * yielded before an abort or error remain valid, and the next call reads what is missing.
   */
  async *read(signal: AbortSignal, isNew: (row: AggregateRow) => boolean): AsyncGenerator<readonly AggregateRow[]> {
    const stop = new AbortController();
    const requestSignal = AbortSignal.any([signal, stop.signal]);
    // Those that have failed most often come last: they must not keep the others from being read.
    const waiting = this.#chains
      .filter(({ isComplete }) => !isComplete)
      .sort((a, b) => a.failureCount - b.failureCount);
    for (const chain of waiting) chain.prepare();
    const running = new Map<Chain, Promise<ChainPage>>();
    let failuresInRow = 0;
    try {
      for (;;) {
        while (running.size < maxConcurrent && failuresInRow < maxFailuresInRow) {
          const chain = waiting.shift();
          if (!chain) break;
          running.set(chain, chain.fetchNext(requestSignal));
        }
        if (running.size === 0) break;
        const { chain, page, error } = await Promise.race(running.values());
        signal.throwIfAborted();
        running.delete(chain);
        const rows = page ? chain.add(page, isNew) : [];
        if (error) chain.fail(error);
        else chain.detectLoop(maxRepeatedRows + this.#rowsRead + (this.#expected ?? 0));
        failuresInRow = chain.error ? failuresInRow + 1 : 0;
        this.#rowsRead += rows.length;
        if (chain.isComplete) this.#partitionsRead++;
        else if (!chain.error) waiting.unshift(chain);
        if (rows.length > 0) yield rows;
      }
    } finally {
      stop.abort();
    }
    const [failure] = this.findFailures();
    if (failure) throw failure.error;
  }

  /**
   * Adds rows until `onRows`, called after new rows, returns false. Returns whether all rows have been read. Rejects like
   * `read`.
   */
  async readInto(rows: KeyedRows<AggregateRow>, signal: AbortSignal, onRows: () => boolean): Promise<boolean> {
    for await (const _ of this.read(signal, (row) => rows.add(row))) if (!onRows()) return false;
    return true;
  }
}

/** The next page of a chain, or why it could not be read. */
type ChainPage = { readonly chain: Chain } & (
  | { readonly page: Page<AggregateRow>; readonly error?: undefined }
  | { readonly page?: undefined; readonly error: ComplianceError }
);

/** The chain of a partition's pages. */
class Chain {
  readonly partition: RowPartition;
  readonly #fetchRows: AggregateFetchers['fetchRows'];
  #loop = new LoopDetector();
  #cursor: Cursor | undefined;
  #isComplete = false;
  #error: ComplianceError | undefined;
  #failureCount = 0;
  #canRestart = true;
  /** Rows since the first page that had been read before. */
  #repeatedRows = 0;

  constructor(partition: RowPartition, fetchRows: AggregateFetchers['fetchRows']) {
    this.partition = partition;
    this.#fetchRows = fetchRows;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get error(): ComplianceError | undefined {
    return this.#error;
  }

  /** The number of readings in which it failed. */
  get failureCount(): number {
    return this.#failureCount;
  }

  /** Forgets the failure of an earlier reading. */
  prepare(): void {
    this.#error = undefined;
    this.#canRestart = true;
  }

  /** Requests the next page. Never rejects. */
  async fetchNext(signal: AbortSignal): Promise<ChainPage> {
    try {
      const fetch = this.#fetchRows(this.partition.filter);
      const page = await fetchPage(fetch, { cursor: this.#cursor, signal }, this.#loop);
      // How many rows may repeat depends on what the other chains have read.
      this.#loop.addPage(page.items.length);
      return { chain: this, page };
    } catch (thrown) {
      return { chain: this, error: asComplianceError(thrown) };
    }
  }

  /** Moves on to the next page. Returns the new rows. */
  add({ items, next }: Page<AggregateRow>, isNew: (row: AggregateRow) => boolean): readonly AggregateRow[] {
    const rows = items.filter(isNew);
    this.#repeatedRows += items.length - rows.length;
    this.#cursor = next;
    this.#isComplete = next === undefined;
    return rows;
  }

  /** Fails if the pages have repeated so many rows that they must be a loop with ever new page tokens. */
  detectLoop(maxRows: number): void {
    if (this.#isComplete || this.#repeatedRows <= maxRows) return;
    this.fail(new ComplianceError('staleCursor', 'The service returned only known rows.'));
  }

  /** Records a failure. A rejected page token restarts the chain once per reading. */
  fail(error: ComplianceError): void {
    const isStale = error.kind === 'staleCursor';
    if (isStale) {
      this.#cursor = undefined;
      this.#loop = new LoopDetector();
      this.#repeatedRows = 0;
    }
    if (isStale && this.#canRestart) {
      this.#canRestart = false;
      return;
    }
    this.#error = error;
    this.#failureCount += 1;
  }
}
