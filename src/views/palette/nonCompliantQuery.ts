import { toRowFilter } from '../../compliance/filter.ts';
import type { AggregateRow } from '../../compliance/model.ts';
import { getOldestReadAt } from '../../compliance/paging/list.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import {
  getLoadedAggregators,
  hasUnreadAggregators,
  type ResolvedAggregator,
  resolveAggregators,
  type ScopeFilter,
} from '../../compliance/queries/lookup.ts';
import { type ReadFailure, toReadFailures } from '../../compliance/queries/readFailures.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { AggregatorSearch } from './aggregatorSearch.ts';
import type { PickerQuery, PickerResult, QueryContext } from './pickerQuery.ts';

/** Queries the non-compliant packs of an aggregator. If there are several aggregators, the user selects one first. */
export class NonCompliantQuery implements PickerQuery {
  readonly placeholder = 'Type part of a name, account or region';
  readonly #context: QueryContext;
  readonly #search: AggregatorSearch;
  #selected: ResolvedAggregator | undefined;

  constructor(context: QueryContext) {
    this.#context = context;
    this.#search = new AggregatorSearch(context, { compliance: 'NON_COMPLIANT' });
  }

  get title(): string {
    return this.#selected
      ? `Non-Compliant Packs: ${this.#selected.aggregator.name}`
      : 'Non-Compliant Packs of an Aggregator';
  }

  getResults(text: string): readonly PickerResult[] {
    if (this.#selected) return this.#search.getResults([this.#selected], text);
    const aggregators = this.#context.getStores().flatMap(getLoadedAggregators);
    return aggregators.map((resolved) => ({ kind: 'aggregator', resolved }));
  }

  getFailures(): readonly ReadFailure[] {
    if (!this.#selected) return this.#context.getStores().flatMap(getAggregatorFailures);
    return this.#search.getFailures([this.#selected], 'the non-compliant packs');
  }

  describeEmptyResult() {
    if (this.#selected) {
      const { aggregator, scope } = this.#selected;
      const detail = `The aggregator ${aggregator.name} (${formatScope(scope)}) has none.`;
      return { label: 'No non-compliant packs', detail, readAt: getNonCompliantRows(this.#selected).readAt };
    }
    const stores = this.#context.getStores();
    const scopes = stores.flatMap(({ identity }) => identity.rows.map(formatScope));
    const readAt = getOldestReadAt(stores.map(({ aggregators }) => aggregators));
    return { label: 'No aggregators', detail: `There are none in ${scopes.join(', ')}.`, readAt };
  }

  async run(signal: AbortSignal): Promise<void> {
    const stores = this.#context.getStores();
    // After a reset, the connection may belong to another account.
    if (this.#selected && !stores.includes(this.#selected.store)) this.#selected = undefined;
    if (!this.#selected) {
      const { results, failures } = await resolveAggregators(stores, undefined, signal);
      if (results.length === 1 && failures.length === 0) [this.#selected] = results;
    }
    if (this.#selected) await this.#search.load([this.#selected], signal);
  }

  async search(text: string, signal: AbortSignal): Promise<void> {
    if (this.#selected) await this.#search.loadPack([this.#selected], text, signal);
  }

  onDidCompute(listener: () => void): void {
    this.#search.onDidCompute(listener);
  }

  getHiddenCount(text: string): number {
    return this.#selected ? this.#search.getHiddenCount([this.#selected], text) : 0;
  }

  isComputing(text: string): boolean {
    return this.#selected !== undefined && this.#search.isComputing([this.#selected], text);
  }

  hasMore(): boolean {
    if (this.#selected) return this.#search.hasMore([this.#selected]);
    return this.#context.getStores().some(hasUnreadAggregators);
  }

  getLoadedCount(): number {
    if (this.#selected) return this.#search.getLoadedCount([this.#selected]);
    return this.#context.getStores().flatMap(getLoadedAggregators).length;
  }

  requestMore(): void {
    if (this.#selected) this.#search.requestMore([this.#selected]);
  }

  selectAggregator(aggregator: ResolvedAggregator): void {
    this.#selected = aggregator;
  }
}

/** Why a connection's aggregators are missing. Without an identity, the other requests fail for the same reason. */
const getAggregatorFailures = (store: ConnectionStore): readonly ReadFailure[] =>
  store.identity.errors.length > 0
    ? toReadFailures(store, 'the account', store.identity.errors)
    : toReadFailures(store, 'the aggregators', store.aggregators.errors);

/** The rows of an aggregator that AWS Config reports as non-compliant, optionally of one account or region. */
export const getNonCompliantRows = (
  { store, aggregator }: ResolvedAggregator,
  scopeFilter: ScopeFilter = {},
): PagedList<AggregateRow> =>
  store.getAggregateRows(aggregator.name, toRowFilter({ ...scopeFilter, compliance: 'NON_COMPLIANT' }));
