/** The last visits of a list are all kept, however close together. */
const lastVisits = 8;
const day = 86_400_000;
/** Of these days, the last visit of each is kept. */
const daysKept = 30;
/** Of these weeks, the last visit of each is kept. */
const weeksKept = 52;

/**
 * Which visits of one list to keep, of times in epoch milliseconds: the last eight, the last of each day for 30 days,
 * and the last of each week for a year. Days are those of UTC.
 */
export function selectVisitsToKeep(times: readonly number[], now: number): ReadonlySet<number> {
  const latestFirst = times.toSorted((a, b) => b - a);
  const kept = new Set(latestFirst.slice(0, lastVisits));
  for (const [length, count] of [
    [day, daysKept],
    [7 * day, weeksKept],
  ] as const) {
    const periods = new Set<number>();
    for (const time of latestFirst) {
      const period = Math.floor(time / length);
      if (time < now - count * length || periods.has(period)) continue;
      periods.add(period);
      kept.add(time);
    }
  }
  return kept;
}
