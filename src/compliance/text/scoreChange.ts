import type { ScoreChange } from '../history/history.ts';
import type { RowChange } from '../history/rowBaseline.ts';
import { formatCount } from './format.ts';
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
export const explainScoreChange = (change: ScoreChange, now: number): string =>
  explain(speakScoreChange(change, now), change.since, formatPercent(change.before), now);

/** Formats a change beside the counts of an aggregator's row, such as `▼ 2 rules since 18 Nov`: 2 more do not pass. */
export const formatRowChange = ({ rules, since }: RowChange, now: number): string =>
  `${rules > 0 ? '▼' : '▲'} ${formatCount(Math.abs(rules), 'rule')} since ${formatSince(since, now)}`;

/** Formats a row's change for screen readers, such as `2 more rules non-compliant since 18 November`. */
export const speakRowChange = ({ rules, since }: RowChange, now: number): string =>
  `${formatCount(Math.abs(rules), `${rules > 0 ? 'more' : 'fewer'} rule`)} non-compliant since ${formatSince(since, now, 'long')}`;

/** Says what a row is compared with, such as `2 more rules non-compliant since 18 November, your last visit before today (5 then)`. */
export const explainRowChange = (change: RowChange, now: number): string =>
  explain(speakRowChange(change, now), change.since, String(change.before), now);

function explain(text: string, since: number, before: string, now: number): string {
  const isToday = new Date(since).toDateString() === new Date(now).toDateString();
  const visit = isToday ? 'your last visit' : 'your last visit before today';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}, ${visit} (${before} then)`;
}
