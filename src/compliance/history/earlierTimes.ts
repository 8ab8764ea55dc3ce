import type { StoredVisit } from './historyStorage.ts';

/** The beginning of the local day of a time, both in epoch milliseconds. */
export const getStartOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** The last moment of the local day `days` before that of `time`, both in epoch milliseconds. */
export function getEndOfDay(time: number, days = 0): number {
  const date = new Date(time);
  // Where clocks change at midnight, a day may begin at one or have its last hour twice: noon is there once.
  date.setHours(12);
  date.setDate(date.getDate() - days);
  return date.setHours(24, 0, 0, 0) - 1;
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
  if (since === 'yesterday') return getEndOfDay(now, 1);
  if (since === 'week') return getEndOfDay(now, 7);
  return since.getTime();
}
