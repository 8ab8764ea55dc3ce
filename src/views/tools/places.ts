import type { ComplianceError } from '../../compliance/errors.ts';
import type { Pack } from '../../compliance/model.ts';
import { type ResolvedConnection, resolveConnections, type ScopeFilter } from '../../compliance/queries/lookup.ts';
import { packListsFor } from '../../compliance/queries/packLists.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';
import { formatScore } from '../../compliance/text/format.ts';
import { cutAt, location, type NotRead, notRead, timestamps } from './tool.ts';

/** More places than these are told of by their number. */
const maxPlaces = 50;

/** A connection's own account and region, and what it says of the packs that were asked for. */
export interface ReadPlace extends ResolvedConnection {
  readonly packs: readonly Pack[];
  readonly readAt: number | undefined;
  readonly complete: boolean;
  readonly errors: readonly ComplianceError[];
}

/** Reads the packs of each account and region once, those of a name or all. */
export async function readPlaces(
  stores: readonly ConnectionStore[],
  query: ScopeFilter,
  name: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly places: readonly ReadPlace[]; readonly notRead: readonly NotRead[] }> {
  const { results, failures } = await resolveConnections(stores, query, signal);
  const read = await Promise.all(results.map((owned) => readPlace(owned, name, signal)));
  // Of two connections to one place, the one that may read more speaks for it.
  const best = read.sort((a, b) => a.errors.length - b.errors.length);
  const places = [...Map.groupBy(best, ({ scope }) => `${scope.account}/${scope.region}`).values()];
  const failed = places.flatMap(
    ([place]) => place?.errors.map((error) => notReadThere('the packs', place, error)) ?? [],
  );
  const nowhere = results.length === 0 && failures.length === 0 ? [nobodyAt(query)] : [];
  return {
    places: places.flatMap(([place]) => place ?? []),
    notRead: [...failures.map((failure) => notRead(failure)), ...failed, ...nowhere],
  };
}

async function readPlace(owned: ResolvedConnection, name: string | undefined, signal: AbortSignal): Promise<ReadPlace> {
  const lists = packListsFor(owned.store, name === undefined ? undefined : [name]);
  await Promise.all(lists.map((list) => list.loadAll(signal)));
  return {
    ...owned,
    packs: lists.flatMap(({ rows }) => rows).filter((pack) => name === undefined || pack.name === name),
    readAt: lists[0]?.readAt,
    complete: lists.every(({ complete }) => complete),
    errors: lists.flatMap(({ errors }) => errors),
  };
}

/** What a failure kept from being read in a place. */
export const notReadThere = (what: string, { store, scope }: ResolvedConnection, error: ComplianceError): NotRead =>
  notRead({ connection: store.connection, what, error }, scope);

const nobodyAt = ({ account = 'any account', region = 'any region' }: ScopeFilter): NotRead => ({
  what: `the packs of ${account} in ${region}`,
  reason: 'No connection of the settings answers for this place.',
  advice: 'Add one with Packscope: Select Connections…, or ask an aggregator.',
});

/** Where was looked, as an answer tells it. */
export const placesTold = (places: readonly ReadPlace[], now: number) =>
  places.slice(0, maxPlaces).map(({ store, scope, readAt }) => ({
    ...location(store.connection, scope),
    ...timestamps('read', readAt, now),
  }));

/** What is cut of the places themselves. */
export function cutPlaces(places: readonly ReadPlace[]): string[] {
  const unfinished = places.filter(({ complete, errors }) => !complete && errors.length === 0).length;
  return [
    ...cutAt(Math.min(places.length, maxPlaces), places.length, 'places', 'ask for one account or region'),
    ...(unfinished > 0 ? [`The packs of ${unfinished} places were not read to their end: ask again.`] : []),
  ];
}

/** A pack's score and deployment, as an answer tells them. */
export function toPackResult(
  { name, score, deployment }: Pack,
  { store, scope, readAt, complete }: ReadPlace,
  now: number,
) {
  return {
    name,
    ...location(store.connection, scope),
    score: score?.percent ?? null,
    scoreText: score || complete ? formatScore(score) : 'not read',
    ...timestamps('scoreComputed', score?.updatedAt, now),
    deployment: deployment
      ? { state: deployment.state, ...(deployment.reason !== undefined && { reason: deployment.reason }) }
      : null,
    ...timestamps('read', readAt, now),
  };
}
