import type { GetAggregateConformancePackComplianceSummaryRequest } from '@aws-sdk/client-config-service';
import type { Aggregator, Estate } from '../estate/estate.ts';
import { packCompliance } from '../estate/scoring.ts';
import { type AggregateFilters, places } from './aggregatedPacks.ts';
import { aggregatorNamed } from './aggregators.ts';
import type { Operation, Step } from './operation.ts';

/** GetAggregateConformancePackComplianceSummary: pack counts by account or region, or one total without a group name. */
export const aggregateSummary: Operation<GetAggregateConformancePackComplianceSummaryRequest> = {
  *steps(estate, caller, { ConfigurationAggregatorName, Filters, GroupByKey }, after): Generator<Step> {
    const aggregator = aggregatorNamed(estate, caller, ConfigurationAggregatorName);
    const filters = { account: Filters?.AccountId, region: Filters?.AwsRegion };
    for (const { group, ...narrower } of groupsOf(aggregator, filters, GroupByKey)) {
      if (group <= after) continue;
      const ComplianceSummary = summaryOf(estate, aggregator, narrower);
      yield { position: group, row: GroupByKey ? { ComplianceSummary, GroupName: group } : { ComplianceSummary } };
    }
  },
  answer: (rows, { GroupByKey }) => ({
    AggregateConformancePackComplianceSummaries: rows,
    ...(GroupByKey === undefined ? {} : { GroupByKey }),
  }),
};

/** The groups in ascending order, each with what narrows the aggregator to it. */
function groupsOf(
  { accounts, regions }: Aggregator,
  filters: AggregateFilters,
  key: GetAggregateConformancePackComplianceSummaryRequest['GroupByKey'],
): readonly (AggregateFilters & { readonly group: string })[] {
  if (key === undefined) return [{ ...filters, group: 'all' }];
  if (key === 'ACCOUNT_ID') {
    const wanted = accounts.filter((account) => account === (filters.account ?? account));
    return wanted.map((account) => ({ ...filters, account, group: account }));
  }
  const wanted = regions.filter((region) => region === (filters.region ?? region));
  return wanted.map((region) => ({ ...filters, region, group: region }));
}

function summaryOf(estate: Estate, aggregator: Aggregator, filters: AggregateFilters): object {
  let compliant = 0;
  let nonCompliant = 0;
  for (const { pack } of places(estate, aggregator, filters)) {
    const type = pack === undefined ? undefined : packCompliance(estate.ruleCounts(pack));
    if (type === 'COMPLIANT') compliant += 1;
    if (type === 'NON_COMPLIANT') nonCompliant += 1;
  }
  return { CompliantConformancePackCount: compliant, NonCompliantConformancePackCount: nonCompliant };
}
