import type { ComplianceError } from '../errors.ts';
import { getPackKey, getScoreCompliance, type Pack, type Scope } from '../model.ts';
import { isKnownEmpty } from '../paging/list.ts';
import type { Connection } from '../source.ts';
import type { ConnectionStore } from '../store/connectionStore.ts';
import type { PackList } from '../store/packList.ts';

/** The loaded packs of a connection's scope, compared with a target score. */
export interface ConnectionSummary {
  readonly connection: Connection;
  /** Undefined until the identity has been read. */
  readonly scope: Scope | undefined;
  readonly packs: readonly Pack[];
  /** The packs with a published score below the target, worst first. */
  readonly packsBelowTarget: readonly Pack[];
  /** Whether `packsBelowTarget` is complete, even if other packs are not loaded. Without packs: whether there are none. */
  readonly hasAllBelowTarget: boolean;
  /** Whether `packs` includes every pack with a published score below 100. */
  readonly hasAllNonCompliant: boolean;
  /** When the oldest of the packs was read, epoch milliseconds. */
  readonly readAt: number | undefined;
  /** Whether the identity or packs are loading. */
  readonly isLoading: boolean;
  /** The error of the identity, else any that a sign-in would solve, else the error of the packs. */
  readonly error: ComplianceError | undefined;
}

/** Compares the loaded packs of a connection with a target score, 0–100. Issues no requests. */
export function summarize(store: ConnectionStore, target: number): ConnectionSummary {
  const { connection, identity } = store;
  const [scope] = identity.rows;
  const packLists = store.getPackLists();
  const lastUnfiltered = packLists.findLast(({ isUnfiltered }) => isUnfiltered);
  const loadedPacks = new Map(
    packLists.flatMap(({ rows, readAt }) => rows.map((pack) => [pack.name, { pack, readAt }] as const)),
  );
  const entries = scope ? [...loadedPacks.values()] : [];
  const packs = entries.map(({ pack }) => pack);
  const hasAllBelowScore = (score: number) =>
    scope !== undefined && lastUnfiltered !== undefined && hasAllBelow(lastUnfiltered, score);
  const times = entries.flatMap(({ readAt }) => readAt ?? []);
  return {
    connection,
    scope,
    packs,
    packsBelowTarget: packs.filter((pack) => getPercent(pack) < target).sort((a, b) => getPercent(a) - getPercent(b)),
    hasAllBelowTarget: hasAllBelowScore(target),
    hasAllNonCompliant: hasAllBelowScore(100),
    readAt: times.length > 0 ? times.reduce((oldest, time) => Math.min(oldest, time)) : lastUnfiltered?.readAt,
    isLoading: [identity, ...packLists].some(({ state }) => state === 'loading'),
    error: identity.errors[0] ?? store.findSignedOutError() ?? lastUnfiltered?.errors[0],
  };
}

/** The scores alone do not tell that there are no packs, and neither does what was read before an error. */
const hasAllBelow = (list: PackList, target: number): boolean =>
  list.rows.length > 0 ? list.hasAllBelow(target) : isKnownEmpty(list);

/** Whether a score has been loaded, or all packs have, even if there are none. */
export const hasScores = ({ packs, hasAllBelowTarget }: ConnectionSummary): boolean =>
  hasAllBelowTarget || packs.some(({ score }) => score !== undefined);

/** The packs with a published score below 100. */
export const getNonCompliantPacks = ({ packs }: ConnectionSummary): readonly Pack[] =>
  packs.filter(({ score }) => getScoreCompliance(score) === 'NON_COMPLIANT');

export interface ScopedPack {
  readonly scope: Scope;
  readonly pack: Pack;
}

/** Collects the packs that `selectPacks` returns. A pack occurs once, even if several connections have its scope. */
export function collectDistinctPacks(
  summaries: readonly ConnectionSummary[],
  selectPacks: (summary: ConnectionSummary) => readonly Pack[],
): readonly ScopedPack[] {
  const entries = summaries.flatMap((summary) => {
    const { scope } = summary;
    return scope ? selectPacks(summary).map((pack) => [getPackKey(scope, pack.name), { scope, pack }] as const) : [];
  });
  return [...new Map(entries).values()];
}

/** A pack without a published number is not below any target. */
const getPercent = ({ score }: Pack): number => score?.percent ?? Number.POSITIVE_INFINITY;
