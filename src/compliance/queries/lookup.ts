import { ComplianceError } from '../errors.ts';
import { matchesScope } from '../filter.ts';
import type { Aggregator, Scope } from '../model.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import { getCancellations, type ReadFailure, toReadFailures } from './readFailures.ts';

/** A connection with a known account and region. */
export interface ResolvedConnection {
  readonly store: ConnectionStore;
  readonly scope: Scope;
}

/** An aggregator and the connection that reads it. */
export interface ResolvedAggregator extends ResolvedConnection {
  readonly aggregator: Aggregator;
}

export interface QueryResult<T> {
  readonly results: readonly T[];
  /** What could not be read, so that results may be missing. */
  readonly failures: readonly ReadFailure[];
}

/** An absent member matches any. */
export interface ScopeFilter {
  readonly account?: string;
  readonly region?: string;
}

/** Finds the connections of an account or region. Loads their identities where needed. Never rejects. */
export async function resolveConnections(
  stores: readonly ConnectionStore[],
  filter: ScopeFilter = {},
  signal?: AbortSignal,
): Promise<QueryResult<ResolvedConnection>> {
  await Promise.all(stores.map(({ identity }) => identity.loadAll(signal)));
  const results = stores.flatMap(getResolvedConnections).filter(({ scope }) => matchesScope(filter, scope));
  const cancellations = stores.flatMap((store) => getCancellations(store, 'the account', store.identity));
  return { results, failures: [...getIdentityFailures(stores), ...cancellations] };
}

/**
 * Why the accounts of connections are unknown or contradict each other. A profile has one account, so that connections
 * of one profile with several accounts were read before and after a change of the credentials.
 */
export function getIdentityFailures(stores: readonly ConnectionStore[]): readonly ReadFailure[] {
  const byProfile = Map.groupBy(stores, ({ connection }) => connection.profile);
  return stores.flatMap((store) => {
    const { errors } = store.identity;
    if (errors.length > 0) return toReadFailures(store, 'the account', errors);
    const group = byProfile.get(store.connection.profile) ?? [];
    const accounts = new Set(group.flatMap(({ identity }) => identity.rows.map(({ account }) => account)));
    return accounts.size > 1 ? toReadFailures(store, 'the account', [createMixedAccountsError()]) : [];
  });
}

const createMixedAccountsError = () =>
  new ComplianceError('accountChanged', 'The credentials changed while the connections were read.');

/** Finds the aggregators that the connections can read, or those with a name. Never rejects. */
export async function resolveAggregators(
  stores: readonly ConnectionStore[],
  name?: string,
  signal?: AbortSignal,
): Promise<QueryResult<ResolvedAggregator>> {
  const loading = stores.map(({ aggregators }) => aggregators.loadAll(signal));
  const [connections] = await Promise.all([resolveConnections(stores, {}, signal), ...loading]);
  const results = stores
    .flatMap(getLoadedAggregators)
    .filter(({ aggregator }) => (name ?? aggregator.name) === aggregator.name);
  const failures = connections.results.flatMap(({ store }) => [
    ...toReadFailures(store, 'the aggregators', store.aggregators.errors),
    ...getCancellations(store, 'the aggregators', store.aggregators),
  ]);
  return { results, failures: [...connections.failures, ...failures] };
}

/** Returns the aggregators loaded so far. */
export const getLoadedAggregators = (store: ConnectionStore): ResolvedAggregator[] =>
  getResolvedConnections(store).flatMap((connection) =>
    store.aggregators.rows.map((aggregator) => ({ ...connection, aggregator })),
  );

/** Returns the connection with its scope, or nothing if the identity has not been loaded. */
export const getResolvedConnections = (store: ConnectionStore): ResolvedConnection[] =>
  store.identity.rows.map((scope) => ({ store, scope }));

/** Several connections can read the same aggregator. */
export function selectDistinctAggregators(aggregators: readonly ResolvedAggregator[]): readonly ResolvedAggregator[] {
  const getKey = ({ scope, aggregator }: ResolvedAggregator) => `${scope.account}/${scope.region}/${aggregator.name}`;
  return [...new Map(aggregators.map((each) => [getKey(each), each])).values()];
}

/** Whether the load of a connection's aggregators was cancelled, or has not started. */
export const hasUnreadAggregators = ({ aggregators }: ConnectionStore): boolean => aggregators.state === 'idle';
