import { formatCount } from './format.ts';
import { formatUtcTime } from './time.ts';

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

/**
 * Formats a time for a text that is read later, such as `2026-01-15 04:00:00 UTC (3 hours old when read)`. Both parameters
 * are epoch milliseconds; `readAt` is when its value was read.
 */
export const formatTimeWithAge = (time: number, readAt: number): string =>
  `${formatUtcTime(time)} (${formatElapsed(time, readAt) ?? 'less than a minute'} old when read)`;

/** Formats the time since another, such as `3 hours`; undefined below a minute. */
function formatElapsed(time: number, now: number): string | undefined {
  const elapsed = Math.max(0, now - time);
  for (const [unit, length] of ageUnits) {
    const count = Math.floor(elapsed / length);
    if (count >= 1) return formatCount(count, unit);
  }
  return undefined;
}
