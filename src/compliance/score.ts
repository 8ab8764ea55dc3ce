import type { Score } from './model.ts';

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
