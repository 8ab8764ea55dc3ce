import type { DescribeAggregateComplianceByConformancePacksRequest } from '@aws-sdk/client-config-service';
import type { Estate, Pack } from '../estate/estate.ts';
import { type ComplianceType, getPackCompliance } from '../estate/scoring.ts';
import { iteratePacks } from './aggregatedPacks.ts';
import { findAggregator } from './aggregators.ts';
import type { Operation, Step } from './operation.ts';

/** DescribeAggregateComplianceByConformancePacks: rule counts of packs, ordered by account, region and name. */
export const aggregateCompliance: Operation<DescribeAggregateComplianceByConformancePacksRequest> = {
  *iterate(estate, caller, { ConfigurationAggregatorName, Filters }, after): Generator<Step> {
    const aggregator = findAggregator(estate, caller, ConfigurationAggregatorName);
    const filters = { account: Filters?.AccountId, region: Filters?.AwsRegion, name: Filters?.ConformancePackName };
    for (const { position, pack } of iteratePacks(estate, aggregator, filters, after)) {
      const row = pack === undefined ? undefined : createRow(estate, pack, Filters?.ComplianceType);
      yield row === undefined ? { position } : { position, row };
    }
  },
  createOutput: (rows) => ({ AggregateComplianceByConformancePacks: rows }),
};

/** Creates the row of a pack, unless it does not match the filter or never had rules. */
function createRow(estate: Estate, pack: Pack, filter: ComplianceType | undefined): object | undefined {
  const counts = estate.ruleCounts(pack);
  const type = getPackCompliance(counts);
  if (counts.total === 0 || (filter !== undefined && type !== filter)) return undefined;
  return {
    ConformancePackName: pack.name,
    Compliance: {
      ComplianceType: type,
      CompliantRuleCount: counts.compliant,
      NonCompliantRuleCount: counts.nonCompliant,
      TotalRuleCount: counts.total,
    },
    AccountId: pack.account,
    AwsRegion: pack.region,
  };
}
