import { ComplianceError, isSignedOut } from './errors.ts';
import type { List } from './list.ts';
import {
  type AggregateRow,
  type Aggregator,
  type Evaluation,
  evaluationKey,
  type Pack,
  type PackCount,
  rowKey,
  type Scope,
  type SummaryKey,
  sourceKey,
  type TroubledSource,
} from './model.ts';
import { OwnedSource, type ShownLists, type SourceOptions } from './ownedSource.ts';
import { PackList } from './packList.ts';
import { PagedList } from './pagedList.ts';
import type { Fetch } from './pages.ts';
import { RuleList } from './ruleList.ts';
import { Shelf } from './shelf.ts';
import {
  type ComplianceSource,
  type Connection,
  type PackOrder,
  type Page,
  type PageRequest,
  type RowFilter,
  worstFirst,
} from './source.ts';

const rowsByKey = new WeakMap<readonly AggregateRow[], ReadonlyMap<string, AggregateRow>>();

/** There may be tens of thousands of rows, and many packs to be looked up among them. */
function byKey(rows: readonly AggregateRow[]): ReadonlyMap<string, AggregateRow> {
  const known = rowsByKey.get(rows) ?? new Map(rows.map((row) => [rowKey(row), row]));
  rowsByKey.set(rows, known);
  return known;
}

/** What a connection's lists need from outside. */
export interface ConnectionOptions extends SourceOptions {
  /** Aggregators known by name, for those who may not list them. */
  readonly aggregatorNames: () => readonly string[];
}

/**
 * Everything known through one connection: one list per question, shared by whoever asks it.
 * To take a list asks nothing of the service; its `ensure` and `more` do.
 */
export class ConnectionLists {
  readonly connection: Connection;
  /** The aggregators that may be listed, else those named in the settings. */
  readonly aggregators: PagedList<Aggregator>;
  readonly #source: OwnedSource;
  readonly #aggregatorNames: () => readonly string[];
  readonly #packs: Shelf<PackList>;
  readonly #rules: Shelf<RuleList>;
  readonly #passing: Shelf<PagedList<Evaluation>>;
  readonly #troubledSources: Shelf<PagedList<TroubledSource>>;
  readonly #packCounts: Shelf<PagedList<PackCount>>;
  readonly #rows: Shelf<PagedList<AggregateRow>>;
  readonly #organizationNames: Shelf<PagedList<string>>;
  readonly #aggregators: Shelf<PagedList<Aggregator>>;

  constructor(connection: Connection, { aggregatorNames, ...options }: ConnectionOptions) {
    const onChange = (list: List<unknown>) => this.#source.changed(list);
    this.connection = connection;
    this.#aggregatorNames = aggregatorNames;
    this.#packs = new Shelf('packs', onChange);
    this.#rules = new Shelf('rules', onChange);
    this.#passing = new Shelf('passing', onChange);
    this.#troubledSources = new Shelf('troubledSources', onChange);
    this.#packCounts = new Shelf('packCounts', onChange);
    this.#rows = new Shelf('rows', onChange);
    this.#organizationNames = new Shelf('organizationNames', onChange);
    this.#aggregators = new Shelf('aggregators', onChange);
    this.#source = new OwnedSource(connection, options, this.#shown());
    this.aggregators = this.#aggregators.list([], (changed) => {
      const fetch = this.#fetch(async (source, request) =>
        source.aggregators(request).catch((thrown) => this.#named(thrown)),
      );
      return new PagedList(fetch, ({ name }) => name, changed);
    });
  }

  /** Whose account and which region the connection is: a list of one. */
  get scope(): PagedList<Scope> {
    return this.#source.scope;
  }

  /** The scope's packs in `order`, or those with one of at most `maxNames` exact names. */
  packs(order: PackOrder, names?: readonly string[]): PackList {
    return this.#packs.list([order, names], (changed) => this.#packList(order, names, changed));
  }

  /** The scope's packs in a list of the caller's own, which is kept nowhere: it is always read anew. */
  freshPacks(order: PackOrder): PackList {
    return this.#packList(order, undefined, () => {});
  }

  /** A list that tells of the pack: one that already does, else the list of that pack alone. */
  packsWith(pack: string): PackList {
    const known = [...this.#packs.all()].find(({ rows }) => rows.some(({ name }) => name === pack));
    return known ?? this.packs({ by: 'name', descending: false }, [pack]);
  }

  /**
   * The lists that tell of packs, the one that was read last at the end. What was read before every pack was read
   * is not among them: a pack that is in it alone is gone.
   */
  get packLists(): readonly PackList[] {
    const lists = [...this.#packs.all()].sort((a, b) => (a.readAt ?? 0) - (b.readAt ?? 0));
    return lists.slice(
      Math.max(
        0,
        lists.findLastIndex(({ ofAll, complete }) => ofAll && complete),
      ),
    );
  }

  /** Every pack of the scope that has been read, once, as it was read last. */
  knownPacks(): Iterable<Pack> {
    return new Map(this.packLists.flatMap(({ rows }) => rows).map((pack) => [pack.name, pack])).values();
  }

  /** The rules of a deployed pack, with the results that fail them. */
  rules(pack: string): RuleList {
    return this.#rules.list([pack], (changed) => {
      const rules = this.#fetch((source, request) => source.rules(request, pack));
      const failing = this.#fetch((source, request) => source.evaluations(request, pack, 'NON_COMPLIANT'));
      return new RuleList(rules, failing, changed);
    });
  }

  /** The results of a deployed pack that pass: only to be counted, and there may be very many. */
  passing(pack: string): PagedList<Evaluation> {
    const fetch = this.#fetch((source, request) => source.evaluations(request, pack, 'COMPLIANT'));
    return this.#passing.list([pack], (changed) => new PagedList(fetch, evaluationKey, changed, true));
  }

  /** An aggregator's sources whose data is missing or old. */
  troubledSources(aggregator: string): PagedList<TroubledSource> {
    const fetch = this.#fetch((source, request) => source.troubledSources(request, aggregator));
    return this.#troubledSources.list([aggregator], (changed) => new PagedList(fetch, sourceKey, changed));
  }

  /** An aggregator's packs, counted by account or region. */
  packCounts(aggregator: string, by: SummaryKey, filter: RowFilter): PagedList<PackCount> {
    const fetch = this.#fetch((source, request) => source.packCounts(request, aggregator, by, filter));
    return this.#packCounts.list(
      [aggregator, by, filter],
      (changed) => new PagedList(fetch, ({ name }) => name, changed),
    );
  }

  /** An aggregator's rows, as far as the service can filter them. */
  rows(aggregator: string, filter: RowFilter): PagedList<AggregateRow> {
    const fetch = this.rowPages(aggregator, filter);
    return this.#rows.list([aggregator, filter], (changed) => new PagedList(fetch, rowKey, changed));
  }

  /** Asks for pages of the same rows, which are kept nowhere: for who goes through more than can be held. */
  rowPages(aggregator: string, filter: RowFilter): Fetch<AggregateRow> {
    return this.#fetch((source, request) => source.rows(request, aggregator, filter));
  }

  /** What an aggregator has told of a pack in an account and region, as it was read last. */
  knownRow({ account, region }: Omit<Scope, 'partition'>, pack: string): AggregateRow | undefined {
    const key = rowKey({ account, region, pack });
    const lists = [...this.#rows.all()].sort((a, b) => (b.readAt ?? 0) - (a.readAt ?? 0));
    for (const { rows } of lists) {
      const row = byKey(rows).get(key);
      if (row) return row;
    }
    return undefined;
  }

  /** The names under which an organization's pack is deployed in the account. */
  organizationNames(pack: string, account: string): PagedList<string> {
    const fetch = this.#fetch((source, request) => source.organizationNames(request, pack, account));
    return this.#organizationNames.list(
      [pack, account],
      (changed) => new PagedList(fetch, (name) => name, changed, true),
    );
  }

  /** Why something could not be read for want of good credentials. */
  get signedOut(): ComplianceError | undefined {
    for (const { errors } of this.all()) {
      const error = errors.find(isSignedOut);
      if (error) return error;
    }
    return undefined;
  }

  /** Every answer is read anew when it is next looked at; the identity only where it was not to be had. */
  invalidate(): void {
    for (const list of this.all()) if (list !== this.scope || list.state === 'failed') list.invalidate();
  }

  /** Calls off everything under way; from now on nothing is asked, nor kept. */
  end(): void {
    this.#source.end();
    for (const list of this.all()) list.cancel();
  }

  *all(): Iterable<List<unknown>> {
    yield this.scope;
    for (const shelf of this.#shelves) yield* shelf.all();
  }

  get #shelves(): readonly Shelf<List<unknown>>[] {
    return [
      this.#aggregators,
      this.#packs,
      this.#rules,
      this.#passing,
      this.#troubledSources,
      this.#packCounts,
      this.#rows,
      this.#organizationNames,
    ];
  }

  #shown(): ShownLists {
    return {
      keep: () => Object.assign({}, ...this.#shelves.map((shelf) => shelf.keep())),
      recall: (earlier) => {
        for (const shelf of this.#shelves) shelf.recall(earlier);
        // Whoever looks for a pack without asking finds it here.
        this.packs(worstFirst);
      },
      areUnread: () => this.#shelves.every((shelf) => [...shelf.all()].every(({ readAt }) => readAt === undefined)),
    };
  }

  #fetch<T>(ask: (source: ComplianceSource, request: PageRequest) => Promise<Page<T>>): Fetch<T> {
    return this.#source.fetch(ask);
  }

  #packList(order: PackOrder, names: readonly string[] | undefined, changed: () => void): PackList {
    const scores = this.#fetch((source, request) => source.scores(request, order, names));
    const deployments = this.#fetch((source, request) => source.deployments(request, names));
    return new PackList(scores, deployments, order, changed, names === undefined);
  }

  #named(thrown: unknown): Page<Aggregator> {
    const names = this.#aggregatorNames();
    if (!(thrown instanceof ComplianceError && thrown.kind === 'denied' && names.length > 0)) throw thrown;
    return { items: names.map((name) => ({ name, arn: undefined, sources: undefined })), next: undefined };
  }
}
