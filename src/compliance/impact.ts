/**
 * The points that a score is expected to gain when `fixed` of a pack's `failing` results become compliant:
 * score = 100 · C / (C + N), so each failing result holds back the same share of what is missing to 100.
 * An estimate: the score and the results are of different times.
 */
export function expectedGain(score: number, fixed: number, failing: number): number {
  return failing === 0 ? 0 : ((100 - score) * fixed) / failing;
}

/** The same to two decimals, as data has it. */
export const roundedGain = (score: number, fixed: number, failing: number): number =>
  Math.round(expectedGain(score, fixed, failing) * 100) / 100;

/** Points of a score that are gained, such as `+4.1`. */
export const formatPoints = (points: number): string =>
  points > 0 && points < 0.05 ? '+<0.1' : `+${points.toFixed(1)}`;

/** What fixing some of a pack's failing results is expected to bring; see `expectedGain`. */
export const formatGain = (percent: number, fixed: number, failing: number): string =>
  formatPoints(expectedGain(percent, fixed, failing));

/** The score that results alone give, 0–100; undefined where nothing has been evaluated. */
export function recomputedScore(compliant: number, nonCompliant: number): number | undefined {
  const results = compliant + nonCompliant;
  return results === 0 ? undefined : (100 * compliant) / results;
}

/** A rule's name as its pack's template has it: without the suffix of the deployment, and that suffix. */
export function splitRuleName(name: string): { readonly own: string; readonly suffix: string } {
  const suffix = /-conformance-pack-[a-z0-9]{9}$/.exec(name)?.[0] ?? '';
  return { own: name.slice(0, name.length - suffix.length), suffix };
}
