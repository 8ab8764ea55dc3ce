import type { ListConformancePackComplianceScoresRequest } from '@aws-sdk/client-config-service';
import { computeScore, insufficientData } from '../estate/scoring.ts';
import { findPacksWithResults } from './localPacks.ts';
import { iterateByKey, type Operation, toEpochSeconds } from './operation.ts';

/** Above every score: packs without a score are last in ascending and first in descending order. */
const maxSortKey = 1000;

/** ListConformancePackComplianceScores. Packs with equal scores are ordered by name. */
export const scores: Operation<ListConformancePackComplianceScoresRequest> = {
  iterate(estate, caller, { Filters, SortBy, SortOrder }, after) {
    const packs = findPacksWithResults(estate, caller, Filters?.ConformancePackNames);
    const scored = packs.map((pack) => ({ pack, score: computeScore(estate.rules(pack)) }));
    return iterateByKey(
      scored,
      ({ pack, score }) => (SortBy === 'SCORE' ? `${toSortKey(score)} ${pack.name}` : pack.name),
      ({ pack, score }) => ({
        ConformancePackName: pack.name,
        Score: score,
        LastUpdatedTime: toEpochSeconds(pack.scoredAt),
      }),
      after,
      SortOrder === 'DESCENDING',
    );
  },
  createOutput: (rows) => ({ ConformancePackComplianceScores: rows }),
};

/** Converts a score to text with the same order as the numbers. */
function toSortKey(score: string): string {
  return (score === insufficientData ? maxSortKey : Number(score)).toFixed(2).padStart(7, '0');
}
