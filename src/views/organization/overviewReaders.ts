import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { OverviewReader } from './overviewReader.ts';

/** What has been read for overviews. It outlives a closed panel, until the connection is reset. */
export class OverviewReaders {
  readonly #readers = new WeakMap<ConnectionStore, Map<string, OverviewReader>>();

  /** The reader of an aggregator, which may have read rows before. */
  get(store: ConnectionStore, aggregator: string): OverviewReader {
    const readers = this.#readers.get(store) ?? new Map<string, OverviewReader>();
    this.#readers.set(store, readers);
    const reader = readers.get(aggregator) ?? new OverviewReader(store, aggregator);
    readers.set(aggregator, reader);
    return reader;
  }
}
