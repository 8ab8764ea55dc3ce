import { asComplianceError, type ComplianceError } from '../../compliance/errors.ts';
import {
  countByQuery,
  maxRowsWithoutQuery,
  type QueryCounts,
  readSummary,
  type SummaryCounts,
} from '../../compliance/organization/countByQuery.ts';
import { OrganizationRows } from '../../compliance/organization/organizationRows.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { openRowReader } from '../../compliance/store/rowReader.ts';
import { CountingStore } from './countingStore.ts';

/** One reading of an aggregator's rows. */
export class OverviewReading {
  readonly counts: CountingStore;
  readonly rows: OrganizationRows;
  readonly #store: ConnectionStore;
  readonly #aggregator: string;
  /** When the first rows were read, epoch milliseconds. */
  readAt: number | undefined;
  /** The packs as AWS Config counts them, while their rows are being read. */
  queryCounts: QueryCounts | undefined;
  /** Why AWS Config could not count them. */
  queryError: ComplianceError | undefined;
  /** Whether AWS Config has counted, but no account records its packs. */
  isUnrecorded = false;
  #isCounting = false;
  readonly #onChange: () => void;

  /** `onChange` is called when the number of rows is known, and when there are new rows or counts. */
  constructor(store: ConnectionStore, aggregator: string, onChange: () => void) {
    this.#store = store;
    this.#aggregator = aggregator;
    this.#onChange = onChange;
    this.counts = new CountingStore(store);
    this.rows = new OrganizationRows(async (signal) => {
      const reader = await openRowReader(this.counts, aggregator, {}, signal);
      onChange();
      return reader;
    });
  }

  get isComplete(): boolean {
    const { partitions, partitionsRead } = this.rows.progress;
    return partitions > 0 && partitionsRead === partitions;
  }

  async read(signal: AbortSignal): Promise<void> {
    // A failed count is repeated, as are failed rows.
    if (this.queryError) this.#isCounting = false;
    this.queryError = undefined;
    await this.rows.read(signal, () => {
      this.readAt ??= Date.now();
      // Without the summary, there may be many rows, and they are read as one chain.
      if (this.counts.error || (this.counts.rowCount ?? 0) > maxRowsWithoutQuery) void this.#count(signal);
      this.#onChange();
    });
    if (this.isComplete) this.readAt ??= Date.now();
  }

  /** Starts to count, once. */
  async #count(signal: AbortSignal): Promise<void> {
    if (this.#isCounting) return;
    this.#isCounting = true;
    try {
      const select = (expression: string) =>
        this.#store.getOrganizationPages((source, request) =>
          source.selectAggregate(request, this.#aggregator, expression),
        );
      this.queryCounts = await countByQuery(select, await this.#readSummary(signal), signal);
      this.isUnrecorded = this.queryCounts === undefined;
    } catch (thrown) {
      if (!signal.aborted) this.queryError = asComplianceError(thrown);
    }
    // A cancelled count is repeated with the next reading.
    this.#isCounting = this.queryCounts !== undefined || this.isUnrecorded || this.queryError !== undefined;
    this.#onChange();
  }

  /** What the counts are compared with: the accounts were read to plan the reading of rows. */
  async #readSummary(signal: AbortSignal): Promise<SummaryCounts | undefined> {
    if (this.counts.error) return undefined;
    const region = await readSummary(this.#store.getPackCountPages(this.#aggregator, 'region', {}), signal);
    return { account: this.counts.packCounts, region };
  }
}
