import type { ComplianceError } from '../errors.ts';
import { matchesScope } from '../filter.ts';
import type { Aggregator, Scope } from '../model.ts';
import type { Connection } from '../source.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';

/** A connection whose account and region are known. */
export interface ResolvedConnection {
  readonly store: ConnectionStore;
  readonly scope: Scope;
}

/** An aggregator, and the connection that reads it. */
export interface ResolvedAggregator extends ResolvedConnection {
  readonly aggregator: Aggregator;
}

/** Something that could not be read, which an honest answer names. */
export interface ReadFailure {
  readonly connection: Connection;
  /** What would have been read, such as `the aggregators`. */
  readonly what: string;
  readonly error: ComplianceError;
}

/** What was found, and what could not be looked at. */
export interface QueryResult<T> {
  readonly results: readonly T[];
  readonly failures: readonly ReadFailure[];
}

/** An account and a region; what is absent may be any. */
export interface ScopeFilter {
  readonly account?: string;
  readonly region?: string;
}

/** The connections that answer for a place; asks whose each is where that is not known. Never rejects. */
export async function resolveConnections(
  stores: readonly ConnectionStore[],
  place: ScopeFilter = {},
  signal?: AbortSignal,
): Promise<QueryResult<ResolvedConnection>> {
  await Promise.all(stores.map(({ scope }) => scope.loadAll(signal)));
  const results = stores.flatMap(resolvedConnections).filter(({ scope }) => matchesScope(place, scope));
  return { results, failures: stores.flatMap((store) => toReadFailures(store, 'the identity', store.scope.errors)) };
}

/** The aggregators that the connections can read, or those of one name. Never rejects. */
export async function resolveAggregators(
  stores: readonly ConnectionStore[],
  name?: string,
  signal?: AbortSignal,
): Promise<QueryResult<ResolvedAggregator>> {
  const loading = stores.map(({ aggregators }) => aggregators.loadAll(signal));
  const [owned] = await Promise.all([resolveConnections(stores, {}, signal), ...loading]);
  const results = stores
    .flatMap(loadedAggregators)
    .filter(({ aggregator }) => (name ?? aggregator.name) === aggregator.name);
  const denied = owned.results.flatMap(({ store }) =>
    toReadFailures(store, 'the aggregators', store.aggregators.errors),
  );
  return { results, failures: [...owned.failures, ...denied] };
}

/** The aggregators of a connection that are known so far. */
export const loadedAggregators = (store: ConnectionStore): ResolvedAggregator[] =>
  resolvedConnections(store).flatMap((owned) => store.aggregators.rows.map((aggregator) => ({ ...owned, aggregator })));

/** Whose a connection is, where that is known. */
export const resolvedConnections = (store: ConnectionStore): ResolvedConnection[] =>
  store.scope.rows.map((scope) => ({ store: store, scope }));

/** The errors of a connection's list, as what they kept from being read. */
export const toReadFailures = (
  { connection }: ConnectionStore,
  what: string,
  errors: readonly ComplianceError[],
): readonly ReadFailure[] => errors.map((error) => ({ connection, what, error }));
