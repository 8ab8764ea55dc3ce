import { counted } from './words.ts';

const units = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Epoch milliseconds as ISO 8601. */
export const isoTime = (at: number): string => new Date(at).toISOString();

/** The time of day where the person is, such as `10:42:07`; in epoch milliseconds. */
export const clock = (time: number): string => new Date(time).toTimeString().slice(0, 8);

/** How long ago `time` was, such as `3 hours ago`; both in epoch milliseconds. */
export function age(time: number, now: number): string {
  const passed = Math.max(0, now - time);
  for (const [unit, length] of units) {
    const count = Math.floor(passed / length);
    if (count >= 1) return `${counted(count, unit)} ago`;
  }
  return 'just now';
}
