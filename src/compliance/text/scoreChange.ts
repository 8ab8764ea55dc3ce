import type { ScoreChange } from '../history/history.ts';
import { formatPercent } from './score.ts';

/** Formats a day, such as `18 Nov`, with the year if it is not the current one; a time of the current day as `09:14`. */
export function formatSince(time: number, now: number, month: 'short' | 'long' = 'short'): string {
  const [date, today] = [new Date(time), new Date(now)];
  if (date.toDateString() === today.toDateString()) return date.toTimeString().slice(0, 5);
  const isThisYear = date.getFullYear() === today.getFullYear();
  return date.toLocaleDateString('en-GB', { day: 'numeric', month, ...(isThisYear ? {} : { year: 'numeric' }) });
}

/** Formats a difference of scores with its sign, such as `▼ 3.2`. */
export const formatPointChange = (points: number): string => `${points < 0 ? '▼' : '▲'} ${Math.abs(points).toFixed(1)}`;

/** Formats a change beside a score, such as `▼ 3.2 since 18 Nov`. */
export const formatScoreChange = ({ points, since }: ScoreChange, now: number): string =>
  `${formatPointChange(points)} since ${formatSince(since, now)}`;

/** Formats a change for screen readers, such as `down 3.2 points since 18 November`. */
export const speakScoreChange = ({ points, since }: ScoreChange, now: number): string =>
  `${points < 0 ? 'down' : 'up'} ${Math.abs(points).toFixed(1)} points since ${formatSince(since, now, 'long')}`;

/** Says what a score is compared with, such as `Down 3.2 points since 18 November, your last visit before today (64.7% then)`. */
export function explainScoreChange(change: ScoreChange, now: number): string {
  const text = speakScoreChange(change, now);
  const isToday = new Date(change.since).toDateString() === new Date(now).toDateString();
  const visit = isToday ? 'your last visit' : 'your last visit before today';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}, ${visit} (${formatPercent(change.before)} then)`;
}
