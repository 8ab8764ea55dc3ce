import {
  type ConfigServiceClient,
  paginateDescribeAggregateComplianceByConformancePacks,
  paginateDescribeConfigurationAggregatorSourcesStatus,
  paginateDescribeConfigurationAggregators,
  paginateDescribeConformancePackCompliance,
  paginateDescribeConformancePackStatus,
  paginateGetAggregateConformancePackComplianceSummary,
  paginateGetConformancePackComplianceDetails,
  paginateGetOrganizationConformancePackDetailedStatus,
  paginateListConformancePackComplianceScores,
} from '@aws-sdk/client-config-service';
import type { OperationName } from '../../config-service/model.ts';

/** What a walk through all pages of an operation found. */
export interface Walk<Row = object> {
  readonly rows: readonly Row[];
  /** How many rows each page held. */
  readonly pages: readonly number[];
}

/** Walks every page with the SDK's own paginator. `pack` is one of the client's own. */
export type Walker = (client: ConfigServiceClient, pageSize: number, pack: string) => Promise<Walk>;

const ConfigurationAggregatorName = 'organization';
const OrganizationConformancePackName = 'data-protection';

/** A walker for each operation; those of an aggregator go through `organization`, that of an organization's pack through `data-protection`. */
export const walkers: Readonly<Record<OperationName, Walker>> = {
  ListConformancePackComplianceScores: (client, pageSize) =>
    collect(
      paginateListConformancePackComplianceScores({ client, pageSize }, {}),
      (page) => page.ConformancePackComplianceScores,
    ),
  DescribeConformancePackStatus: (client, pageSize) =>
    collect(
      paginateDescribeConformancePackStatus({ client, pageSize }, {}),
      (page) => page.ConformancePackStatusDetails,
    ),
  DescribeAggregateComplianceByConformancePacks: (client, pageSize) =>
    collect(
      paginateDescribeAggregateComplianceByConformancePacks({ client, pageSize }, { ConfigurationAggregatorName }),
      (page) => page.AggregateComplianceByConformancePacks,
    ),
  DescribeConfigurationAggregators: (client, pageSize) =>
    collect(
      paginateDescribeConfigurationAggregators({ client, pageSize }, {}),
      (page) => page.ConfigurationAggregators,
    ),
  DescribeConfigurationAggregatorSourcesStatus: (client, pageSize) =>
    collect(
      paginateDescribeConfigurationAggregatorSourcesStatus({ client, pageSize }, { ConfigurationAggregatorName }),
      (page) => page.AggregatedSourceStatusList,
    ),
  GetAggregateConformancePackComplianceSummary: (client, pageSize) =>
    collect(
      paginateGetAggregateConformancePackComplianceSummary(
        { client, pageSize },
        { ConfigurationAggregatorName, GroupByKey: 'ACCOUNT_ID' },
      ),
      (page) => page.AggregateConformancePackComplianceSummaries,
    ),
  DescribeConformancePackCompliance: (client, pageSize, ConformancePackName) =>
    collect(
      paginateDescribeConformancePackCompliance({ client, pageSize }, { ConformancePackName }),
      (page) => page.ConformancePackRuleComplianceList,
    ),
  GetConformancePackComplianceDetails: (client, pageSize, ConformancePackName) =>
    collect(
      paginateGetConformancePackComplianceDetails({ client, pageSize }, { ConformancePackName }),
      (page) => page.ConformancePackRuleEvaluationResults,
    ),
  GetOrganizationConformancePackDetailedStatus: (client, pageSize) =>
    collect(
      paginateGetOrganizationConformancePackDetailedStatus({ client, pageSize }, { OrganizationConformancePackName }),
      (page) => page.OrganizationConformancePackDetailedStatuses,
    ),
};

/** All rows of a paginator's pages. */
export async function collect<Output, Row extends object>(
  outputs: AsyncIterable<Output>,
  rowsOf: (output: Output) => readonly Row[] | undefined,
): Promise<Walk<Row>> {
  const rows: Row[] = [];
  const pages: number[] = [];
  for await (const output of outputs) {
    const found = rowsOf(output) ?? [];
    rows.push(...found);
    pages.push(found.length);
  }
  return { rows, pages };
}
