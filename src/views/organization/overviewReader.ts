import type { ComplianceError } from '../../compliance/errors.ts';
import { getSourceRegions, type UnhealthySource } from '../../compliance/model.ts';
import type { QueryCounts } from '../../compliance/organization/countByQuery.ts';
import type { FailingRulesReader } from '../../compliance/organization/failingRulesReader.ts';
import type { OrganizationRows } from '../../compliance/organization/organizationRows.ts';
import type { PagedList } from '../../compliance/paging/pagedList.ts';
import { createFailingRulesReader } from '../../compliance/queries/createFailingRulesReader.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { OverviewReading } from './overviewReading.ts';

/** How far rows or rules have been read. */
export interface ReadState {
  readonly rows: number;
  readonly expected?: number;
  readonly isComplete: boolean;
  readonly isLoading: boolean;
  readonly error?: ComplianceError;
}

/** Reads what the overview of an aggregator shows, through one connection. */
export class OverviewReader {
  readonly sources: PagedList<UnhealthySource>;
  readonly #store: ConnectionStore;
  readonly #aggregator: string;
  readonly #listeners = new Set<() => void>();
  readonly #onRead: (readAt: number) => void;
  /** The reading that is shown. */
  #current: OverviewReading;
  /** The reading of a refresh. It replaces the current one when it is complete. */
  #next: OverviewReading | undefined;
  #rules: FailingRulesReader | undefined;
  #rowsController: AbortController | undefined;
  #rulesController: AbortController | undefined;

  /** `onRead` is called when all rows have been read, with the time of the first, epoch milliseconds. */
  constructor(store: ConnectionStore, aggregator: string, onRead: (readAt: number) => void = () => {}) {
    this.#store = store;
    this.#aggregator = aggregator;
    this.#onRead = onRead;
    this.#current = new OverviewReading(store, aggregator, this.#onChange);
    this.sources = store.getUnhealthySources(aggregator);
  }

  /** Calls `listener` when a reading starts, has new rows or ends. Returns the unsubscribe function. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The rows that are shown. */
  get rows(): OrganizationRows {
    return this.#current.rows;
  }

  /** Whether all rows have been read that are shown. */
  get isComplete(): boolean {
    return this.#current.isComplete;
  }

  /** The accounts that AWS Config counts packs of, also before their rows are read. */
  get knownAccounts(): readonly string[] {
    return this.#current.counts.accounts;
  }

  /** The regions that the aggregator names, also those without rows; empty if it names none. */
  get knownRegions(): readonly string[] {
    return this.#store.aggregators.rows.filter(({ name }) => name === this.#aggregator).flatMap(getSourceRegions);
  }

  /** The sources that failed or are outdated, as far as they have been read. */
  get unhealthySources(): readonly UnhealthySource[] {
    return this.sources.rows;
  }

  /** The packs as AWS Config counts them, until all rows have been read. */
  get queryCounts(): QueryCounts | undefined {
    return this.#current.isComplete ? undefined : this.#current.queryCounts;
  }

  get queryError(): ComplianceError | undefined {
    return this.#current.isComplete ? undefined : this.#current.queryError;
  }

  /** Whether AWS Config cannot count the packs, because no account records them. */
  get isUnrecorded(): boolean {
    return !this.#current.isComplete && this.#current.isUnrecorded;
  }

  get countsError(): ComplianceError | undefined {
    return this.#current.counts.error;
  }

  /** When the shown rows were read, epoch milliseconds. */
  get readAt(): number | undefined {
    return this.#current.readAt;
  }

  /** The rules that fail; undefined before `loadRules`. */
  get rules(): FailingRulesReader | undefined {
    return this.#rules;
  }

  /** How far the last reading is, but `isComplete` is about the rows that are shown. */
  get rowState(): ReadState {
    const { rows, counts } = this.#next ?? this.#current;
    const { rowsRead, expected = counts.rowCount } = rows.progress;
    return {
      rows: rowsRead,
      ...(expected !== undefined && { expected }),
      isComplete: this.isComplete,
      isLoading: this.#rowsController !== undefined,
      ...(rows.error && { error: rows.error }),
    };
  }

  /** Undefined before `loadRules`. */
  get ruleState(): ReadState | undefined {
    if (!this.#rules) return undefined;
    const { rules, isComplete, error } = this.#rules;
    return { rows: rules.length, isComplete, isLoading: this.#rulesController !== undefined, ...(error && { error }) };
  }

  /** Why rows or rules could not be read. */
  get errors(): readonly ComplianceError[] {
    return [this.rowState.error, this.ruleState?.error].flatMap((error) => error ?? []);
  }

  /** Reads what has not been read. */
  load(): void {
    void this.sources.loadAll();
    void this.#readRows();
    void this.#readRules();
  }

  /** Starts to read the rules that fail, unless that has been done. */
  loadRules(): void {
    if (this.#rules) return;
    this.#rules = createFailingRulesReader(this.#store, this.#aggregator);
    void this.#readRules();
  }

  /** Reads everything again. Complete rows remain until the new ones replace them. */
  refresh(): void {
    this.cancel();
    const reading = new OverviewReading(this.#store, this.#aggregator, this.#onChange);
    if (this.#current.isComplete) this.#next = reading;
    else this.#current = reading;
    if (this.#rules) this.#rules = createFailingRulesReader(this.#store, this.#aggregator);
    void this.sources.refresh();
    this.load();
  }

  /** Stops reading. What has been read remains. */
  cancel(): void {
    this.#rowsController?.abort();
    this.#rulesController?.abort();
    this.#rowsController = undefined;
    this.#rulesController = undefined;
    this.sources.cancel();
    this.#onChange();
  }

  readonly #onChange = (): void => {
    for (const listener of this.#listeners) listener();
  };

  async #readRows(): Promise<void> {
    const reading = this.#next ?? this.#current;
    if (this.#rowsController || reading.isComplete) return;
    const controller = new AbortController();
    this.#rowsController = controller;
    this.#onChange();
    await reading.read(controller.signal);
    if (this.#rowsController !== controller) return;
    this.#rowsController = undefined;
    if (this.#next?.isComplete) {
      this.#current = this.#next;
      this.#next = undefined;
    }
    if (this.#current.isComplete && this.#current.readAt !== undefined) this.#onRead(this.#current.readAt);
    this.#onChange();
  }

  async #readRules(): Promise<void> {
    if (!this.#rules || this.#rulesController || this.#rules.isComplete) return;
    const controller = new AbortController();
    this.#rulesController = controller;
    this.#onChange();
    await this.#rules.read(controller.signal, this.#onChange);
    if (this.#rulesController !== controller) return;
    this.#rulesController = undefined;
    this.#onChange();
  }
}
