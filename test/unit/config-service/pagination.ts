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

/** All rows of an operation, read page by page. */
export interface PagedRows<Row = object> {
  readonly rows: readonly Row[];
  /** The number of rows of each page. */
  readonly pageSizes: readonly number[];
}

/** Reads every page with the SDK's paginator. `pack` is a pack of the client's scope. */
export type ReadAllPages = (client: ConfigServiceClient, pageSize: number, pack: string) => Promise<PagedRows>;

const ConfigurationAggregatorName = 'organization';
const OrganizationConformancePackName = 'data-protection';

/** Reads all pages of each operation, with the aggregator `organization` and the organization pack `data-protection`. */
export const paginators: Readonly<Record<OperationName, ReadAllPages>> = {
  ListConformancePackComplianceScores: (client, pageSize) =>
    collectRows(
      paginateListConformancePackComplianceScores({ client, pageSize }, {}),
      (page) => page.ConformancePackComplianceScores,
    ),
  DescribeConformancePackStatus: (client, pageSize) =>
    collectRows(
      paginateDescribeConformancePackStatus({ client, pageSize }, {}),
      (page) => page.ConformancePackStatusDetails,
    ),
  DescribeAggregateComplianceByConformancePacks: (client, pageSize) =>
    collectRows(
      paginateDescribeAggregateComplianceByConformancePacks({ client, pageSize }, { ConfigurationAggregatorName }),
      (page) => page.AggregateComplianceByConformancePacks,
    ),
  DescribeConfigurationAggregators: (client, pageSize) =>
    collectRows(
      paginateDescribeConfigurationAggregators({ client, pageSize }, {}),
      (page) => page.ConfigurationAggregators,
    ),
  DescribeConfigurationAggregatorSourcesStatus: (client, pageSize) =>
    collectRows(
      paginateDescribeConfigurationAggregatorSourcesStatus({ client, pageSize }, { ConfigurationAggregatorName }),
      (page) => page.AggregatedSourceStatusList,
    ),
  GetAggregateConformancePackComplianceSummary: (client, pageSize) =>
    collectRows(
      paginateGetAggregateConformancePackComplianceSummary(
        { client, pageSize },
        { ConfigurationAggregatorName, GroupByKey: 'ACCOUNT_ID' },
      ),
      (page) => page.AggregateConformancePackComplianceSummaries,
    ),
  DescribeConformancePackCompliance: (client, pageSize, ConformancePackName) =>
    collectRows(
      paginateDescribeConformancePackCompliance({ client, pageSize }, { ConformancePackName }),
      (page) => page.ConformancePackRuleComplianceList,
    ),
  GetConformancePackComplianceDetails: (client, pageSize, ConformancePackName) =>
    collectRows(
      paginateGetConformancePackComplianceDetails({ client, pageSize }, { ConformancePackName }),
      (page) => page.ConformancePackRuleEvaluationResults,
    ),
  GetOrganizationConformancePackDetailedStatus: (client, pageSize) =>
    collectRows(
      paginateGetOrganizationConformancePackDetailedStatus({ client, pageSize }, { OrganizationConformancePackName }),
      (page) => page.OrganizationConformancePackDetailedStatuses,
    ),
};

/** Collects the rows of a paginator's pages. */
export async function collectRows<Output, Row extends object>(
  outputs: AsyncIterable<Output>,
  getRows: (output: Output) => readonly Row[] | undefined,
): Promise<PagedRows<Row>> {
  const rows: Row[] = [];
  const pageSizes: number[] = [];
  for await (const output of outputs) {
    const pageRows = getRows(output) ?? [];
    rows.push(...pageRows);
    pageSizes.push(pageRows.length);
  }
  return { rows, pageSizes };
}
