import { captureOrganization } from '../../compliance/history/captureVisits.ts';
import type { History } from '../../compliance/history/history.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { OverviewReader } from './overviewReader.ts';

/** What has been read for overviews. It outlives a closed panel, until the connection is reset. */
export class OverviewReaders {
  readonly #loadHistory: () => Promise<History>;
  readonly #readers = new WeakMap<ConnectionStore, Map<string, OverviewReader>>();

  constructor(loadHistory: () => Promise<History>) {
    this.#loadHistory = loadHistory;
  }

  /** The reader of an aggregator, which may have read rows before. What it reads to its end is stored in the history. */
  get(store: ConnectionStore, aggregator: string): OverviewReader {
    const readers = this.#readers.get(store) ?? new Map<string, OverviewReader>();
    this.#readers.set(store, readers);
    const reader = readers.get(aggregator) ?? this.#create(store, aggregator);
    readers.set(aggregator, reader);
    return reader;
  }

  #create(store: ConnectionStore, aggregator: string): OverviewReader {
    const reader: OverviewReader = new OverviewReader(store, aggregator, async (readAt) => {
      const visit = captureOrganization(store, aggregator, reader.rows.columns, readAt);
      if (visit) await (await this.#loadHistory()).record(visit);
    });
    return reader;
  }
}
