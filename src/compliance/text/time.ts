/** Formats epoch milliseconds as ISO 8601. */
export const formatIsoTime = (time: number): string => new Date(time).toISOString();

/** Formats an optional time like `formatIsoTime`; null if it is undefined. */
export const formatIsoTimeOrNull = (time: number | undefined): string | null =>
  time === undefined ? null : formatIsoTime(time);

/** Formats epoch milliseconds as a local time of day, such as `10:42:07`. */
export const formatTimeOfDay = (time: number): string => new Date(time).toTimeString().slice(0, 8);

/** Formats epoch milliseconds as a local day and time, such as `18 Nov 2026, 09:14`. */
export const formatLocalTime = (time: number): string =>
  new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
