import { getPackKey, getRowKey } from '../../compliance/model.ts';
import { getOldestReadAt } from '../../compliance/paging/list.ts';
import {
  getLoadedAggregators,
  hasUnreadAggregators,
  type ResolvedAggregator,
  resolveAggregators,
  selectDistinctAggregators,
} from '../../compliance/queries/lookup.ts';
import { type ReadFailure, toReadFailures } from '../../compliance/queries/readFailures.ts';
import { AggregatorSearch } from './aggregatorSearch.ts';
import { createAnyPackOptions, PackQuery } from './packQuery.ts';
import type { PickerQuery, PickerResult, QueryContext } from './pickerQuery.ts';

/** Queries the packs of the connections' own scopes, followed by those of all aggregators. */
export class FindQuery implements PickerQuery {
  readonly title: string;
  readonly placeholder: string;
  readonly #context: QueryContext;
  readonly #packQuery: PackQuery;
  readonly #search: AggregatorSearch;

  constructor(context: QueryContext) {
    this.#context = context;
    this.#packQuery = new PackQuery(context, createAnyPackOptions('Find Conformance Pack'));
    this.#search = new AggregatorSearch(context);
    this.title = this.#packQuery.title;
    this.placeholder = this.#packQuery.placeholder;
  }

  getResults(text: string): readonly PickerResult[] {
    const own = this.#packQuery.getPacks();
    const keys = new Set(own.map(({ scope, pack }) => getPackKey(scope, pack.name)));
    // An own pack says more than an aggregator's row of it.
    const rows = this.#search
      .getResults(this.#getAggregators(), text)
      .filter((result) => result.kind !== 'row' || !keys.has(getRowKey(result.row)));
    return [...this.#packQuery.getResults(), ...rows];
  }

  getHiddenCount(text: string): number {
    return this.#search.getHiddenCount(this.#getAggregators(), text);
  }

  getFailures(): readonly ReadFailure[] {
    const stores = this.#context.getStores().filter(({ identity }) => identity.errors.length === 0);
    return [
      ...this.#packQuery.getFailures(),
      ...stores.flatMap((store) => toReadFailures(store, 'the aggregators', store.aggregators.errors)),
      ...this.#search.getFailures(this.#getAggregators(), 'the packs'),
    ];
  }

  describeEmptyResult() {
    const aggregators = this.#getAggregators();
    const own = this.#packQuery.describeEmptyResult();
    if (aggregators.length === 0) return own;
    const names = aggregators.map(({ aggregator }) => aggregator.name).join(', ');
    const readAt = getOldestReadAt([own, ...this.#search.getRowLists(aggregators)]);
    return { ...own, detail: `${own.detail} Aggregators without packs: ${names}.`, readAt };
  }

  isComputing(text: string): boolean {
    return this.#search.isComputing(this.#getAggregators(), text);
  }

  hasMore(): boolean {
    const areAggregatorsUnread = this.#context.getStores().some(hasUnreadAggregators);
    return this.#packQuery.hasMore() || areAggregatorsUnread || this.#search.hasMore(this.#getAggregators());
  }

  getLoadedCount(): number {
    return this.#packQuery.getLoadedCount() + this.#search.getLoadedCount(this.#getAggregators());
  }

  requestMore(): void {
    this.#search.requestMore(this.#getAggregators());
  }

  onDidCompute(listener: () => void): void {
    this.#search.onDidCompute(listener);
  }

  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#packQuery.run(signal), this.#loadRows(signal)]);
  }

  search(text: string, signal: AbortSignal): Promise<void> {
    return this.#search.loadPack(this.#getAggregators(), text, signal);
  }

  async #loadRows(signal: AbortSignal): Promise<void> {
    await resolveAggregators(this.#context.getStores(), undefined, signal);
    await this.#search.load(this.#getAggregators(), signal);
  }

  #getAggregators(): readonly ResolvedAggregator[] {
    return selectDistinctAggregators(this.#context.getStores().flatMap(getLoadedAggregators));
  }
}
