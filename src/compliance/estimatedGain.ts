/**
 * Estimates the points that a score gains if `fixed` of a pack's `failing` results become compliant.
 * The score is 100 · C / (C + N), so each failing result accounts for the same share of the missing points.
 * It is an estimate because score and results are read at different times.
 */
export function computeGain(score: number, fixed: number, failing: number): number {
  return failing === 0 ? 0 : ((100 - score) * fixed) / failing;
}

/** Rounds gained points to two decimals, for data formats. */
export const roundGain = (points: number): number => Math.round(points * 100) / 100;

/** Formats gained points, such as `+4.1`. */
export const formatPoints = (points: number): string =>
  points > 0 && points < 0.05 ? '+<0.1' : `+${points.toFixed(1)}`;

/** Formats the estimated gain of fixing some of a pack's failing results. */
export const formatGain = (score: number, fixed: number, failing: number): string =>
  formatPoints(computeGain(score, fixed, failing));

/** Computes a score, 0–100, from the number of results; undefined if there are none. */
export function computeScore(compliant: number, nonCompliant: number): number | undefined {
  const results = compliant + nonCompliant;
  return results === 0 ? undefined : (100 * compliant) / results;
}
