import type { DescribeAggregateComplianceByConformancePacksRequest } from '@aws-sdk/client-config-service';
import type { Estate, Pack } from '../estate/estate.ts';
import { type ComplianceType, packCompliance } from '../estate/scoring.ts';
import { places } from './aggregatedPacks.ts';
import { aggregatorNamed } from './aggregators.ts';
import type { Operation, Step } from './operation.ts';

/** DescribeAggregateComplianceByConformancePacks: rule counts by pack, by account, region and name. */
export const aggregateCompliance: Operation<DescribeAggregateComplianceByConformancePacksRequest> = {
  *steps(estate, caller, { ConfigurationAggregatorName, Filters }, after): Generator<Step> {
    const aggregator = aggregatorNamed(estate, caller, ConfigurationAggregatorName);
    const filters = { account: Filters?.AccountId, region: Filters?.AwsRegion, name: Filters?.ConformancePackName };
    for (const { position, pack } of places(estate, aggregator, filters, after)) {
      const row = pack === undefined ? undefined : complianceOf(estate, pack, Filters?.ComplianceType);
      yield row === undefined ? { position } : { position, row };
    }
  },
  answer: (rows) => ({ AggregateComplianceByConformancePacks: rows }),
};

/** A pack's row, unless it is not wanted or the pack never had a rule. */
function complianceOf(estate: Estate, pack: Pack, wanted: ComplianceType | undefined): object | undefined {
  const counts = estate.ruleCounts(pack);
  const type = packCompliance(counts);
  if (counts.total === 0 || (wanted !== undefined && type !== wanted)) return undefined;
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
