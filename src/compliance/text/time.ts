/** Formats epoch milliseconds as ISO 8601. */
export const formatIsoTime = (time: number): string => new Date(time).toISOString();

/** Formats an optional time like `formatIsoTime`; null if it is undefined. */
export const formatIsoTimeOrNull = (time: number | undefined): string | null =>
  time === undefined ? null : formatIsoTime(time);

/** Formats epoch milliseconds to read, such as `2026-01-15 04:00:00 UTC`. It wraps at spaces. */
export const formatUtcTime = (time: number): string => `${formatIsoTime(time).slice(0, -5).replace('T', ' ')} UTC`;

/** Formats an optional time like `formatUtcTime`; `unknown` if it is undefined. */
export const formatUtcTimeOrUnknown = (time: number | undefined): string =>
  time === undefined ? 'unknown' : formatUtcTime(time);

/** Formats epoch milliseconds as a local time of day, such as `10:42:07`. */
export const formatTimeOfDay = (time: number): string => new Date(time).toTimeString().slice(0, 8);
