import type { GetResourceConfigHistoryRequest } from '@aws-sdk/client-config-service';
import { ApiError } from '../errors.ts';
import type { Estate, Pack } from '../estate/estate.ts';
import { hash } from '../estate/hash.ts';
import { createPackItem, packResourceType } from '../query/packItems.ts';
import { findPacksWithResults } from './localPacks.ts';
import { iterateByKey, type Operation, toEpochSeconds } from './operation.ts';

/** The distance between recorded states of a pack: two weeks. */
const period = 14 * 86_400_000;

/** GetResourceConfigHistory: the recorded states of a pack, newest first. The last one is the pack's current state. */
export const resourceHistory: Operation<GetResourceConfigHistoryRequest> = {
  iterate(estate, caller, { resourceType, resourceId, chronologicalOrder }, after) {
    const pack = findPacksWithResults(estate, caller, undefined).find(({ id }) => id === resourceId);
    if (resourceType !== packResourceType || !pack || !estate.recordsPacks(caller)) {
      throw new ApiError(
        'ResourceNotDiscoveredException',
        `Resource ${resourceId} of resourceType: ${resourceType} is unknown or has not been discovered`,
      );
    }
    const isForward = chronologicalOrder === 'Forward';
    return iterateByKey(getTimes(pack), String, (time) => createItem(estate, pack, time), after, !isForward);
  },
  createOutput: (rows) => ({ configurationItems: rows }),
  // AWS returns ten items by default.
  getDefaultPageSize: () => 10,
};

/** From the deployment to the last score. All times have 13 digits, so they sort as texts, too. */
function getTimes({ requestedAt, scoredAt }: Pack): number[] {
  const [first, last] = [requestedAt.getTime(), scoredAt.getTime()];
  const count = Math.max(1, Math.ceil((last - first) / period));
  return Array.from({ length: count }, (_, index) => last - index * period);
}

/** In earlier states, up to half of the compliant rules were not yet compliant. */
function createItem(estate: Estate, pack: Pack, time: number) {
  const { configuration, ...item } = createPackItem(estate, pack, false);
  const { total, compliant } = estate.ruleCounts(pack);
  const isCurrent = time === pack.scoredAt.getTime();
  const fixedLater = isCurrent ? 0 : hash(pack.id, String(time)) % (Math.floor(compliant / 2) + 1);
  const earlier = {
    complianceType: 'NON_COMPLIANT',
    totalRuleCount: total,
    compliantRuleCount: compliant - fixedLater,
    nonCompliantRuleCount: estate.ruleCounts(pack).nonCompliant + fixedLater,
  };
  return {
    ...item,
    configurationItemCaptureTime: toEpochSeconds(new Date(time)),
    configurationItemStatus: 'OK',
    configuration: JSON.stringify(fixedLater === 0 ? configuration : earlier),
  };
}
