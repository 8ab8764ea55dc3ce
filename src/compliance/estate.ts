import { ComplianceError } from './errors.ts';
import { type AggregateRow, type Aggregator, type PackCount, rowKey, type Scope, type SummaryKey } from './model.ts';
import { PackList } from './packList.ts';
import { type List, PagedList } from './pagedList.ts';
import { RuleList } from './ruleList.ts';
import {
  type ComplianceSource,
  type Connection,
  connectionKey,
  type PackOrder,
  type Page,
  type RowFilter,
} from './source.ts';

/** What the estate needs from outside. */
export interface EstateOptions {
  /** Opens the source of a connection; called once per connection, when something is first asked of it. */
  readonly open: (connection: Connection) => Promise<ComplianceSource>;
  /** Aggregators known by name, for those who may not list them. */
  readonly aggregatorNames: () => readonly string[];
}

/** Lists of one kind, one per question. */
class Shelf<L extends List<unknown>> {
  readonly #lists = new Map<string, L>();
  readonly #onChange: (list: List<unknown>) => void;

  constructor(onChange: (list: List<unknown>) => void) {
    this.#onChange = onChange;
  }

  /** The list that answers the question, made on first use. */
  list(question: readonly unknown[], make: (changed: () => void) => L): L {
    const key = JSON.stringify(question);
    const known = this.#lists.get(key);
    if (known) return known;
    const made: L = make(() => this.#onChange(made));
    this.#lists.set(key, made);
    return made;
  }

  all(): Iterable<L> {
    return this.#lists.values();
  }
}

/**
 * What is known so far: one list per question, shared by whoever asks it.
 * To take a list asks nothing of the service; `ensure` and `more` do.
 */
export class Estate {
  readonly #options: EstateOptions;
  readonly #listeners = new Set<(list: List<unknown>) => void>();
  readonly #sources = new Map<string, Promise<ComplianceSource>>();
  readonly #changed = (list: List<unknown>): void => {
    for (const listener of this.#listeners) listener(list);
  };
  readonly #scopes = new Shelf<PagedList<Scope>>(this.#changed);
  readonly #packs = new Shelf<PackList>(this.#changed);
  readonly #rules = new Shelf<RuleList>(this.#changed);
  readonly #aggregators = new Shelf<PagedList<Aggregator>>(this.#changed);
  readonly #packCounts = new Shelf<PagedList<PackCount>>(this.#changed);
  readonly #rows = new Shelf<PagedList<AggregateRow>>(this.#changed);

  constructor(options: EstateOptions) {
    this.#options = options;
  }

  /** Tells of every list whose load starts or ends; returns how to stop listening. */
  onDidChange(listener: (list: List<unknown>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whose account and which region a connection is: a list of one. */
  scope(connection: Connection): PagedList<Scope> {
    return this.#scopes.list(
      [connectionKey(connection)],
      (changed) =>
        new PagedList(
          async ({ signal }) => ({ items: [await this.#whose(connection, signal)], next: undefined }),
          ({ account, region }) => `${account}/${region}`,
          changed,
        ),
    );
  }

  /** The scope's packs in `order`, or the one of that exact name. */
  packs(connection: Connection, order: PackOrder, pack?: string): PackList {
    return this.#packs.list(
      [connectionKey(connection), order, pack],
      (changed) =>
        new PackList(
          async (request) => (await this.#source(connection)).scores(request, order, pack),
          async (request) => (await this.#source(connection)).deployments(request, pack),
          order,
          changed,
        ),
    );
  }

  /** The rules of a deployed pack, with the results that fail them. */
  rules(connection: Connection, pack: string): RuleList {
    return this.#rules.list(
      [connectionKey(connection), pack],
      (changed) =>
        new RuleList(
          async (request) => (await this.#source(connection)).rules(request, pack),
          async (request) => (await this.#source(connection)).evaluations(request, pack, 'NON_COMPLIANT'),
          changed,
        ),
    );
  }

  /** The aggregators that may be listed, else those named in the settings. */
  aggregators(connection: Connection): PagedList<Aggregator> {
    return this.#aggregators.list(
      [connectionKey(connection)],
      (changed) =>
        new PagedList(
          async (request) => {
            const source = await this.#source(connection);
            return source.aggregators(request).catch((thrown) => this.#named(thrown));
          },
          ({ name }) => name,
          changed,
        ),
    );
  }

  /** An aggregator's packs, counted by account or region. */
  packCounts(connection: Connection, aggregator: string, by: SummaryKey, filter: RowFilter): PagedList<PackCount> {
    return this.#packCounts.list(
      [connectionKey(connection), aggregator, by, filter],
      (changed) =>
        new PagedList(
          async (request) => (await this.#source(connection)).packCounts(request, aggregator, by, filter),
          ({ name }) => name,
          changed,
        ),
    );
  }

  /** An aggregator's rows, as far as the service can filter them. */
  rows(connection: Connection, aggregator: string, filter: RowFilter): PagedList<AggregateRow> {
    return this.#rows.list(
      [connectionKey(connection), aggregator, filter],
      (changed) =>
        new PagedList(
          async (request) => (await this.#source(connection)).rows(request, aggregator, filter),
          rowKey,
          changed,
        ),
    );
  }

  /** Every answer is read anew when it is next looked at; identities only where they were not to be had. */
  invalidate(): void {
    for (const scope of this.#scopes.all()) if (scope.state === 'failed') scope.invalidate();
    for (const list of this.#answers()) list.invalidate();
  }

  /** Whether anything is under way. */
  get loading(): boolean {
    return [...this.#scopes.all(), ...this.#answers()].some(({ state }) => state === 'loading');
  }

  /** Calls off everything under way; nothing is told any more. */
  dispose(): void {
    this.#listeners.clear();
    for (const list of [...this.#scopes.all(), ...this.#answers()]) list.cancel();
  }

  *#answers(): Iterable<List<unknown>> {
    for (const shelf of [this.#packs, this.#rules, this.#aggregators, this.#packCounts, this.#rows]) yield* shelf.all();
  }

  #source(connection: Connection): Promise<ComplianceSource> {
    const key = connectionKey(connection);
    const source = this.#sources.get(key) ?? this.#options.open(connection);
    this.#sources.set(key, source);
    return source;
  }

  async #whose(connection: Connection, signal: AbortSignal): Promise<Scope> {
    return (await this.#source(connection)).scope(signal);
  }

  #named(thrown: unknown): Page<Aggregator> {
    const names = this.#options.aggregatorNames();
    if (!(thrown instanceof ComplianceError && thrown.kind === 'denied' && names.length > 0)) throw thrown;
    return { items: names.map((name) => ({ name, arn: undefined, sources: undefined })), next: undefined };
  }
}
