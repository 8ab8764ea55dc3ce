import type { Pack, Scope, Score } from '../model.ts';

/** A score that was seen, and when the service had computed it, epoch milliseconds. */
export interface RecordedScore {
  readonly at: number;
  readonly percent: number;
}

/** Scores by account, region and pack id; oldest first. */
export type History = Readonly<Record<string, readonly RecordedScore[]>>;

const maxPacks = 500;
const maxScores = 180;

/** A pack that is deleted and deployed anew has another id: its trend begins anew. */
export const historyKey = ({ account, region }: Scope, packId: string): string => `${account}/${region}/${packId}`;

/** The history with the packs' scores added; the same history where nothing is new. */
export function withPacks(history: History, scope: Scope, packs: Iterable<Pack>): History {
  let extended = history;
  for (const { score, deployment } of packs) {
    if (deployment?.id) extended = withScore(extended, historyKey(scope, deployment.id), score);
  }
  return extended;
}

/** The history with a score added, bounded; the same history where the score is none or has been seen. */
function withScore(history: History, key: string, score: Score | undefined): History {
  if (score?.percent === undefined || score.updatedAt === undefined) return history;
  const seen = history[key] ?? [];
  const { percent, updatedAt: at } = score;
  if (seen.some((known) => known.at >= at)) return history;
  const { [key]: _, ...others } = history;
  // The pack that was seen longest ago makes room: keys stand in the order of their last score.
  const kept = Object.entries(others).slice(-(maxPacks - 1));
  return { ...Object.fromEntries(kept), [key]: [...seen, { at, percent }].slice(-maxScores) };
}
