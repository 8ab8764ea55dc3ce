import type { ConnectionLists } from './connectionLists.ts';
import type { ComplianceError } from './errors.ts';
import { matchesScope } from './filter.ts';
import type { Aggregator, Scope } from './model.ts';
import type { Connection } from './source.ts';

/** A connection whose account and region are known. */
export interface Owned {
  readonly known: ConnectionLists;
  readonly scope: Scope;
}

/** An aggregator, and the connection that reads it. */
export interface OwnedAggregator extends Owned {
  readonly aggregator: Aggregator;
}

/** Something that could not be read, which an honest answer names. */
export interface Unread {
  readonly connection: Connection;
  /** What would have been read, such as `the aggregators`. */
  readonly what: string;
  readonly error: ComplianceError;
}

/** What was found, and what could not be looked at. */
export interface Found<T> {
  readonly found: readonly T[];
  readonly unread: readonly Unread[];
}

/** An account and a region; what is absent may be any. */
export interface PlaceQuery {
  readonly account?: string;
  readonly region?: string;
}

/** The connections that answer for a place; asks whose each is where that is not known. Never rejects. */
export async function ownedAt(
  lists: readonly ConnectionLists[],
  place: PlaceQuery = {},
  signal?: AbortSignal,
): Promise<Found<Owned>> {
  await Promise.all(lists.map(({ scope }) => scope.all(signal)));
  const found = lists.flatMap(ownedOf).filter(({ scope }) => matchesScope(place, scope));
  return { found, unread: lists.flatMap((known) => unreadOf(known, 'the identity', known.scope.errors)) };
}

/** The aggregators that the connections can read, or those of one name. Never rejects. */
export async function aggregatorsOf(
  lists: readonly ConnectionLists[],
  name?: string,
  signal?: AbortSignal,
): Promise<Found<OwnedAggregator>> {
  const loading = lists.map(({ aggregators }) => aggregators.all(signal));
  const [owned] = await Promise.all([ownedAt(lists, {}, signal), ...loading]);
  const found = lists
    .flatMap(knownAggregators)
    .filter(({ aggregator }) => (name ?? aggregator.name) === aggregator.name);
  const denied = owned.found.flatMap(({ known }) => unreadOf(known, 'the aggregators', known.aggregators.errors));
  return { found, unread: [...owned.unread, ...denied] };
}

/** The aggregators of a connection that are known so far. */
export const knownAggregators = (known: ConnectionLists): OwnedAggregator[] =>
  ownedOf(known).flatMap((owned) => known.aggregators.rows.map((aggregator) => ({ ...owned, aggregator })));

/** Whose a connection is, where that is known. */
export const ownedOf = (known: ConnectionLists): Owned[] => known.scope.rows.map((scope) => ({ known, scope }));

/** The errors of a connection's list, as what they kept from being read. */
export const unreadOf = (
  { connection }: ConnectionLists,
  what: string,
  errors: readonly ComplianceError[],
): readonly Unread[] => errors.map((error) => ({ connection, what, error }));
