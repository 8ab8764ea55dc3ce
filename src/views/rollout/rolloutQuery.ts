import { matchesScope } from '../../compliance/filter.ts';
import { getPackKey, type Scope } from '../../compliance/model.ts';
import {
  getIdentityFailures,
  getResolvedConnections,
  resolveConnections,
  type ScopeFilter,
} from '../../compliance/queries/lookup.ts';
import { getCancellations, type ReadFailure } from '../../compliance/queries/readFailures.ts';
import { compareRollouts } from '../../compliance/queries/rollout.ts';
import { RolloutReader, type ScopedRollout } from '../../compliance/queries/rolloutReader.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatScope } from '../../compliance/text/format.ts';

/** Which packs to read. An absent member matches any; `name` is the organization's name of a pack. */
export interface OrganizationPackFilter extends ScopeFilter {
  readonly name?: string;
}

/** An account and region in which the organization deploys no pack. */
export interface EmptyScope {
  readonly scope: Scope;
  /** Epoch milliseconds. */
  readonly readAt: number;
}

/** Queries the organization's packs in the region of each connection. Results are available at any time. */
export class RolloutQuery {
  readonly #getStores: () => readonly ConnectionStore[];
  readonly #filter: OrganizationPackFilter;
  readonly #onChange: () => void;
  readonly #readers = new WeakMap<ConnectionStore, RolloutReader>();

  /** `getStores` returns other stores after a reset. `onChange` is called when rows arrive and loads start or end. */
  constructor(getStores: () => readonly ConnectionStore[], filter: OrganizationPackFilter, onChange: () => void) {
    this.#getStores = getStores;
    this.#filter = filter;
    this.#onChange = onChange;
  }

  /** Loads what is missing. Never rejects. */
  async run(signal?: AbortSignal): Promise<void> {
    await Promise.all(
      this.#getStores().map(async (store) => {
        const { results } = await resolveConnections([store], this.#filter, signal);
        if (results.length > 0 && !signal?.aborted) await this.#getReader(store).load(signal);
      }),
    );
  }

  /** The packs that have been read so far, worst first. Two profiles can belong to the same account. */
  getRollouts(): readonly ScopedRollout[] {
    const rollouts = this.#getMatchingStores().flatMap((store) => this.#getReader(store).getRollouts());
    const completeLast = [...rollouts].sort((a, b) => Number(a.rollout.isComplete) - Number(b.rollout.isComplete));
    const distinct = new Map(completeLast.map((each) => [getRolloutKey(each), each]));
    return [...distinct.values()].sort(
      (a, b) => compareRollouts(a.rollout, b.rollout) || (getRolloutKey(a) < getRolloutKey(b) ? -1 : 1),
    );
  }

  /** The accounts and regions that answered without a pack. */
  getEmptyScopes(): readonly EmptyScope[] {
    const empty = this.#getMatchingStores().flatMap((store) => {
      const readAt = this.#getReader(store).getKnownEmptyAt();
      return readAt === undefined ? [] : store.identity.rows.map((scope) => ({ scope, readAt }));
    });
    return [...new Map(empty.map((each) => [formatScope(each.scope), each])).values()];
  }

  /** What could not be read. */
  getFailures(): readonly ReadFailure[] {
    return [
      ...this.#getIdentityFailures(),
      ...this.#getMatchingStores().flatMap((store) => this.#getReader(store).getFailures()),
    ];
  }

  /** The failures and the cancelled loads that make the results incomplete. */
  getBlockingFailures(): readonly ReadFailure[] {
    return [
      ...this.#getIdentityFailures(),
      ...this.#getStores().flatMap((store) => getCancellations(store, 'the account', store.identity)),
      ...this.#getMatchingStores().flatMap((store) => this.#getReader(store).getBlockingFailures()),
    ];
  }

  /** Whether a connection covers the account and region of the filter. */
  hasConnection(): boolean {
    return this.#getMatchingStores().length > 0;
  }

  /** Once the only requested scope is resolved, connections that failed to resolve don't matter. */
  #getIdentityFailures(): readonly ReadFailure[] {
    const { account, region } = this.#filter;
    const isResolved = account !== undefined && region !== undefined && this.hasConnection();
    return isResolved ? [] : getIdentityFailures(this.#getStores());
  }

  #getMatchingStores(): readonly ConnectionStore[] {
    return this.#getStores().filter((store) =>
      getResolvedConnections(store).some(({ scope }) => matchesScope(this.#filter, scope)),
    );
  }

  #getReader(store: ConnectionStore): RolloutReader {
    const existing = this.#readers.get(store);
    if (existing) return existing;
    const reader = new RolloutReader(store, this.#filter.name, this.#onChange);
    this.#readers.set(store, reader);
    return reader;
  }
}

/** Identifies a pack across updates. */
export const getRolloutKey = ({ scope, rollout }: ScopedRollout): string => getPackKey(scope, rollout.pack);
