import { asComplianceError, type ComplianceError } from '../../compliance/errors.ts';
import type { PackCount, SummaryKey } from '../../compliance/model.ts';
import type { FetchPage } from '../../compliance/paging/pages.ts';
import type { RowFilter } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';

/** Passes requests for an aggregator's rows and counts on, and remembers the packs of each account. */
export class AccountCounts {
  readonly #store: ConnectionStore;
  readonly #packs = new Map<string, number>();
  #error: ComplianceError | undefined;

  constructor(store: ConnectionStore) {
    this.#store = store;
  }

  /** The accounts that AWS Config counts packs of. */
  get accounts(): readonly string[] {
    return [...this.#packs.keys()];
  }

  /** The numbers of packs with a result, by account. */
  get packs(): ReadonlyMap<string, number> {
    return this.#packs;
  }

  /** The number of rows that AWS Config counts; undefined before it has answered. */
  get rows(): number | undefined {
    return this.#packs.size === 0 ? undefined : [...this.#packs.values()].reduce((sum, packs) => sum + packs, 0);
  }

  /** Why packs could not be counted. */
  get error(): ComplianceError | undefined {
    return this.#error;
  }

  fetchAggregateRows(aggregator: string, filter: RowFilter) {
    return this.#store.fetchAggregateRows(aggregator, filter);
  }

  fetchPackCounts(aggregator: string, by: SummaryKey, filter: RowFilter): FetchPage<PackCount> {
    const fetch = this.#store.fetchPackCounts(aggregator, by, filter);
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

  #add({ name, compliantPacks, nonCompliantPacks }: PackCount): void {
    this.#packs.set(name, compliantPacks + nonCompliantPacks);
  }
}
