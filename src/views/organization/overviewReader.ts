import type { AggregateRow, PackCount, UnhealthySource } from '../../compliance/model.ts';
import type { List } from '../../compliance/paging/list.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';

/** The lists that an overview of an aggregator reads. They are looked up on each access: a reset replaces them. */
export class OverviewReader {
  readonly #getStore: () => ConnectionStore;
  readonly #aggregator: string;

  constructor(getStore: () => ConnectionStore, aggregator: string) {
    this.#getStore = getStore;
    this.#aggregator = aggregator;
  }

  get rows(): PagedList<AggregateRow> {
    return this.#getStore().getAggregateRows(this.#aggregator, {});
  }

  /** The packs of each account, counted by AWS Config. */
  get counts(): PagedList<PackCount> {
    return this.#getStore().getPackCounts(this.#aggregator, 'account', {});
  }

  get sources(): PagedList<UnhealthySource> {
    return this.#getStore().getUnhealthySources(this.#aggregator);
  }

  /** Reads what has not been read. */
  load(): void {
    for (const list of this.lists()) void list.loadAll();
  }

  /** Reads everything again. */
  refresh(): void {
    for (const list of this.lists()) {
      list.invalidate();
      void list.loadAll();
    }
  }

  cancel(): void {
    for (const list of this.lists()) list.cancel();
  }

  lists(): readonly List<unknown>[] {
    return [this.counts, this.rows, this.sources];
  }
}
