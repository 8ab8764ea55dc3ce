import { getEndOfDay, type Since } from './earlierTimes.ts';

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Returns why an argument names no time to compare with, as a sentence; undefined if it is valid. */
export const validateSince = (value: unknown): string | undefined =>
  typeof value === 'string' && parse(value) !== undefined
    ? undefined
    : 'Enter lastVisit, yesterday, week, or a date such as 2026-11-18.';

/** Parses a valid argument. A date means the end of that day, in local time. */
export function parseSince(value: string): Since {
  const since = parse(value);
  if (since === undefined) throw new Error(`since: ${validateSince(value)}`);
  return since;
}

function parse(value: string): Since | undefined {
  if (value === 'lastVisit' || value === 'yesterday' || value === 'week') return value;
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(value)) return undefined;
  // `Date` takes February 31 for March 3.
  const [date = ''] = value.split('T');
  const midnight = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return undefined;
  const time = day.test(value) ? new Date(getEndOfDay(new Date(`${value}T12:00`).getTime())) : new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
