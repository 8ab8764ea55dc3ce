import type { AggregateRow } from '../../compliance/model.ts';
import { getRowKey } from '../../compliance/model.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import { type FirstItems, selectFirstRows } from '../../compliance/queries/firstRows.ts';
import type { ResolvedAggregator } from '../../compliance/queries/lookup.ts';
import { type ReadFailure, toReadFailures } from '../../compliance/queries/readFailures.ts';
import { compareRows } from '../../compliance/queries/rowOrder.ts';
import { defaultPackOrder, type RowFilter } from '../../compliance/source.ts';
import { formatScope } from '../../compliance/text/format.ts';
import { validate } from '../../compliance/validation.ts';
import { RowResults } from '../shared/rowResults.ts';
import { createNameRanker } from './nameRanking.ts';
import type { PickerResult, QueryContext } from './pickerQuery.ts';
import { resolvePackRef } from './resolvePackRef.ts';

/** The number of rows of each aggregator that one run loads. */
const rowsPerRun = 500;

/** More items than this are of no use in a picker. */
const maxResults = 2_000;

const compareWorstFirst = compareRows(defaultPackOrder);

/** Shorter texts are hardly ever the name of a pack. */
const minNameLength = 3;

/** Searches the rows of aggregators: those that are loaded, and those of the pack with exactly the typed name. */
export class AggregatorSearch {
  readonly #context: QueryContext;
  readonly #filter: RowFilter;
  readonly #listeners = new Set<() => void>();
  readonly #selections = new RowResults<FirstItems<AggregateRow>>(() => {
    for (const listener of this.#listeners) listener();
  });
  /** Names that AWS Config has been asked for. */
  readonly #names = new Set<string>();
  #maxRows = rowsPerRun;

  constructor(context: QueryContext, filter: RowFilter = {}) {
    this.#context = context;
    this.#filter = filter;
  }

  /** Calls `listener` when results are available that were still being computed when `getResults` ran. */
  onDidCompute(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** The best matches for a text, equal ones worst first. A row that several aggregators have occurs once. */
  getResults(aggregators: readonly ResolvedAggregator[], text: string): readonly PickerResult[] {
    const stores = this.#context.getStores();
    const results = new Map<string, PickerResult>();
    for (const resolved of aggregators) {
      const { connection } = resolved.store;
      for (const list of this.#getLists(resolved, text)) {
        const { readAt } = list;
        for (const row of this.#select(list, text)?.items ?? []) {
          const pack = resolvePackRef(stores, { connection, aggregator: resolved.aggregator.name, row, readAt });
          if (!results.has(getRowKey(row))) results.set(getRowKey(row), { kind: 'row', row, pack, readAt });
        }
      }
    }
    return [...results.values()];
  }

  /** How many loaded rows match but are left out of the results. */
  getHiddenCount(aggregators: readonly ResolvedAggregator[], text: string): number {
    const selections = this.getRowLists(aggregators).map((list) => this.#select(list, text));
    return selections.reduce((sum, selection) => sum + (selection ? selection.count - selection.items.length : 0), 0);
  }

  /** `what`: what could not be read, such as `the packs`. */
  getFailures(aggregators: readonly ResolvedAggregator[], what: string): readonly ReadFailure[] {
    return aggregators.flatMap((resolved) => {
      const lists = [this.#getRows(resolved), ...[...this.#names].map((name) => this.#getRows(resolved, name))];
      // The same cause can stop several lists.
      const errors = lists.map((list) => list.errors).find(({ length }) => length > 0) ?? [];
      return toReadFailures(resolved.store, `${what} of ${resolved.aggregator.name}`, errors);
    });
  }

  /** Loads the first rows. An aborted load keeps what it has loaded. Never rejects. */
  async load(aggregators: readonly ResolvedAggregator[], signal: AbortSignal): Promise<void> {
    await Promise.all(this.getRowLists(aggregators).map((list) => list.loadUpTo(this.#maxRows, signal)));
  }

  /** Loads the rows of the pack with this exact name, unless they are among the loaded rows. Never rejects. */
  async loadPack(aggregators: readonly ResolvedAggregator[], text: string, signal: AbortSignal): Promise<void> {
    const name = text.trim();
    if (name.length < minNameLength || validate('name', name) !== undefined) return;
    const unread = aggregators.filter((resolved) => !this.#getRows(resolved).isComplete);
    if (unread.length > 0) this.#names.add(name);
    await Promise.all(unread.map((resolved) => this.#getRows(resolved, name).loadUpTo(rowsPerRun, signal)));
  }

  /** Whether results for a text are still being computed. */
  isComputing(aggregators: readonly ResolvedAggregator[], text: string): boolean {
    const lists = aggregators.flatMap((resolved) => this.#getLists(resolved, text));
    return lists.some((list) => this.#select(list, text) === undefined);
  }

  /** Whether the next `load` can load more rows after `requestMore`. A failed list is repeated, not continued. */
  hasMore(aggregators: readonly ResolvedAggregator[]): boolean {
    return this.getRowLists(aggregators).some(({ state }) => !/^(done|failed)$/.test(state));
  }

  /** How many rows have been loaded. */
  getLoadedCount(aggregators: readonly ResolvedAggregator[]): number {
    return this.getRowLists(aggregators).reduce((sum, { rows }) => sum + rows.length, 0);
  }

  /** The lists that `load` reads. */
  getRowLists(aggregators: readonly ResolvedAggregator[]): readonly PagedList<AggregateRow>[] {
    return aggregators.map((resolved) => this.#getRows(resolved));
  }

  requestMore(aggregators: readonly ResolvedAggregator[]): void {
    const unfinished = this.getRowLists(aggregators).filter(({ isComplete }) => !isComplete);
    this.#maxRows = Math.max(...unfinished.map(({ rows }) => rows.length)) + rowsPerRun;
  }

  #select(list: PagedList<AggregateRow>, text: string): FirstItems<AggregateRow> | undefined {
    return this.#selections.get(list, text, (rows) => {
      const rank = createNameRanker(text);
      const rankRow = (row: AggregateRow) => rank(row.pack, () => formatScope(row));
      const compare = (a: AggregateRow, b: AggregateRow) =>
        (rankRow(a) ?? 0) - (rankRow(b) ?? 0) || compareWorstFirst(a, b);
      return selectFirstRows(rows, { matches: (row) => rankRow(row) !== undefined, compare, limit: maxResults });
    });
  }

  /** The lists that can have matches, those of the exact name first. */
  #getLists(resolved: ResolvedAggregator, text: string): readonly PagedList<AggregateRow>[] {
    const name = text.trim();
    return [...(this.#names.has(name) ? [this.#getRows(resolved, name)] : []), this.#getRows(resolved)];
  }

  #getRows({ store, aggregator }: ResolvedAggregator, pack?: string): PagedList<AggregateRow> {
    return store.getAggregateRows(aggregator.name, { ...this.#filter, ...(pack !== undefined && { pack }) });
  }
}
