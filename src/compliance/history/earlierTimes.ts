import type { StoredVisit } from './historyStorage.ts';

/** The beginning of the local day of a time, both in epoch milliseconds. */
export const getStartOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** The local day `days` before that of `now`: its first moment, and the last before the next day. */
function getDay(now: number, days: number): { readonly start: number; readonly end: number } {
  const date = new Date(getStartOfDay(now));
  date.setDate(date.getDate() - days);
  const start = date.getTime();
  date.setDate(date.getDate() + 1);
  return { start, end: date.getTime() - 1 };
}

/**
 * Until when the last visit counts, epoch milliseconds: the newest reading of an earlier day, or else of an earlier
 * session. Undefined if there is neither.
 */
export function getLastVisitTime(visits: readonly StoredVisit[], now: number, startedAt: number): number | undefined {
  const times = visits.filter(({ isGap }) => !isGap).map(({ readAt }) => readAt);
  const findBefore = (limit: number) =>
    times.reduce<number | undefined>((latest, time) => pickLater(latest, time, limit), undefined);
  return findBefore(getStartOfDay(now)) ?? findBefore(startedAt);
}

const pickLater = (latest: number | undefined, time: number, limit: number): number | undefined =>
  time < limit && (latest === undefined || time > latest) ? time : latest;

/** A time to compare with: the last visit, yesterday, a week ago, or a date. */
export type Since = 'lastVisit' | 'yesterday' | 'week' | Date;

/**
 * The latest time of the readings to compare with, epoch milliseconds: the end of yesterday, or of the day a week ago.
 * Undefined for the last visit if there is none.
 */
export function getBaselineEnd(
  since: Since,
  visits: readonly StoredVisit[],
  now: number,
  startedAt: number,
): number | undefined {
  if (since === 'lastVisit') return getLastVisitTime(visits, now, startedAt);
  if (since === 'yesterday') return getDay(now, 1).end;
  if (since === 'week') return getDay(now, 7).end;
  return since.getTime();
}
