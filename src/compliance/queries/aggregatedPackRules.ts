import type { ComplianceError } from '../errors.ts';
import { type AccountAndRegion, type AggregateRow, type Evaluation, getEvaluationKey, getPackKey } from '../model.ts';
import type { AggregateRule, PackItem } from '../organizationModel.ts';
import type { List } from '../paging/list.ts';
import { PagedList } from '../paging/pagedList.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import { isComplianceType } from '../text/states.ts';
import { findRulesByCounts, findRulesByItem, type PackMembership } from './packMembership.ts';

/** A pack in a source account and region of an aggregator. */
export interface AggregatedPackLocation extends AccountAndRegion {
  readonly aggregator: string;
  readonly pack: string;
}

/** A rule of an aggregator, and the failing resources that have been read. */
export interface RuleWithResources {
  /** The deployed name. */
  readonly name: string;
  /** A `ComplianceType`, or another value as it came. */
  readonly compliance: string | undefined;
  /** The number of failing resources that AWS Config has counted, or that have been loaded. */
  readonly failing: number;
  /** Whether there may be more: AWS Config counts up to a cap, or not at all. */
  readonly hasMoreFailing: boolean;
  /** The failing resources; undefined until they are requested. */
  readonly resources: PagedList<Evaluation> | undefined;
}

/**
 * Reads the rules of a pack in an account and region through an aggregator, and which rules belong to the pack. The
 * failing resources of a rule are read on request only.
 */
export class AggregatedPackRules {
  readonly store: ConnectionStore;
  /** All rules of the account and region (DescribeAggregateComplianceByConfigRules). */
  readonly rules: PagedList<AggregateRule>;
  /** The pack's configuration item (SelectAggregateResourceConfig). */
  readonly items: PagedList<PackItem>;
  /** All packs of the account and region with their rule counts. */
  readonly rows: PagedList<AggregateRow>;
  readonly #location: AggregatedPackLocation;
  readonly #onChange: (list: List<unknown>) => void;
  readonly #resources = new Map<string, PagedList<Evaluation>>();
  #isStarted = false;

  /** `onChange` is called when a load starts, publishes rows or ends. The store reports changes of `rows` itself. */
  constructor(store: ConnectionStore, location: AggregatedPackLocation, onChange: (list: List<unknown>) => void) {
    const { aggregator, account, region, pack } = location;
    this.store = store;
    this.#location = location;
    this.#onChange = onChange;
    this.rules = new PagedList(
      store.getOrganizationPages((source, request) =>
        source.listAggregateRules(request, aggregator, { account, region }),
      ),
      (row) => getPackKey(row, row.rule),
      () => onChange(this.rules),
      { isEager: true },
    );
    this.items = new PagedList(
      store.getOrganizationPages((source, request) =>
        source.listPackItems(request, aggregator, { account, region }, pack),
      ),
      (item) => getPackKey(item, item.pack),
      () => onChange(this.items),
      { isEager: true },
    );
    this.rows = store.getAggregateRows(aggregator, { account, region });
  }

  /** Starts the loads that have not been started, except for failed ones. */
  ensureLoaded(): void {
    this.#isStarted = true;
    this.rules.ensureLoaded();
    this.items.ensureLoaded();
    if (this.rows.errors.length === 0) void this.rows.loadAll();
  }

  /** Continues cancelled and failed loads. */
  loadMore(): void {
    this.#isStarted = true;
    for (const list of [this.rules, this.items]) void list.loadMore();
    void this.rows.loadAll();
    for (const list of this.#resources.values()) void list.retry();
  }

  refresh(): void {
    this.#isStarted = true;
    for (const list of this.#getLists()) void list.refresh();
  }

  cancel(): void {
    for (const list of this.#getLists()) list.cancel();
  }

  /** Loads the first `count` failing resources of a rule (GetAggregateComplianceDetailsByConfigRule). */
  loadResources(rule: string, count: number): void {
    const { aggregator, account, region } = this.#location;
    const list: PagedList<Evaluation> =
      this.#resources.get(rule) ??
      new PagedList(
        this.store.getOrganizationPages((source, request) =>
          source.listAggregateEvaluations(request, aggregator, { rule, account, region }, 'NON_COMPLIANT'),
        ),
        getEvaluationKey,
        () => this.#onChange(list),
      );
    this.#resources.set(rule, list);
    void list.loadUpTo(count);
  }

  /** The rule that a list of failing resources belongs to; undefined for any other list. */
  findRuleOf(list: List<unknown>): string | undefined {
    return [...this.#resources].find(([, each]) => each === list)?.[0];
  }

  get isLoading(): boolean {
    return [this.rules, this.items, this.rows].some(({ state }) => state === 'loading');
  }

  /** Whether reading the rules, and what tells which of them belong to the pack, has ended or failed. */
  get isSettled(): boolean {
    const isSettled = ({ isComplete, errors }: List<unknown>) => isComplete || errors.length > 0;
    return isSettled(this.rules) && (this.items.rows.length > 0 || (isSettled(this.items) && isSettled(this.rows)));
  }

  /** The failing resources of a rule; undefined until they are requested. */
  getResources(rule: string): PagedList<Evaluation> | undefined {
    return this.#resources.get(rule);
  }

  get resourceErrors(): readonly ComplianceError[] {
    return [...this.#resources.values()].flatMap(({ errors }) => errors);
  }

  /** Aborts all loads but those that the store shares. */
  close(): void {
    for (const list of [this.rules, this.items, ...this.#resources.values()]) list.cancel();
  }

  get errors(): readonly ComplianceError[] {
    return this.#getLists().flatMap(({ errors }) => errors);
  }

  /** The pack's row; undefined before it has been read, or if the aggregator does not list the pack. */
  findRow(): AggregateRow | undefined {
    return this.rows.rows.find(({ pack }) => pack === this.#location.pack);
  }

  /** Which rules belong to the pack. Undefined until the lists that tell have been read, or their loads have ended. */
  findMembership(): PackMembership | undefined {
    if (!this.#isStarted || isPending(this.rules) || isPending(this.items)) return undefined;
    const [item] = this.items.rows;
    const byItem = item && findRulesByItem(this.rules.rows, item);
    if (byItem) return byItem;
    if (isPending(this.rows)) return undefined;
    const isRead = this.rules.isComplete && this.rows.isComplete && !this.rows.isRestored;
    const byCounts = isRead ? findRulesByCounts(this.rules.rows, this.rows.rows, this.#location.pack) : undefined;
    return byCounts ?? { evidence: 'none', rules: this.rules.rows };
  }

  /** Joins a rule with its failing resources, as far as they have been loaded. */
  describeRule({ rule: name, compliance, resources: count, isCapped }: AggregateRule): RuleWithResources {
    const resources = this.#resources.get(name);
    // An unknown state may be one of failure.
    const mayFail = compliance === 'NON_COMPLIANT' || (compliance !== undefined && !isComplianceType(compliance));
    const loaded = resources?.rows.length ?? 0;
    if (resources?.isComplete && loaded > 0)
      return { name, compliance, failing: loaded, hasMoreFailing: false, resources };
    const counted = compliance === 'NON_COMPLIANT' ? (count ?? 0) : 0;
    const isUnknown = mayFail && (counted === 0 || isCapped || loaded > counted);
    return { name, compliance, failing: Math.max(counted, loaded), hasMoreFailing: isUnknown, resources };
  }

  #getLists(): readonly List<unknown>[] {
    return [this.rules, this.items, this.rows, ...this.#resources.values()];
  }
}

/** Whether the first load of a list is in progress. During a refresh, the earlier rows still count. */
const isPending = ({ state, isComplete, isRestored }: List<unknown>): boolean =>
  state === 'loading' && (!isComplete || isRestored);
