import type { Pack, Scope, Score } from '../model.ts';

export interface RecordedScore {
  /** When the service computed the score, epoch milliseconds. */
  readonly at: number;
  /** 0–100. */
  readonly percent: number;
}

/** Scores by account, region and pack id; oldest first. The pack recorded last comes last. */
export type RecordedScores = Readonly<Record<string, readonly RecordedScore[]>>;

const maxPacks = 500;
const maxScores = 180;

/** Returns the key of a pack. A pack that is deleted and deployed again has another id, so its history starts over. */
export const getHistoryKey = ({ account, region }: Scope, packId: string): string => `${account}/${region}/${packId}`;

/** Adds the scores of packs. Returns the same object if there is nothing new. */
export function recordScores(history: RecordedScores, scope: Scope, packs: Iterable<Pack>): RecordedScores {
  let extended = history;
  for (const { score, deployment } of packs) {
    if (deployment?.id) extended = recordScore(extended, getHistoryKey(scope, deployment.id), score);
  }
  return extended;
}

/** Ignores a score that is not newer than the last one. */
function recordScore(history: RecordedScores, key: string, score: Score | undefined): RecordedScores {
  if (score?.percent === undefined || score.updatedAt === undefined) return history;
  const scores = history[key] ?? [];
  const { percent, updatedAt: at } = score;
  if (scores.some((recorded) => recorded.at >= at)) return history;
  const { [key]: _, ...others } = history;
  // Drops the packs that were recorded longest ago.
  const remaining = Object.entries(others).slice(-(maxPacks - 1));
  return { ...Object.fromEntries(remaining), [key]: [...scores, { at, percent }].slice(-maxScores) };
}
