import { ComplianceError, isSignedOut } from '../errors.ts';
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
  type UnhealthySource,
} from '../model.ts';
import type { List } from '../paging/list.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { Fetch } from '../paging/pages.ts';
import {
  type ComplianceSource,
  type Connection,
  type PackOrder,
  type Page,
  type PageRequest,
  type RowFilter,
  worstFirst,
} from '../source.ts';
import { AccountGuard, type GuardOptions, type SnapshotHost } from './accountGuard.ts';
import { ListCache } from './listCache.ts';
import { PackList } from './packList.ts';
import { RuleList } from './ruleList.ts';

const rowsByKey = new WeakMap<readonly AggregateRow[], ReadonlyMap<string, AggregateRow>>();

/** There may be tens of thousands of rows, and many packs to be looked up among them. */
function byKey(rows: readonly AggregateRow[]): ReadonlyMap<string, AggregateRow> {
  const known = rowsByKey.get(rows) ?? new Map(rows.map((row) => [rowKey(row), row]));
  rowsByKey.set(rows, known);
  return known;
}

/** What a connection's lists need from outside. */
export interface ConnectionOptions extends GuardOptions {
  /** Aggregators known by name, for those who may not list them. */
  readonly aggregatorNames: () => readonly string[];
}

/**
 * Everything known through one connection: one list per question, shared by whoever asks it.
 * To take a list asks nothing of the service; its `ensure` and `more` do.
 */
export class ConnectionStore {
  readonly connection: Connection;
  /** The aggregators that may be listed, else those named in the settings. */
  readonly aggregators: PagedList<Aggregator>;
  readonly #source: AccountGuard;
  readonly #aggregatorNames: () => readonly string[];
  readonly #packs: ListCache<PackList>;
  readonly #rules: ListCache<RuleList>;
  readonly #passing: ListCache<PagedList<Evaluation>>;
  readonly #troubledSources: ListCache<PagedList<UnhealthySource>>;
  readonly #packCounts: ListCache<PagedList<PackCount>>;
  readonly #rows: ListCache<PagedList<AggregateRow>>;
  readonly #organizationNames: ListCache<PagedList<string>>;
  readonly #aggregators: ListCache<PagedList<Aggregator>>;

  constructor(connection: Connection, { aggregatorNames, ...options }: ConnectionOptions) {
    const onChange = (list: List<unknown>) => this.#source.changed(list);
    this.connection = connection;
    this.#aggregatorNames = aggregatorNames;
    this.#packs = new ListCache('packs', onChange);
    this.#rules = new ListCache('rules', onChange);
    this.#passing = new ListCache('passing', onChange);
    this.#troubledSources = new ListCache('troubledSources', onChange);
    this.#packCounts = new ListCache('packCounts', onChange);
    this.#rows = new ListCache('rows', onChange);
    this.#organizationNames = new ListCache('organizationNames', onChange);
    this.#aggregators = new ListCache('aggregators', onChange);
    this.#source = new AccountGuard(connection, options, this.#shown());
    this.aggregators = this.#aggregators.get([], (changed) => {
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
    return this.#packs.get([order, names], (changed) => this.#packList(order, names, changed));
  }

  /** The scope's packs in a list of the caller's own, which is kept nowhere: it is always read anew. */
  uncachedPacks(order: PackOrder): PackList {
    return this.#packList(order, undefined, () => {});
  }

  /** A list that tells of the pack: one that already does, else the list of that pack alone. */
  packsWith(pack: string): PackList {
    const known = [...this.#packs.lists()].find(({ rows }) => rows.some(({ name }) => name === pack));
    return known ?? this.packs({ by: 'name', descending: false }, [pack]);
  }

  /**
   * The lists that tell of packs, the one that was read last at the end. What was read before every pack was read
   * is not among them: a pack that is in it alone is gone.
   */
  get packLists(): readonly PackList[] {
    const lists = [...this.#packs.lists()].sort((a, b) => (a.readAt ?? 0) - (b.readAt ?? 0));
    return lists.slice(
      Math.max(
        0,
        lists.findLastIndex(({ ofAll, complete }) => ofAll && complete),
      ),
    );
  }

  /** Every pack of the scope that has been read, once, as it was read last. */
  loadedPacks(): Iterable<Pack> {
    return new Map(this.packLists.flatMap(({ rows }) => rows).map((pack) => [pack.name, pack])).values();
  }

  /** The rules of a deployed pack, with the results that fail them. */
  rules(pack: string): RuleList {
    return this.#rules.get([pack], (changed) => {
      const rules = this.#fetch((source, request) => source.rules(request, pack));
      const failing = this.#fetch((source, request) => source.evaluations(request, pack, 'NON_COMPLIANT'));
      return new RuleList(rules, failing, changed);
    });
  }

  /** The results of a deployed pack that pass: only to be counted, and there may be very many. */
  passing(pack: string): PagedList<Evaluation> {
    const fetch = this.#fetch((source, request) => source.evaluations(request, pack, 'COMPLIANT'));
    return this.#passing.get([pack], (changed) => new PagedList(fetch, evaluationKey, changed, true));
  }

  /** An aggregator's sources whose data is missing or old. */
  unhealthySources(aggregator: string): PagedList<UnhealthySource> {
    const fetch = this.#fetch((source, request) => source.unhealthySources(request, aggregator));
    return this.#troubledSources.get([aggregator], (changed) => new PagedList(fetch, sourceKey, changed));
  }

  /** An aggregator's packs, counted by account or region. */
  packCounts(aggregator: string, by: SummaryKey, filter: RowFilter): PagedList<PackCount> {
    const fetch = this.#fetch((source, request) => source.packCounts(request, aggregator, by, filter));
    return this.#packCounts.get(
      [aggregator, by, filter],
      (changed) => new PagedList(fetch, ({ name }) => name, changed),
    );
  }

  /** An aggregator's rows, as far as the service can filter them. */
  rows(aggregator: string, filter: RowFilter): PagedList<AggregateRow> {
    const fetch = this.rowPages(aggregator, filter);
    return this.#rows.get([aggregator, filter], (changed) => new PagedList(fetch, rowKey, changed));
  }

  /** Asks for pages of the same rows, which are kept nowhere: for who goes through more than can be held. */
  rowPages(aggregator: string, filter: RowFilter): Fetch<AggregateRow> {
    return this.#fetch((source, request) => source.rows(request, aggregator, filter));
  }

  /** What an aggregator has told of a pack in an account and region, as it was read last. */
  findRow({ account, region }: Omit<Scope, 'partition'>, pack: string): AggregateRow | undefined {
    const key = rowKey({ account, region, pack });
    const lists = [...this.#rows.lists()].sort((a, b) => (b.readAt ?? 0) - (a.readAt ?? 0));
    for (const { rows } of lists) {
      const row = byKey(rows).get(key);
      if (row) return row;
    }
    return undefined;
  }

  /** The names under which an organization's pack is deployed in the account. */
  organizationNames(pack: string, account: string): PagedList<string> {
    const fetch = this.#fetch((source, request) => source.organizationNames(request, pack, account));
    return this.#organizationNames.get(
      [pack, account],
      (changed) => new PagedList(fetch, (name) => name, changed, true),
    );
  }

  /** Why something could not be read for want of good credentials. */
  get signedOutError(): ComplianceError | undefined {
    for (const { errors } of this.lists()) {
      const error = errors.find(isSignedOut);
      if (error) return error;
    }
    return undefined;
  }

  /** Every answer is read anew when it is next looked at; the identity only where it was not to be had. */
  invalidate(): void {
    for (const list of this.lists()) if (list !== this.scope || list.state === 'failed') list.invalidate();
  }

  /** Calls off everything under way; from now on nothing is asked, nor kept. */
  close(): void {
    this.#source.close();
    for (const list of this.lists()) list.cancel();
  }

  *lists(): Iterable<List<unknown>> {
    yield this.scope;
    for (const shelf of this.#caches) yield* shelf.lists();
  }

  get #caches(): readonly ListCache<List<unknown>>[] {
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

  #shown(): SnapshotHost {
    return {
      snapshot: () => Object.assign({}, ...this.#caches.map((shelf) => shelf.snapshot())),
      restore: (earlier) => {
        for (const shelf of this.#caches) shelf.restore(earlier);
        // Whoever looks for a pack without asking finds it here.
        this.packs(worstFirst);
      },
      areUnread: () => this.#caches.every((shelf) => [...shelf.lists()].every(({ readAt }) => readAt === undefined)),
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
