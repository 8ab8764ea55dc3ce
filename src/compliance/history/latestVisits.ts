import type { AccountAndRegion } from '../model.ts';
import {
  type Gap,
  getListId,
  getListKey,
  getScopeKey,
  isGap,
  type ListId,
  type Reading,
  type Visit,
} from './reading.ts';

/** The latest visit of each list in one account and region. */
export class LatestVisits {
  readonly readings = new Map<string, Reading>();
  readonly gaps = new Map<string, Gap>();

  constructor(scope: AccountAndRegion, visits: readonly Visit[]) {
    for (const visit of visits.toSorted((a, b) => a.readAt - b.readAt)) {
      if (getScopeKey(visit.scope) !== getScopeKey(scope)) continue;
      const key = getListKey(getListId(visit));
      if (isGap(visit)) {
        this.gaps.set(key, visit);
      } else {
        this.readings.set(key, visit);
        this.gaps.delete(key);
      }
    }
  }

  getListIds(): readonly ListId[] {
    return [...this.readings.values(), ...this.gaps.values()].map(getListId);
  }
}
