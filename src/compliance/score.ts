import { expectedGain } from './impact.ts';
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

/** What a fix is expected to bring, such as `+4.1`, in points of the score; see `expectedGain`. */
export function formatGain(percent: number, fixed: number, failing: number): string {
  const gain = expectedGain(percent, fixed, failing);
  return gain > 0 && gain < 0.05 ? '+<0.1' : `+${gain.toFixed(1)}`;
}
