import { expectedGain } from './impact.ts';
import type { Pack, Score } from './model.ts';

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

/** Points of a score that are gained, such as `+4.1`. */
export const formatPoints = (points: number): string =>
  points > 0 && points < 0.05 ? '+<0.1' : `+${points.toFixed(1)}`;

/** What fixing some of a pack's failing results is expected to bring; see `expectedGain`. */
export const formatGain = (percent: number, fixed: number, failing: number): string =>
  formatPoints(expectedGain(percent, fixed, failing));
