import type { AccountAndRegion } from '../model.ts';
import { isGap, type Visit } from './reading.ts';

/** A stored visit without its rows. */
export interface StoredVisit {
  /** Identifies the file. */
  readonly id: string;
  /** The same for all visits of one list. */
  readonly listHash: string;
  /** Epoch milliseconds. */
  readonly readAt: number;
  readonly isGap: boolean;
}

/** Stores visits across sessions. The methods never reject: without a history, there is nothing to compare with. */
export interface HistoryStorage {
  /** All stored visits of an account and region, in no order. */
  list(scope: AccountAndRegion): Promise<readonly StoredVisit[]>;
  /** Reads a visit; undefined if it is gone, damaged or of another account or region. */
  read(scope: AccountAndRegion, visit: StoredVisit): Promise<Visit | undefined>;
  write(visit: Visit): Promise<void>;
}

/**
 * What was known of an account and region at a time: of each list the last reading until then, and the last gap if it
 * is later than that.
 */
export async function readLatestVisits(
  storage: HistoryStorage,
  scope: AccountAndRegion,
  until: number,
): Promise<readonly Visit[]> {
  const stored = (await storage.list(scope)).filter(({ readAt }) => readAt <= until);
  const byList = Map.groupBy(stored, ({ listHash }) => listHash);
  const visits = await Promise.all([...byList.values()].map((each) => readLatest(storage, scope, each)));
  return visits.flat();
}

/** Goes back until a reading that can be read. */
async function readLatest(storage: HistoryStorage, scope: AccountAndRegion, stored: readonly StoredVisit[]) {
  const visits: Visit[] = [];
  for (const each of stored.toSorted((a, b) => b.readAt - a.readAt)) {
    if (each.isGap && visits.length > 0) continue;
    const visit = await storage.read(scope, each);
    if (visit) visits.push(visit);
    if (visit && !isGap(visit)) break;
  }
  return visits;
}
