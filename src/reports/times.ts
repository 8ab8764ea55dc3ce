import { formatElapsed } from '../compliance/text/age.ts';
import { formatIsoTime } from '../compliance/text/time.ts';

// Times in texts that are read later: they stay true.

/** Formats epoch milliseconds to read, such as `2026-01-15 04:00:00 UTC`. It wraps at spaces. */
export const formatUtcTime = (time: number): string => `${formatIsoTime(time).slice(0, -5).replace('T', ' ')} UTC`;

/** Formats an optional time like `formatUtcTime`; `unknown` if it is undefined. */
export const formatUtcTimeOrUnknown = (time: number | undefined): string =>
  time === undefined ? 'unknown' : formatUtcTime(time);

/**
 * Formats a time for a text that is read later, such as `2026-01-15 04:00:00 UTC (3 hours old when read)`. Both parameters
 * are epoch milliseconds; `readAt` is when its value was read.
 */
export const formatTimeWithAge = (time: number, readAt: number): string =>
  `${formatUtcTime(time)} (${formatElapsed(time, readAt) ?? 'less than a minute'} old when read)`;
