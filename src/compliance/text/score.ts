import { compareTexts } from '../compareTexts.ts';
import type { Pack, Score } from '../model.ts';
import { formatAge } from './age.ts';
import { formatUnknown } from './states.ts';

/** Rounds a percentage to at most one decimal. Never rounds to 100 or 0. */
function roundPercent(percent: number): number {
  return percent > 0 && percent < 100 ? Math.min(99.9, Math.max(0.1, Math.round(percent * 10) / 10)) : percent;
}

/** Formats a score or a share with at most one decimal, such as `61.5%`. Rounding never results in `100%` or `0%`. */
export const formatPercent = (percent: number): string => `${roundPercent(percent)}%`;

/** The whole part of what `formatPercent` shows, so that the two never disagree. */
export const getWholePercent = (percent: number): number => Math.floor(roundPercent(percent));

/** Formats a published score: `61.5%`, another text as it came, or `no score`. */
export function formatScore(score: Score | undefined): string {
  if (score?.percent !== undefined) return formatPercent(score.percent);
  return score?.text === undefined ? 'no score' : formatUnknown(score.text);
}

/** Says who computed a score, and when. Both parameters are epoch milliseconds. */
export const formatComputed = (updatedAt: number | undefined, now: number): string =>
  `computed by AWS Config ${updatedAt === undefined ? 'at an unknown time' : formatAge(updatedAt, now)}`;

/** Whether AWS Config has computed a score. It also tells a time for a pack without any result. */
export const isComputed = ({ percent, text }: Pick<Score, 'percent' | 'text'>): boolean =>
  percent !== undefined || text !== undefined;

/** Formats a pack's published score; `score not loaded` as long as the pack may have one. */
export const formatPackScore = ({ score, isScoreUnread }: Pack): string =>
  isScoreUnread ? 'score not loaded' : formatScore(score);

/** Compares packs by score, lowest first, then by name. Packs without a numeric score come last. */
export function compareByScore(a: Pack, b: Pack): number {
  const percent = ({ score }: Pack) => score?.percent ?? Number.POSITIVE_INFINITY;
  const [percentA, percentB] = [percent(a), percent(b)];
  if (percentA !== percentB) return percentA - percentB;
  return compareTexts(a.name, b.name);
}
