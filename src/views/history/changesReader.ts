import { captureVisits } from '../../compliance/history/captureVisits.ts';
import { compareScope, type ScopeChanges } from '../../compliance/history/compareScopes.ts';
import { getUntil, type Since } from '../../compliance/history/earlierTimes.ts';
import type { History } from '../../compliance/history/history.ts';
import { readKnownAt, type StoredVisit } from '../../compliance/history/historyStorage.ts';
import { type AccountAndRegion, getScopeKey, isGap, type Visit } from '../../compliance/history/reading.ts';
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
    results.map(async ({ scope }) => [getScopeKey(scope), await history.storage.list(scope)] as const),
  );
  return { connections: results, visits: new Map(entries), failures };
}

/** Reads the packs, and the rules that an earlier reading has, and compares them with that. */
export async function readChanges(
  history: History,
  { connections, visits }: ComparableScopes,
  since: Since,
  now: number,
  signal?: AbortSignal,
): Promise<ReadChanges> {
  const byScope = Map.groupBy(connections, ({ scope }) => getScopeKey(scope));
  const scopes = await Promise.all(
    [...byScope].map(async ([key, resolved]) => {
      const [first] = resolved;
      const scope: AccountAndRegion = { account: first?.scope.account ?? '', region: first?.scope.region ?? '' };
      const until = getUntil(since, visits.get(key) ?? [], now, history.startedAt);
      const before = until === undefined ? [] : await readKnownAt(history.storage, scope, until);
      await Promise.all(resolved.map(({ store }) => readAgain(store, before, signal)));
      await history.flush();
      return compareScope(
        scope,
        before,
        resolved.flatMap(({ store }) => captureVisits(store)),
      );
    }),
  );
  const failures = connections.flatMap(({ store }) =>
    toReadFailures(store, 'the packs', store.getPackList(defaultPackOrder).errors),
  );
  return { scopes, failures };
}

async function readAgain(store: ConnectionStore, before: readonly Visit[], signal?: AbortSignal): Promise<void> {
  await store.getPackList(defaultPackOrder).loadAll(signal);
  const packs = new Map([...store.getLoadedPacks()].map(({ name, deployment }) => [deployment?.id, name]));
  const names = before.flatMap((visit) =>
    !isGap(visit) && visit.kind === 'rules' ? (packs.get(visit.packId) ?? []) : [],
  );
  await Promise.all(names.slice(0, maxRuleLists).map((name) => store.getRuleList(name).loadAll(signal)));
}
