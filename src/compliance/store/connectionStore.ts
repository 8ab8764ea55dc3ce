import { ComplianceError, isDenial, isSignedOut } from '../errors.ts';
import {
  type AggregateRow,
  type Aggregator,
  type Evaluation,
  getEvaluationKey,
  getPackKey,
  getSourceKey,
  type Pack,
  type PackCount,
  type Scope,
  type SummaryKey,
  type UnhealthySource,
} from '../model.ts';
import type { List } from '../paging/list.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { FetchPage } from '../paging/pages.ts';
import { getResourceKey, type RemediationException } from '../resourceModel.ts';
import {
  type Connection,
  defaultPackOrder,
  type OpenSource,
  type OrganizationSource,
  type PackOrder,
  type Page,
  type PageRequest,
  type ResourceSource,
  type RowFilter,
} from '../source.ts';
import { AccountGuard } from './accountGuard.ts';
import { ListCache } from './listCache.ts';
import { PackList } from './packList.ts';
import { RuleList } from './ruleList.ts';
import { type SnapshotStorage, SnapshotSync } from './snapshotSync.ts';

export interface ConnectionStoreOptions {
  /** Called on the first request. */
  readonly open: OpenSource;
  /** Loads the storage of snapshots. Called when the store is created. */
  readonly snapshots?: () => Promise<SnapshotStorage>;
  /** Aggregators to use where listing them is denied. */
  readonly aggregatorNames: () => readonly string[];
  /** Called when a load of a list starts, publishes rows or ends. */
  readonly onChange: (list: List<unknown>) => void;
  /** Called when the connection belongs to another account than its rows. */
  readonly onAccountChange: () => void;
}

/**
 * All lists read through one connection, one per query, shared by all callers. The methods issue no requests:
 * lists load on `ensureLoaded`, `loadMore` and `loadAll`.
 */
export class ConnectionStore {
  readonly connection: Connection;
  /** The connection's account and region: a list with one row. */
  readonly identity: PagedList<Scope>;
  /** The aggregators that the connection can list, or else those named in the settings. */
  readonly aggregators: PagedList<Aggregator>;
  readonly #source: AccountGuard;
  readonly #caches: ReturnType<typeof createCaches>;
  readonly #snapshots: SnapshotSync;

  constructor(
    connection: Connection,
    { open, snapshots, aggregatorNames, onChange, onAccountChange }: ConnectionStoreOptions,
  ) {
    const onListChange = (list: List<unknown>) => {
      if (list.state !== 'loading') this.#snapshots.save();
      onChange(list);
    };
    this.connection = connection;
    this.#source = new AccountGuard(connection, open, () => {
      this.#snapshots.discard();
      onAccountChange();
    });
    this.#caches = createCaches(onListChange);
    this.identity = new PagedList(
      async ({ signal }) => {
        const scope = await this.#source.getScope(signal);
        this.#snapshots.confirm(scope);
        return { items: [scope], next: undefined };
      },
      ({ account, region }) => `${account}/${region}`,
      () => onListChange(this.identity),
    );
    // Exceptions are not stored across sessions: resources may lose theirs at any time.
    const { exceptions: _, ...stored } = this.#caches;
    this.#snapshots = new SnapshotSync(connection, this.#source, this.identity, Object.values(stored));
    this.aggregators = this.#caches.aggregators.get([], (onAggregatorsChange) => {
      const fetch = this.#afterIdentity((request) =>
        this.#source.listAggregators(request).catch((thrown) => {
          const names = aggregatorNames();
          if (!(thrown instanceof ComplianceError && isDenial(thrown) && names.length > 0)) throw thrown;
          return { items: names.map((name) => ({ name, arn: undefined, sources: undefined })), next: undefined };
        }),
      );
      return new PagedList(fetch, ({ name }) => name, onAggregatorsChange);
    });
    // The sample is in the extension, and its rows never join those of an account.
    if (connection.isSample) return;
    void snapshots?.().then(async (storage) => {
      if (!(await this.#snapshots.restore(storage))) return;
      // Creates the list, so that its restored packs are found without a request.
      this.getPackList(defaultPackOrder);
      onChange(this.identity);
    });
  }

  /** The ARN of the user or role that is signed in. Always issues a request; rejects if nobody is. */
  getCallerArn(signal: AbortSignal): Promise<string> {
    return this.#source.getCallerArn(signal);
  }

  /** The packs of the scope, or those with one of at most `maxNames` exact names. */
  getPackList(order: PackOrder, names?: readonly string[]): PackList {
    return this.#caches.packs.get([order, names], (onChange) => this.#createPackList(order, names, onChange));
  }

  /** A list of packs like `getPackList` for the caller alone: not cached, so its first load always issues requests. */
  createPackList(order: PackOrder, names?: readonly string[]): PackList {
    return this.#createPackList(order, names, () => {});
  }

  /** A list that contains the pack, or else the list of that pack alone. */
  findPackList(pack: string): PackList {
    const loaded = [...this.#caches.packs.lists()].find(({ rows }) => rows.some(({ name }) => name === pack));
    return loaded ?? this.getPackList({ by: 'name', descending: false }, [pack]);
  }

  /**
   * The pack lists, least recently read first. Leaves out lists older than the last complete one: a pack that only
   * they contain has been deleted.
   */
  getPackLists(): readonly PackList[] {
    const lists = [...this.#caches.packs.lists()].sort((a, b) => (a.readAt ?? 0) - (b.readAt ?? 0));
    const lastComplete = lists.findLastIndex(({ isUnfiltered, isComplete }) => isUnfiltered && isComplete);
    return lists.slice(Math.max(0, lastComplete));
  }

  /** Every loaded pack of the scope once, as last read. */
  getLoadedPacks(): Iterable<Pack> {
    return new Map(this.getPackLists().flatMap(({ rows }) => rows.map((pack) => [pack.name, pack]))).values();
  }

  /** The rules of a deployed pack with their failing results. */
  getRuleList(pack: string): RuleList {
    return this.#caches.rules.get([pack], (onChange) => this.createRuleList(pack, onChange));
  }

  /** The same list for the caller alone: not cached, so its first load always issues requests. */
  createRuleList(pack: string, onChange = () => {}): RuleList {
    const rules = this.#afterIdentity((request) => this.#source.listRules(request, pack));
    const failing = this.#afterIdentity((request) => this.#source.listEvaluations(request, pack, 'NON_COMPLIANT'));
    return new RuleList(rules, failing, onChange);
  }

  /** The lists of rules requested so far, with the names of their packs. */
  getRuleLists(): Iterable<readonly [readonly [string], RuleList]> {
    return this.#caches.rules.entries();
  }

  /** The compliant results of a deployed pack. There may be very many. */
  getPassingResults(pack: string): PagedList<Evaluation> {
    return this.#caches.passing.get([pack], (onChange) => {
      const fetch = this.#afterIdentity((request) => this.#source.listEvaluations(request, pack, 'COMPLIANT'));
      return new PagedList(fetch, getEvaluationKey, onChange, { isEager: true });
    });
  }

  /** The resources that are excepted from a rule's remediation. */
  getExceptions(rule: string): PagedList<RemediationException> {
    return this.#caches.exceptions.get([rule], (onChange) => {
      const fetch = this.getResourcePages((source, request) => source.listExceptions(request, rule));
      return new PagedList(fetch, getResourceKey, onChange, { isEager: true });
    });
  }

  /** The sources of an aggregator that failed or are outdated. */
  getUnhealthySources(aggregator: string): PagedList<UnhealthySource> {
    return this.#caches.unhealthySources.get([aggregator], (onChange) => {
      return new PagedList(this.getUnhealthySourcePages(aggregator), getSourceKey, onChange);
    });
  }

  /** Returns a function that reads pages of the same sources without caching them. */
  getUnhealthySourcePages(aggregator: string): FetchPage<UnhealthySource> {
    return this.#afterIdentity((request) => this.#source.listUnhealthySources(request, aggregator));
  }

  /** The packs of an aggregator, counted by account or region. */
  getPackCounts(aggregator: string, by: SummaryKey, filter: RowFilter): PagedList<PackCount> {
    return this.#caches.packCounts.get([aggregator, by, filter], (onChange) => {
      return new PagedList(this.getPackCountPages(aggregator, by, filter), ({ name }) => name, onChange);
    });
  }

  /** Returns a function that reads pages of the same counts without caching them. */
  getPackCountPages(aggregator: string, by: SummaryKey, filter: RowFilter): FetchPage<PackCount> {
    return this.#afterIdentity((request) => this.#source.listPackCounts(request, aggregator, by, filter));
  }

  /** The rows of an aggregator, filtered by the service. */
  getAggregateRows(aggregator: string, filter: RowFilter): PagedList<AggregateRow> {
    return this.#caches.rows.get([aggregator, filter], (onChange) => {
      const openReader = async (signal: AbortSignal) => {
        const { openRowReader } = await import('./rowReader.ts');
        const reader = await openRowReader(this, aggregator, filter, signal);
        return reader.isPartitioned ? reader : undefined;
      };
      const pages = this.getAggregateRowPages(aggregator, filter);
      const groupOf = (row: AggregateRow) => getPackKey(row, '');
      return new PagedList(pages, ({ pack }) => pack, onChange, { groupOf, openReader });
    });
  }

  /** Returns a function that reads pages of the same rows without caching them, for more rows than fit in memory. */
  getAggregateRowPages(aggregator: string, filter: RowFilter): FetchPage<AggregateRow> {
    return this.#afterIdentity((request) => this.#source.listRows(request, aggregator, filter));
  }

  /** The lists of aggregate rows. */
  getAggregateRowLists(): Iterable<PagedList<AggregateRow>> {
    return this.#caches.rows.lists();
  }

  /** The same lists, with their aggregators and filters. */
  getAggregateRowQueries(): Iterable<readonly [readonly [string, RowFilter], PagedList<AggregateRow>]> {
    return this.#caches.rows.entries();
  }

  /** The names under which an organization's pack is deployed in an account. */
  getDeployedNames(pack: string, account: string): PagedList<string> {
    return this.#caches.organizationNames.get([pack, account], (onChange) => {
      const fetch = this.#afterIdentity((request) => this.#source.listOrganizationPackNames(request, pack, account));
      return new PagedList(fetch, (name) => name, onChange, { isEager: true });
    });
  }

  /** Returns a function that reads pages of what AWS Config answers for an organization, without caching them. */
  getOrganizationPages<T>(read: (source: OrganizationSource, request: PageRequest) => Promise<Page<T>>): FetchPage<T> {
    return this.#afterIdentity((request) =>
      this.#source.requestOrganization(request.signal, (source) => read(source, request)),
    );
  }

  /** Returns a function that reads pages about single rules and resources, without caching them. */
  getResourcePages<T>(read: (source: ResourceSource, request: PageRequest) => Promise<Page<T>>): FetchPage<T> {
    return this.#afterIdentity((request) =>
      this.#source.requestResources(request.signal, (source) => read(source, request)),
    );
  }

  /** Any list's error that a sign-in would solve. */
  findSignedOutError(): ComplianceError | undefined {
    for (const { errors } of this.lists()) {
      const error = errors.find(isSignedOut);
      if (error) return error;
    }
    return undefined;
  }

  /** Marks all lists as stale; the identity only if it could not be read. */
  invalidate(): void {
    for (const list of this.lists()) if (list !== this.identity || list.state === 'failed') list.invalidate();
  }

  /** Ends all loads with an error, so that no caller takes their rows for all, and stops further requests and saves. */
  close(): void {
    this.#source.close();
    this.#snapshots.close();
    const reason = new ComplianceError('cancelled', 'The connection was closed.');
    for (const list of this.lists()) list.cancel(reason);
  }

  *lists(): Iterable<List<unknown>> {
    yield this.identity;
    for (const cache of Object.values(this.#caches)) yield* cache.lists();
  }

  #createPackList(order: PackOrder, names: readonly string[] | undefined, onChange: () => void): PackList {
    const scores = this.#afterIdentity((request) => this.#source.listScores(request, order, names));
    const deployments = this.#afterIdentity((request) => this.#source.listDeployments(request, names));
    return new PackList(scores, deployments, order, onChange, names === undefined);
  }

  /** Holds pages back until the account of restored rows is confirmed, so that rows of two accounts never mix. */
  #afterIdentity<T>(fetch: FetchPage<T>): FetchPage<T> {
    return async (request) => {
      const page = await fetch(request);
      if (this.identity.isRestored) await this.#confirmIdentity();
      return page;
    };
  }

  async #confirmIdentity(): Promise<void> {
    this.identity.ensureLoaded();
    if (this.identity.state === 'loading') await this.identity.loadMore();
    if (this.identity.isRestored)
      throw this.identity.errors[0] ?? new ComplianceError('cancelled', 'The account could not be confirmed.');
  }
}

/** The kinds are keys in stored snapshots. */
const createCaches = (onChange: (list: List<unknown>) => void) => ({
  aggregators: new ListCache<PagedList<Aggregator>>('aggregators', onChange),
  packs: new ListCache<PackList>('packs', onChange),
  rules: new ListCache<RuleList, readonly [string]>('rules', onChange),
  passing: new ListCache<PagedList<Evaluation>>('passing', onChange),
  exceptions: new ListCache<PagedList<RemediationException>>('exceptions', onChange),
  unhealthySources: new ListCache<PagedList<UnhealthySource>>('unhealthySources', onChange),
  packCounts: new ListCache<PagedList<PackCount>>('packCounts', onChange),
  rows: new ListCache<PagedList<AggregateRow>, readonly [string, RowFilter]>('rows', onChange),
  organizationNames: new ListCache<PagedList<string>>('organizationNames', onChange),
});
