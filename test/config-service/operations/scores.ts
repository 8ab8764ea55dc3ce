import type { ListConformancePackComplianceScoresRequest } from '@aws-sdk/client-config-service';
import { insufficientData, scoreOf } from '../estate/scoring.ts';
import { packsWithResults } from './localPacks.ts';
import { epochSeconds, type Operation, stepsByKey } from './operation.ts';

/** Above every score, so that packs without one come last ascending and first descending. */
const aboveAll = 1000;

/** ListConformancePackComplianceScores. Equal scores go by name. */
export const scores: Operation<ListConformancePackComplianceScoresRequest> = {
  steps(estate, caller, { Filters, SortBy, SortOrder }, after) {
    const packs = packsWithResults(estate, caller, Filters?.ConformancePackNames);
    const scored = packs.map((pack) => ({ pack, score: scoreOf(estate.rules(pack)) }));
    return stepsByKey(
      scored,
      ({ pack, score }) => (SortBy === 'SCORE' ? `${sortable(score)} ${pack.name}` : pack.name),
      ({ pack, score }) => ({
        ConformancePackName: pack.name,
        Score: score,
        LastUpdatedTime: epochSeconds(pack.scoredAt),
      }),
      after,
      SortOrder === 'DESCENDING',
    );
  },
  answer: (rows) => ({ ConformancePackComplianceScores: rows }),
};

/** A score as text that sorts as the number does. */
function sortable(score: string): string {
  return (score === insufficientData ? aboveAll : Number(score)).toFixed(2).padStart(7, '0');
}
