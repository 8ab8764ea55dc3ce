import type { Pack, Scope, Score } from '../model.ts';

/** Formats a score with at most one decimal. Rounding never results in `100%` or `0%`. */
export function formatPercent(percent: number): string {
  if (percent > 0 && percent < 100) return `${Math.min(99.9, Math.max(0.1, Math.round(percent * 10) / 10))}%`;
  return `${percent}%`;
}

/** Formats a published score: `61.5%`, the unknown text that AWS Config published, or `no score`. */
export function formatScore(score: Score | undefined): string {
  if (score?.percent !== undefined) return formatPercent(score.percent);
  return score?.text ?? 'no score';
}

/** Compares packs by score, lowest first, then by name. Packs without a numeric score come last. */
export function compareByScore(a: Pack, b: Pack): number {
  const percent = ({ score }: Pack) => score?.percent ?? Number.POSITIVE_INFINITY;
  const [percentA, percentB] = [percent(a), percent(b)];
  if (percentA !== percentB) return percentA - percentB;
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}

/** Formats a count, such as `1 pack` or `3 packs`. */
export const formatCount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

type AccountAndRegion = Pick<Scope, 'account' | 'region'>;

/** Formats an account and region, such as `111122223333 · us-east-1`. */
export const formatScope = ({ account, region }: AccountAndRegion): string => `${account} · ${region}`;

/** Formats an account and region with labels, such as `Account 111122223333 · region us-east-1`. */
export const describeScope = ({ account, region }: AccountAndRegion): string => `Account ${account} · region ${region}`;

const ageUnits = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Formats epoch milliseconds as ISO 8601. */
export const formatIsoTime = (time: number): string => new Date(time).toISOString();

/** An optional time, epoch milliseconds, as ISO 8601; null if it is undefined. */
export const formatIsoTimeOrNull = (at: number | undefined): string | null =>
  at === undefined ? null : formatIsoTime(at);

/** Formats epoch milliseconds as a local time of day, such as `10:42:07`. */
export const formatTimeOfDay = (time: number): string => new Date(time).toTimeString().slice(0, 8);

/** Formats how long ago a time was, such as `3 hours ago`. Both parameters are epoch milliseconds. */
export function formatAge(time: number, now: number): string {
  const elapsed = Math.max(0, now - time);
  for (const [unit, length] of ageUnits) {
    const count = Math.floor(elapsed / length);
    if (count >= 1) return `${formatCount(count, unit)} ago`;
  }
  return 'just now';
}
