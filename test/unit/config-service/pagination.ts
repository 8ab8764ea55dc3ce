import {
  type ConfigServiceClient,
  paginateDescribeAggregateComplianceByConfigRules,
  paginateDescribeAggregateComplianceByConformancePacks,
  paginateDescribeConfigRuleEvaluationStatus,
  paginateDescribeConfigurationAggregatorSourcesStatus,
  paginateDescribeConfigurationAggregators,
  paginateDescribeConformancePackCompliance,
  paginateDescribeConformancePackStatus,
  paginateDescribeOrganizationConformancePackStatuses,
  paginateDescribeOrganizationConformancePacks,
  paginateDescribeRemediationExceptions,
  paginateGetAggregateComplianceDetailsByConfigRule,
  paginateGetAggregateConformancePackComplianceSummary,
  paginateGetConformancePackComplianceDetails,
  paginateGetOrganizationConformancePackDetailedStatus,
  paginateListConformancePackComplianceScores,
  paginateSelectAggregateResourceConfig,
  paginateSelectResourceConfig,
} from '@aws-sdk/client-config-service';
import { homeRegion, securityAccount } from '../../config-service/estate/demo/company.ts';
import { createPack } from '../../config-service/estate/packs.ts';
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

const pack = createPack(
  { account: securityAccount, region: homeRegion },
  'operational-best-practices-for-amazon-s3',
  'CREATE_COMPLETE',
  new Date(),
);

/** A rule of the demo estate with 13 results. */
export const aggregateRule = {
  ConfigurationAggregatorName,
  AccountId: pack.account,
  AwsRegion: pack.region,
  ConfigRuleName: `s3-bucket-logging-enabled-${pack.id}`,
};

/** A rule of the client's scope with excepted resources, and others. */
const ConfigRuleNames = ['logging-enabled', 'versioning-enabled', 'public-read-prohibited', 'ssl-requests-only'].map(
  (name) => `s3-bucket-${name}-${pack.id}`,
);
export const exceptedRule = { ConfigRuleName: ConfigRuleNames[0] };
export const ruleStatus = { ConfigRuleNames };
export const taggedResources = { Expression: 'SELECT resourceId, resourceType, tags' };

/** All operations with pages. */
export type PagedOperation = Exclude<OperationName, 'StartConfigRulesEvaluation'>;

/** Reads all pages of each operation, with the aggregator `organization` and the organization pack `data-protection`. */
export const paginators: Readonly<Record<PagedOperation, ReadAllPages>> = {
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
  DescribeOrganizationConformancePacks: (client, pageSize) =>
    collectRows(
      paginateDescribeOrganizationConformancePacks({ client, pageSize }, {}),
      (page) => page.OrganizationConformancePacks,
    ),
  DescribeOrganizationConformancePackStatuses: (client, pageSize) =>
    collectRows(
      paginateDescribeOrganizationConformancePackStatuses({ client, pageSize }, {}),
      (page) => page.OrganizationConformancePackStatuses,
    ),
  DescribeAggregateComplianceByConfigRules: (client, pageSize) =>
    collectRows(
      paginateDescribeAggregateComplianceByConfigRules(
        { client, pageSize },
        { ConfigurationAggregatorName, Filters: { AwsRegion: 'us-east-1', ComplianceType: 'NON_COMPLIANT' } },
      ),
      (page) => page.AggregateComplianceByConfigRules,
    ),
  GetAggregateComplianceDetailsByConfigRule: (client, pageSize) =>
    collectRows(
      paginateGetAggregateComplianceDetailsByConfigRule({ client, pageSize }, { ...aggregateRule }),
      (page) => page.AggregateEvaluationResults,
    ),
  SelectAggregateResourceConfig: (client, pageSize) =>
    collectRows(
      paginateSelectAggregateResourceConfig(
        { client, pageSize },
        {
          ConfigurationAggregatorName,
          Expression: 'SELECT accountId, awsRegion, COUNT(*) GROUP BY accountId, awsRegion',
        },
      ),
      (page) => page.Results?.map((result): object => JSON.parse(result)),
    ),
  DescribeRemediationExceptions: (client, pageSize) =>
    collectRows(
      paginateDescribeRemediationExceptions({ client, pageSize }, { ...exceptedRule }),
      (page) => page.RemediationExceptions,
    ),
  SelectResourceConfig: (client, pageSize) =>
    collectRows(paginateSelectResourceConfig({ client, pageSize }, { ...taggedResources }), (page) =>
      page.Results?.map((result): object => JSON.parse(result)),
    ),
  DescribeConfigRuleEvaluationStatus: (client, pageSize) =>
    collectRows(
      paginateDescribeConfigRuleEvaluationStatus({ client, pageSize }, { ...ruleStatus }),
      (page) => page.ConfigRulesEvaluationStatus,
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
