import type { SlicedWork } from '../../timeSlicing.ts';
import type { ComplianceError } from '../errors.ts';
import { asComplianceError } from '../errors.ts';
import type { AggregateRow } from '../model.ts';
import type { PartitionedReader, PartitionFailure, ReadProgress } from '../paging/partitionedReader.ts';
import type { RowFilter } from '../source.ts';
import type { RankingInput } from './rankings.ts';
import { RowColumns } from './rowColumns.ts';
import { type RowSelection, selectRows } from './selectRows.ts';

const emptyProgress: ReadProgress = { rowsRead: 0, expected: undefined, partitionsRead: 0, partitions: 0 };

/** All rows of an aggregator in columns, with what is known about how complete they are. */
export class OrganizationRows {
  readonly columns = new RowColumns();
  readonly #open: (signal: AbortSignal) => Promise<PartitionedReader>;
  #reader: PartitionedReader | undefined;
  #error: ComplianceError | undefined;

  /** `open` plans the reading. It is called until it succeeds once. */
  constructor(open: (signal: AbortSignal) => Promise<PartitionedReader>) {
    this.#open = open;
  }

  get progress(): ReadProgress {
    return this.#reader?.progress ?? emptyProgress;
  }

  /** Why the last reading ended before everything was read; undefined if it was aborted. */
  get error(): ComplianceError | undefined {
    return this.#error;
  }

  /** The partitions that could not be read, with their errors. */
  findFailures(): readonly PartitionFailure[] {
    return this.#reader?.findFailures() ?? [];
  }

  /** What has not been read to its end; an empty filter before the reading is planned. */
  findUnread(): readonly RowFilter[] {
    return this.#reader?.findUnread() ?? [{}];
  }

  /**
   * Reads what is missing. `onRows` is called after each page with new rows. An abort or an error keeps what has been
   * read; the next call goes on from there. Never rejects.
   */
  async read(signal: AbortSignal, onRows: () => void): Promise<void> {
    this.#error = undefined;
    try {
      this.#reader ??= await this.#open(signal);
      for await (const _ of this.#reader.read(signal, (row: AggregateRow) => this.columns.add(row))) onRows();
    } catch (thrown) {
      if (!signal.aborted) this.#error = asComplianceError(thrown);
    }
  }

  /** Selects rows to rank, with the progress of the moment. */
  *select(selection: RowSelection = {}): SlicedWork<RankingInput> {
    const { progress } = this;
    const rows = yield* selectRows(this.columns, selection);
    return { columns: this.columns, rows, progress };
  }
}
