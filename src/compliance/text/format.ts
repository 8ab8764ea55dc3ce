import type { Pack, Scope, Score } from '../model.ts';

/** A score with at most one decimal; only a true 100 reads `100%`, only a true 0 reads `0%`. */
export function formatPercent(percent: number): string {
  if (percent > 0 && percent < 100) return `${Math.min(99.9, Math.max(0.1, Math.round(percent * 10) / 10))}%`;
  return `${percent}%`;
}

/** The published score as people read it: `61.5%`, the service's own words, or `no score`. */
export function formatScore(score: Score | undefined): string {
  if (score?.percent !== undefined) return formatPercent(score.percent);
  return score?.text ?? 'no score';
}

/** The lowest published score first, packs without a number last, equal ones by name. */
export function worstScoreFirst(a: Pack, b: Pack): number {
  const percent = ({ score }: Pack) => score?.percent ?? Number.POSITIVE_INFINITY;
  const [percentA, percentB] = [percent(a), percent(b)];
  if (percentA !== percentB) return percentA - percentB;
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}

/** So many of something, such as `1 pack` or `3 packs`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** An account and a region as people read them, such as `111122223333 · us-east-1`. */
export const formatScope = ({ account, region }: Pick<Scope, 'account' | 'region'>): string => `${account} · ${region}`;

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
    if (count >= 1) return `${plural(count, unit)} ago`;
  }
  return 'just now';
}
