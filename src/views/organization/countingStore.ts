import { asComplianceError, type ComplianceError } from '../../compliance/errors.ts';
import type { PackCount, SummaryKey } from '../../compliance/model.ts';
import type { FetchPage } from '../../compliance/paging/pages.ts';
import type { RowFilter } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';

/** Passes requests for an aggregator's rows and counts on, and remembers the packs of each account. */
export class CountingStore {
  readonly #store: ConnectionStore;
  /** Undefined where the counts are impossible. */
  readonly #packs = new Map<string, number | undefined>();
  #error: ComplianceError | undefined;

  constructor(store: ConnectionStore) {
    this.#store = store;
  }

  /** The accounts that AWS Config counts packs of. */
  get accounts(): readonly string[] {
    return [...this.#packs.keys()];
  }

  /** The numbers of packs with a result, by account. Undefined if AWS Config does not tell. */
  get packCounts(): ReadonlyMap<string, number | undefined> {
    return this.#packs;
  }

  /** The number of rows that AWS Config counts; undefined before it has answered, or if it does not tell for an account. */
  get rowCount(): number | undefined {
    if (this.#packs.size === 0) return undefined;
    let sum = 0;
    for (const packs of this.#packs.values()) {
      if (packs === undefined) return undefined;
      sum += packs;
    }
    return sum;
  }

  /** Why packs could not be counted. */
  get error(): ComplianceError | undefined {
    return this.#error;
  }

  getAggregateRowPages(aggregator: string, filter: RowFilter) {
    return this.#store.getAggregateRowPages(aggregator, filter);
  }

  getPackCountPages(aggregator: string, by: SummaryKey, filter: RowFilter): FetchPage<PackCount> {
    const fetch = this.#store.getPackCountPages(aggregator, by, filter);
    return async (request) => {
      try {
        const page = await fetch(request);
        if (by === 'account') {
          for (const count of page.items) this.#add(count);
          this.#error = undefined;
        }
        return page;
      } catch (thrown) {
        if (!request.signal.aborted) this.#error = asComplianceError(thrown);
        throw thrown;
      }
    };
  }

  #add({ name, compliantPacks, nonCompliantPacks, countsText }: PackCount): void {
    this.#packs.set(name, countsText === undefined ? compliantPacks + nonCompliantPacks : undefined);
  }
}
