import type { GetAggregateConformancePackComplianceSummaryRequest } from '@aws-sdk/client-config-service';
import type { Aggregator, Estate } from '../estate/estate.ts';
import { getPackCompliance } from '../estate/scoring.ts';
import { type AggregateFilters, iteratePacks } from './aggregatedPacks.ts';
import { findAggregator } from './aggregators.ts';
import type { Operation, Step } from './operation.ts';

/** GetAggregateConformancePackComplianceSummary: pack counts by account or region, or one total without a group. */
export const aggregateSummary: Operation<GetAggregateConformancePackComplianceSummaryRequest> = {
  *iterate(estate, caller, { ConfigurationAggregatorName, Filters, GroupByKey }, after): Generator<Step> {
    const aggregator = findAggregator(estate, caller, ConfigurationAggregatorName);
    const filters = { account: Filters?.AccountId, region: Filters?.AwsRegion };
    for (const { group, ...narrower } of listGroups(aggregator, filters, GroupByKey)) {
      if (group <= after) continue;
      const ComplianceSummary = summarize(estate, aggregator, narrower);
      yield { position: group, row: GroupByKey ? { ComplianceSummary, GroupName: group } : { ComplianceSummary } };
    }
  },
  createOutput: (rows, { GroupByKey }) => ({
    AggregateConformancePackComplianceSummaries: rows,
    ...(GroupByKey === undefined ? {} : { GroupByKey }),
  }),
};

/** Returns the groups in ascending order, each with its filters. */
function listGroups(
  { accounts, regions }: Aggregator,
  filters: AggregateFilters,
  key: GetAggregateConformancePackComplianceSummaryRequest['GroupByKey'],
): readonly (AggregateFilters & { readonly group: string })[] {
  if (key === undefined) return [{ ...filters, group: 'all' }];
  if (key === 'ACCOUNT_ID') {
    const selected = accounts.filter((account) => account === (filters.account ?? account));
    return selected.map((account) => ({ ...filters, account, group: account }));
  }
  const selected = regions.filter((region) => region === (filters.region ?? region));
  return selected.map((region) => ({ ...filters, region, group: region }));
}

function summarize(estate: Estate, aggregator: Aggregator, filters: AggregateFilters): object {
  let compliant = 0;
  let nonCompliant = 0;
  for (const { pack } of iteratePacks(estate, aggregator, filters)) {
    const type = pack === undefined ? undefined : getPackCompliance(estate.ruleCounts(pack));
    if (type === 'COMPLIANT') compliant += 1;
    if (type === 'NON_COMPLIANT') nonCompliant += 1;
  }
  return { CompliantConformancePackCount: compliant, NonCompliantConformancePackCount: nonCompliant };
}
