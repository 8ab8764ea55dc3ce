import { toRowFilter } from '../../compliance/filter.ts';
import type { AggregateRow } from '../../compliance/model.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import {
  getLoadedAggregators,
  type ResolvedAggregator,
  resolveAggregators,
  type ScopeFilter,
} from '../../compliance/queries/lookup.ts';
import { type ReadFailure, toReadFailures } from '../../compliance/queries/readFailures.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatScope } from '../../compliance/text/format.ts';
import type { PickerQuery, PickerResult, QueryContext } from './pickerQuery.ts';
import { resolvePackRef } from './resolvePackRef.ts';

/** The number of rows that one run loads. */
const rowsPerRun = 500;

/** Queries the non-compliant packs of an aggregator. If there are several aggregators, the user selects one first. */
export class NonCompliantQuery implements PickerQuery {
  readonly placeholder = 'Type part of a name, account or region';
  readonly #context: QueryContext;
  #selected: ResolvedAggregator | undefined;
  #maxRows = rowsPerRun;

  constructor(context: QueryContext) {
    this.#context = context;
  }

  get title(): string {
    return this.#selected
      ? `Non-Compliant Packs: ${this.#selected.aggregator.name}`
      : 'Non-Compliant Packs of an Aggregator';
  }

  getResults(): readonly PickerResult[] {
    if (this.#selected) return this.#getRowResults(this.#selected);
    const aggregators = this.#context.getStores().flatMap(getLoadedAggregators);
    return aggregators.map((resolved) => ({ kind: 'aggregator', resolved }));
  }

  getFailures(): readonly ReadFailure[] {
    if (!this.#selected) return this.#context.getStores().flatMap(getAggregatorFailures);
    const { store, aggregator } = this.#selected;
    const what = `the non-compliant packs of ${aggregator.name}`;
    return toReadFailures(store, what, getNonCompliantRows(this.#selected).errors);
  }

  describeEmptyResult() {
    if (this.#selected) {
      const { aggregator, scope } = this.#selected;
      const detail = `The aggregator ${aggregator.name} (${formatScope(scope)}) has none.`;
      return { label: 'No non-compliant packs', detail, readAt: getNonCompliantRows(this.#selected).readAt };
    }
    const stores = this.#context.getStores();
    const scopes = stores.flatMap(({ identity }) => identity.rows.map(formatScope));
    const times = stores.flatMap(({ aggregators }) => aggregators.readAt ?? []);
    const readAt = times.length > 0 ? Math.min(...times) : undefined;
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
    if (this.#selected) await getNonCompliantRows(this.#selected).loadUpTo(this.#maxRows, signal);
  }

  hasMore(): boolean {
    if (this.#selected) return getNonCompliantRows(this.#selected).state !== 'done';
    return this.#context.getStores().some(({ aggregators }) => aggregators.state === 'idle');
  }

  requestMore(): void {
    if (this.#selected) this.#maxRows = getNonCompliantRows(this.#selected).rows.length + rowsPerRun;
  }

  selectAggregator(aggregator: ResolvedAggregator): void {
    this.#selected = aggregator;
  }

  #getRowResults(selected: ResolvedAggregator): readonly PickerResult[] {
    const { connection } = selected.store;
    const { rows, readAt } = getNonCompliantRows(selected);
    const stores = this.#context.getStores();
    return rows.map((row) => {
      const pack = resolvePackRef(stores, { connection, aggregator: selected.aggregator.name, row, readAt });
      return { kind: 'row', row, pack, readAt };
    });
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
