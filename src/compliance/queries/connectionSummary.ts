import { type ComplianceError, isSignedOut } from '../errors.ts';
import { type Pack, packKey, type Scope } from '../model.ts';
import type { Connection } from '../source.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';

/** How the packs of one connection's own scope do, as far as it is known. */
export interface ConnectionSummary {
  readonly connection: Connection;
  /** Undefined before it is known whose the connection is. */
  readonly scope: Scope | undefined;
  readonly packs: readonly Pack[];
  /** Those with a published score below the target, worst first. */
  readonly below: readonly Pack[];
  /** Whether no other pack can be below the target. */
  readonly knowsAllBelow: boolean;
  /** When the oldest of the packs was read, epoch milliseconds. */
  readonly readAt: number | undefined;
  /** Whether the identity or packs are being read. */
  readonly loading: boolean;
  /** Why the identity, whatever needed a sign-in, or else the packs could not be read the last time. */
  readonly error: ComplianceError | undefined;
}

/** The standing of a connection against a target score, 0–100; asks nothing. */
export function summarize(store: ConnectionStore, target: number): ConnectionSummary {
  const { connection, scope: scopes, packLists, signedOutError } = store;
  const [scope] = scopes.rows;
  const known = new Map(
    packLists.flatMap(({ rows, readAt }) => rows.map((pack) => [pack.name, { pack, readAt }] as const)),
  );
  const found = scope ? [...known.values()] : [];
  const packs = found.map(({ pack }) => pack);
  const every = packLists.findLast(({ ofAll }) => ofAll);
  const times = found.flatMap(({ readAt }) => readAt ?? []);
  return {
    connection,
    scope,
    packs,
    below: packs.filter((pack) => percentOf(pack) < target).sort((a, b) => percentOf(a) - percentOf(b)),
    knowsAllBelow: scope !== undefined && every?.hasAllBelow(target) === true,
    readAt: times.length > 0 ? times.reduce((oldest, time) => Math.min(oldest, time)) : every?.readAt,
    loading: [scopes, ...packLists].some(({ state }) => state === 'loading'),
    error: scopes.errors[0] ?? signedOutError ?? every?.errors[0],
  };
}

/** Whether anything is known of a connection's scores. */
export const isRead = ({ packs, knowsAllBelow }: ConnectionSummary): boolean =>
  knowsAllBelow || packs.some(({ score }) => score !== undefined);

/** Whether the credentials were missing or had expired when the connection was read last. */
export const standsSignedOut = ({ error }: ConnectionSummary): boolean => isSignedOut(error);

/** A pack in its account and region. */
export interface ScopedPack {
  readonly scope: Scope;
  readonly pack: Pack;
}

/** The packs that `pick` takes of each standing, once where two connections lead to the same account and region. */
export function distinctPacks(
  summaries: readonly ConnectionSummary[],
  pick: (summary: ConnectionSummary) => readonly Pack[],
): readonly ScopedPack[] {
  const placed = summaries.flatMap((summary) => {
    const { scope } = summary;
    return scope ? pick(summary).map((pack) => [packKey(scope, pack.name), { scope, pack }] as const) : [];
  });
  return [...new Map(placed).values()];
}

/** A pack without a published number is never below anything. */
const percentOf = ({ score }: Pack): number => score?.percent ?? Number.POSITIVE_INFINITY;
