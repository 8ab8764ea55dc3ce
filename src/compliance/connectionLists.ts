import { ComplianceError } from './errors.ts';
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
} from './model.ts';
import { PackList } from './packList.ts';
import { type Fetch, type List, PagedList } from './pagedList.ts';
import { RuleList } from './ruleList.ts';
import type { ComplianceSource, Connection, OpenSource, PackOrder, Page, RowFilter } from './source.ts';

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

/** What a connection's lists need from outside. */
export interface ConnectionOptions {
  /** Opens the source; called once, when something is first asked. */
  readonly open: OpenSource;
  /** Aggregators known by name, for those who may not list them. */
  readonly aggregatorNames: () => readonly string[];
  /** Told of every list whose load starts, brings rows or ends. */
  readonly onChange: (list: List<unknown>) => void;
}

/**
 * Everything known through one connection: one list per question, shared by whoever asks it.
 * To take a list asks nothing of the service; its `ensure` and `more` do.
 */
export class ConnectionLists {
  readonly connection: Connection;
  /** Whose account and which region the connection is: a list of one. */
  readonly scope: PagedList<Scope>;
  /** The aggregators that may be listed, else those named in the settings. */
  readonly aggregators: PagedList<Aggregator>;
  readonly #options: ConnectionOptions;
  readonly #packs: Shelf<PackList>;
  readonly #rules: Shelf<RuleList>;
  readonly #passing: Shelf<PagedList<Evaluation>>;
  readonly #packCounts: Shelf<PagedList<PackCount>>;
  readonly #rows: Shelf<PagedList<AggregateRow>>;
  readonly #organizationNames: Shelf<PagedList<string>>;
  #source: Promise<ComplianceSource> | undefined;

  constructor(connection: Connection, options: ConnectionOptions) {
    const { onChange } = options;
    this.connection = connection;
    this.#options = options;
    this.#packs = new Shelf(onChange);
    this.#rules = new Shelf(onChange);
    this.#passing = new Shelf(onChange);
    this.#packCounts = new Shelf(onChange);
    this.#rows = new Shelf(onChange);
    this.#organizationNames = new Shelf(onChange);
    this.scope = new PagedList(
      async ({ signal }) => ({ items: [await (await this.#open()).scope(signal)], next: undefined }),
      ({ account, region }) => `${account}/${region}`,
      () => onChange(this.scope),
    );
    this.aggregators = new PagedList(
      async (request) => {
        const source = await this.#open();
        return source.aggregators(request).catch((thrown) => this.#named(thrown));
      },
      ({ name }) => name,
      () => onChange(this.aggregators),
    );
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

  /** Every pack of the scope that has been read, once, as it was read last. */
  knownPacks(): Iterable<Pack> {
    const lists = [...this.#packs.all()].sort((a, b) => (a.readAt ?? 0) - (b.readAt ?? 0));
    return new Map(lists.flatMap(({ rows }) => rows).map((pack) => [pack.name, pack])).values();
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

  /** The names under which an organization's pack is deployed in the account. */
  organizationNames(pack: string, account: string): PagedList<string> {
    const fetch = this.#fetch((source, request) => source.organizationNames(request, pack, account));
    return this.#organizationNames.list(
      [pack, account],
      (changed) => new PagedList(fetch, (name) => name, changed, true),
    );
  }

  /** Whether the credentials are missing or have expired. */
  get isSignedOut(): boolean {
    return this.scope.errors.some(({ kind }) => kind === 'signedOut' || kind === 'expired');
  }

  /** Every answer is read anew when it is next looked at; the identity only where it was not to be had. */
  invalidate(): void {
    for (const list of this.all()) if (list !== this.scope || list.state === 'failed') list.invalidate();
  }

  *all(): Iterable<List<unknown>> {
    yield this.scope;
    yield this.aggregators;
    const shelves = [this.#packs, this.#rules, this.#passing, this.#packCounts, this.#rows, this.#organizationNames];
    for (const shelf of shelves) yield* shelf.all();
  }

  #packList(order: PackOrder, names: readonly string[] | undefined, changed: () => void): PackList {
    const scores = this.#fetch((source, request) => source.scores(request, order, names));
    const deployments = this.#fetch((source, request) => source.deployments(request, names));
    return new PackList(scores, deployments, order, changed);
  }

  #open(): Promise<ComplianceSource> {
    this.#source ??= this.#options.open(this.connection).catch((thrown) => {
      this.#source = undefined;
      throw thrown;
    });
    return this.#source;
  }

  #fetch<T>(ask: (source: ComplianceSource, request: Parameters<Fetch<T>>[0]) => Promise<Page<T>>): Fetch<T> {
    return async (request) => ask(await this.#open(), request);
  }

  #named(thrown: unknown): Page<Aggregator> {
    const names = this.#options.aggregatorNames();
    if (!(thrown instanceof ComplianceError && thrown.kind === 'denied' && names.length > 0)) throw thrown;
    return { items: names.map((name) => ({ name, arn: undefined, sources: undefined })), next: undefined };
  }
}
