import { formatCount } from './format.ts';

const ageUnits = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Formats how long ago a time was, such as `3 hours ago`. Both parameters are epoch milliseconds. */
export function formatAge(time: number, now: number): string {
  const elapsed = formatElapsed(time, now);
  return elapsed === undefined ? 'just now' : `${elapsed} ago`;
}

/** Formats the time since another, such as `3 hours`; undefined below a minute. Both parameters are epoch milliseconds. */
export function formatElapsed(time: number, now: number): string | undefined {
  const elapsed = Math.max(0, now - time);
  for (const [unit, length] of ageUnits) {
    const count = Math.floor(elapsed / length);
    if (count >= 1) return formatCount(count, unit);
  }
  return undefined;
}
