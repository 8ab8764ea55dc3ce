import { captureVisits, notAllPages } from '../../compliance/history/captureVisits.ts';
import { compareScope, type ScopeChanges } from '../../compliance/history/compareScopes.ts';
import { getBaselineEnd, type Since } from '../../compliance/history/earlierTimes.ts';
import type { History } from '../../compliance/history/history.ts';
import { readLatestVisits, type StoredVisit } from '../../compliance/history/historyStorage.ts';
import { getScopeKey, isGap, type Visit } from '../../compliance/history/reading.ts';
import type { AccountAndRegion } from '../../compliance/model.ts';
import { type ResolvedConnection, resolveConnections, type ScopeFilter } from '../../compliance/queries/lookup.ts';
import { type ReadFailure, toReadFailures } from '../../compliance/queries/readFailures.ts';
import { defaultPackOrder } from '../../compliance/source.ts';
import type { ConnectionStore } from '../../compliance/store/connectionStore.ts';

/** Of the packs with recorded rules, the rules of this many are read to be compared. */
const maxRuleLists = 25;

/** What can be compared: the connections and what is stored of their accounts and regions. */
export interface ComparableScopes {
  readonly connections: readonly ResolvedConnection[];
  readonly visits: ReadonlyMap<string, readonly StoredVisit[]>;
  /** Connections that could not be read. */
  readonly failures: readonly ReadFailure[];
}

/** Differences, and what could not be read now. */
export interface ReadChanges {
  readonly scopes: readonly ScopeChanges[];
  readonly failures: readonly ReadFailure[];
}

/** Finds the connections of an account or region, and what was stored of them before this session's readings. */
export async function findComparable(
  history: History,
  stores: readonly ConnectionStore[],
  filter: ScopeFilter,
  signal?: AbortSignal,
): Promise<ComparableScopes> {
  const { results, failures } = await resolveConnections(stores, filter, signal);
  await history.flush();
  const entries = await Promise.all(
    results.map(
      async ({ scope, store }) =>
        [getScopeKey(scope), store.connection.isSample ? [] : await history.storage.list(scope)] as const,
    ),
  );
  return { connections: results, visits: new Map(entries), failures };
}

/** What to compare with, and how much to read for it. */
export interface ChangesQuery {
  readonly since: Since;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Reads all rules and rows that an earlier reading has, instead of the rules of a few packs. */
  readonly everything?: boolean;
}

/** Reads the packs, and the rules that an earlier reading has, and compares them with that. */
export async function readChanges(
  history: History,
  { connections, visits }: ComparableScopes,
  { since, now, everything = false }: ChangesQuery,
  signal?: AbortSignal,
): Promise<ReadChanges> {
  const byScope = Map.groupBy(connections, ({ scope }) => getScopeKey(scope));
  const scopes = await Promise.all(
    [...byScope].map(async ([key, resolved]) => {
      const [first] = resolved;
      const scope: AccountAndRegion = { account: first?.scope.account ?? '', region: first?.scope.region ?? '' };
      const until = getBaselineEnd(since, visits.get(key) ?? [], now, history.startedAt);
      // Sample data has no history, whatever was read of an account with the same number.
      const readStored = async (time: number) =>
        first?.store.connection.isSample ? [] : readLatestVisits(history.storage, scope, time);
      const before = until === undefined ? [] : await readStored(until);
      await Promise.all(resolved.map(({ store }) => readAgain(store, before, everything, signal)));
      await history.flush();
      // What overviews or other windows have read is only in the storage.
      const stored = (await readStored(Number.POSITIVE_INFINITY)).filter(({ readAt }) => readAt >= history.startedAt);
      return compareScope(scope, before, [...stored, ...resolved.flatMap(({ store }) => captureVisits(store))]);
    }),
  );
  const failures = connections.flatMap(({ store }) =>
    toReadFailures(store, 'the packs', store.getPackList(defaultPackOrder).errors),
  );
  return { scopes, failures };
}

async function readAgain(
  store: ConnectionStore,
  before: readonly Visit[],
  everything: boolean,
  signal?: AbortSignal,
): Promise<void> {
  await store.getPackList(defaultPackOrder).loadAll(signal);
  const packs = new Map([...store.getLoadedPacks()].map(({ name, deployment }) => [deployment?.id, name]));
  const readings = before.flatMap((visit) => (isGap(visit) ? [] : visit));
  const names = readings.flatMap((reading) => (reading.kind === 'rules' ? (packs.get(reading.packId) ?? []) : []));
  const selected = everything ? names : names.slice(0, maxRuleLists);
  await Promise.all(selected.map((name) => store.getRuleList(name).loadAll(signal)));
  if (!everything) return;
  const queries = readings.flatMap((reading) => (reading.kind === 'rows' ? reading : []));
  await Promise.all(
    queries.map(({ aggregator, filter }) => store.getAggregateRows(aggregator, filter).loadAll(signal)),
  );
}

/** Whether something was not compared only because it has not been read in this session, or not to its end. */
export const canLoadMore = (scopes: readonly ScopeChanges[]): boolean =>
  scopes.some(({ notCompared }) =>
    notCompared.some(({ reason }) =>
      reason.kind === 'gap'
        ? reason.when === 'now' && reason.reason === notAllPages
        : reason.kind === 'notReadNow' || reason.kind === 'rowsNotReadNow',
    ),
  );
