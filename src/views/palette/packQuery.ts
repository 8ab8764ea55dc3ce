import { isDenial } from '../../compliance/errors.ts';
import { matchesScope } from '../../compliance/filter.ts';
import { getPackKey, isFailedState, type Pack } from '../../compliance/model.ts';
import type { PackMatch } from '../../compliance/packRef.ts';
import { getOldestReadAt } from '../../compliance/paging/list.ts';
import {
  getIdentityFailures,
  getResolvedConnections,
  type ResolvedConnection,
  resolveConnections,
  type ScopeFilter,
} from '../../compliance/queries/lookup.ts';
import { getCancellations, type ReadFailure, toReadFailures } from '../../compliance/queries/readFailures.ts';
import { defaultPackOrder } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import type { PackList } from '../../compliance/store/packList.ts';
import { formatCount, formatScope } from '../../compliance/text/format.ts';
import { compareByScore } from '../../compliance/text/score.ts';
import type { PickerQuery, PickerResult, QueryContext } from './pickerQuery.ts';

/** What a pack query looks for and how it presents itself. */
export interface PackQueryOptions {
  readonly title: string;
  readonly placeholder: string;
  readonly matches: (pack: Pack) => boolean;
  readonly emptyLabel: string;
  /** The IAM action without which the results are incomplete; undefined if scores or deployments alone are enough. */
  readonly requiredPermission?: string;
}

/** Options to pick any pack. */
export const createAnyPackOptions = (title: string): PackQueryOptions => ({
  title,
  placeholder: 'Type part of a name, account, region or state',
  matches: () => true,
  emptyLabel: 'No conformance packs',
});

export const lowestScoresOptions: PackQueryOptions = {
  ...createAnyPackOptions('Lowest Scores'),
  requiredPermission: 'config:ListConformancePackComplianceScores',
};

export const failedDeploymentsOptions: PackQueryOptions = {
  title: 'Failed Deployments',
  placeholder: 'Type part of a name, state or reason',
  matches: ({ deployment }) => isFailedState(deployment?.state),
  emptyLabel: 'No failed deployments',
  requiredPermission: 'config:DescribeConformancePackStatus',
};

/** An account, a region and an exact name; an absent member matches any. */
export interface PackFilter extends ScopeFilter {
  readonly name?: string;
}

/** Queries the packs of the connections' own scopes: lowest score first, packs without a score last. */
export class PackQuery implements PickerQuery {
  readonly title: string;
  readonly placeholder: string;
  readonly #context: QueryContext;
  readonly #options: PackQueryOptions;
  readonly #scopeFilter: ScopeFilter;
  readonly #name: string | undefined;

  constructor(context: QueryContext, options: PackQueryOptions, { name, ...scopeFilter }: PackFilter = {}) {
    this.title = options.title;
    this.placeholder = options.placeholder;
    this.#context = context;
    this.#options = options;
    this.#scopeFilter = scopeFilter;
    this.#name = name;
  }

  getResults(): readonly PickerResult[] {
    return this.getPacks().map((match) => ({ kind: 'pack', match }));
  }

  /** The packs that have been loaded so far. */
  getPacks(): readonly PackMatch[] {
    const packs = this.#getConnections().flatMap(({ store, scope }) => {
      const { rows, readAt } = this.#getList(store);
      const { connection } = store;
      return rows.filter((pack) => this.#matches(pack)).map((pack) => ({ connection, scope, pack, readAt }));
    });
    // Two profiles can belong to the same account.
    const distinctPacks = new Map(packs.map((match) => [toKey(match), match]));
    return [...distinctPacks.values()].sort(compareMatches);
  }

  getFailures(): readonly ReadFailure[] {
    const connections = this.#getConnections();
    const { account, region } = this.#scopeFilter;
    // Once the only requested scope is resolved, connections that failed to resolve don't matter.
    const isScopeResolved = account !== undefined && region !== undefined && connections.length > 0;
    const unresolved = isScopeResolved ? [] : this.#context.getStores();
    return [
      ...getIdentityFailures(unresolved),
      ...connections.flatMap(({ store }) => toReadFailures(store, 'the packs', this.#getList(store).errors)),
    ];
  }

  /**
   * The failures that make the results of a run incomplete. A denied request for data that the query can do without is
   * none.
   */
  getBlockingFailures(): readonly ReadFailure[] {
    const { requiredPermission } = this.#options;
    const failures = [
      ...this.getFailures(),
      ...this.#context.getStores().flatMap((store) => getCancellations(store, 'the account', store.identity)),
      ...this.#getConnections().flatMap(({ store }) => getCancellations(store, 'the packs', this.#getList(store))),
    ];
    const isOnlyFailure = (failure: ReadFailure) =>
      failures.every((other) => other === failure || other.connection !== failure.connection);
    return failures.filter((failure) => {
      const { error } = failure;
      if (!isDenial(error) || failure.what === 'the account') return true;
      return requiredPermission === undefined
        ? !isOnlyFailure(failure)
        : error.details.permission === requiredPermission;
    });
  }

  describeEmptyResult() {
    const lists = this.#getConnections().map(({ store }) => this.#getList(store));
    return { label: this.#options.emptyLabel, detail: this.#describeScopes(), readAt: getOldestReadAt(lists) };
  }

  /** Whether the load of a list was cancelled. */
  hasMore(): boolean {
    const lists = this.#getConnections().map(({ store }) => this.#getList(store));
    return [...this.#context.getStores().map(({ identity }) => identity), ...lists].some(
      ({ state }) => state === 'idle',
    );
  }

  getLoadedCount(): number {
    return this.getPacks().length;
  }

  async run(signal?: AbortSignal): Promise<void> {
    await Promise.all(
      this.#context.getStores().map(async (store) => {
        const { results } = await resolveConnections([store], this.#scopeFilter, signal);
        if (results.length > 0 && !signal?.aborted) await this.#getList(store).loadAll(signal);
      }),
    );
  }

  #matches(pack: Pack): boolean {
    return (this.#name ?? pack.name) === pack.name && this.#options.matches(pack);
  }

  #getList(store: ConnectionStore): PackList {
    return this.#name === undefined ? store.getPackList(defaultPackOrder) : store.findPackList(this.#name);
  }

  #getConnections(): readonly ResolvedConnection[] {
    return this.#context
      .getStores()
      .flatMap(getResolvedConnections)
      .filter(({ scope }) => matchesScope(this.#scopeFilter, scope));
  }

  #describeScopes(): string {
    const connections = this.#getConnections();
    if (connections.length === 0) return 'None of your connections covers this account and region.';
    const scopes = connections.map(({ scope }) => formatScope(scope)).join(', ');
    const count = connections.reduce((sum, { store }) => sum + this.#getList(store).rows.length, 0);
    return count === 0 ? `Nothing is deployed in ${scopes}.` : `Checked ${formatCount(count, 'pack')} in ${scopes}.`;
  }
}

const toKey = ({ scope, pack }: PackMatch): string => getPackKey(scope, pack.name);

const compareMatches = (a: PackMatch, b: PackMatch): number =>
  compareByScore(a.pack, b.pack) || (toKey(a) < toKey(b) ? -1 : 1);
