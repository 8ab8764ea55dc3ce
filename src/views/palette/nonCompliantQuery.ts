import { rowFilter } from '../../compliance/filter.ts';
import type { AggregateRow } from '../../compliance/model.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import {
  loadedAggregators,
  type ReadFailure,
  type ResolvedAggregator,
  resolveAggregators,
  type ScopeFilter,
  toReadFailures,
} from '../../compliance/queries/lookup.ts';
import { formatScope } from '../../compliance/text/format.ts';
import type { Line, Picked, PickerQuery } from './line.ts';
import { aggregatorLine, moreLine, nothingLine, problemLine, readingLine, rowLine } from './lines.ts';
import type { QueryContext } from './packQuery.ts';
import { packOfRow } from './packRefs.ts';

/** Rows that are read before the person is asked whether to go on. */
const stretch = 500;

/** An aggregator's non-compliant packs; the person picks the aggregator where there are several. */
export class NonCompliantQuery implements PickerQuery {
  readonly placeholder = 'Type a part of a name, an account or a region';
  readonly #context: QueryContext;
  #chosen: ResolvedAggregator | undefined;
  #wanted = stretch;

  constructor(asking: QueryContext) {
    this.#context = asking;
  }

  get title(): string {
    return this.#chosen
      ? `Non-Compliant Packs: ${this.#chosen.aggregator.name}`
      : 'Non-Compliant Packs of an Aggregator';
  }

  lines(reading: boolean, now: number): readonly Line[] {
    return this.#chosen ? this.#rowLines(this.#chosen, reading, now) : this.#aggregatorLines(reading);
  }

  continueFrom(pick: Picked): void {
    if (pick.kind === 'aggregator') this.#chosen = pick.owned;
    if (pick.kind === 'more' && this.#chosen) this.#wanted = nonCompliantRows(this.#chosen).rows.length + stretch;
  }

  async read(signal: AbortSignal): Promise<void> {
    if (!this.#chosen) {
      const { results, failures } = await resolveAggregators(this.#context.stores(), undefined, signal);
      if (results.length === 1 && failures.length === 0) [this.#chosen] = results;
    }
    if (this.#chosen) await nonCompliantRows(this.#chosen).loadUpTo(this.#wanted, signal);
  }

  #rowLines(chosen: ResolvedAggregator, reading: boolean, now: number): readonly Line[] {
    const { store, aggregator, scope } = chosen;
    const list = nonCompliantRows(chosen);
    const { readAt } = list;
    const stores = this.#context.stores();
    const pack = (row: AggregateRow) =>
      packOfRow(stores, { connection: store.connection, aggregator: aggregator.name, row, readAt });
    const lines = [
      ...list.rows.map((row) => rowLine(row, pack(row), readAt, now)),
      ...toReadFailures(store, 'the rows', list.errors).map(problemLine),
    ];
    if (reading) return list.rows.length > 0 ? lines : [...lines, readingLine];
    if (!list.complete && list.errors.length === 0) return [...lines, moreLine(list.rows.length)];
    if (lines.length > 0) return lines;
    return [
      nothingLine('No non-compliant packs', `The aggregator ${aggregator.name} (${formatScope(scope)}) has none.`),
    ];
  }

  #aggregatorLines(reading: boolean): readonly Line[] {
    const stores = this.#context.stores();
    const lines = [
      ...stores.flatMap(loadedAggregators).map(aggregatorLine),
      ...stores.flatMap(unreadIn).map(problemLine),
    ];
    if (reading) return [...lines, readingLine];
    const places = stores.flatMap(({ scope }) => scope.rows.map(formatScope)).join(', ');
    return lines.length > 0 ? lines : [nothingLine('No aggregators', `None is in ${places}.`)];
  }
}

/** Why aggregators may be missing: signed out is said once. */
const unreadIn = (store: ResolvedAggregator['store']): readonly ReadFailure[] =>
  store.scope.errors.length > 0
    ? toReadFailures(store, 'the identity', store.scope.errors)
    : toReadFailures(store, 'the aggregators', store.aggregators.errors);

/** The rows of an aggregator that the service calls non-compliant, perhaps of one place alone. */
export const nonCompliantRows = (
  { store, aggregator }: Pick<ResolvedAggregator, 'store' | 'aggregator'>,
  place: ScopeFilter = {},
): PagedList<AggregateRow> => store.rows(aggregator.name, rowFilter({ ...place, compliance: 'NON_COMPLIANT' }));
