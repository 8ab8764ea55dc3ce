import {
  DescribeAggregateComplianceByConfigRulesCommand,
  DescribeOrganizationConformancePackStatusesCommand,
  DescribeOrganizationConformancePacksCommand,
  GetAggregateComplianceDetailsByConfigRuleCommand,
  GetOrganizationConformancePackDetailedStatusCommand,
  GetResourceConfigHistoryCommand,
  type OrganizationResourceDetailedStatus,
  SelectAggregateResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import type { AccountAndRegion, ComplianceType, Evaluation } from '../compliance/model.ts';
import type {
  AccountRollout,
  AggregateRule,
  OrganizationPack,
  OrganizationPackStatus,
  PackItem,
  RolloutFilter,
  RuleFilter,
  RuleLocation,
  SelectedRow,
} from '../compliance/organizationModel.ts';
import type { RecordedPackState } from '../compliance/recordedPackState.ts';
import { type OrganizationSource, type Page, type PageRequest, quoteValue } from '../compliance/source.ts';
import type { ConfigClient, Send } from './configClient.ts';
import {
  type OrganizationOperation,
  type OrganizationRowOf,
  toOrganizationRows,
  toPackItem,
  toSelectedRow,
} from './convertOrganization.ts';
import { toRecordedPackState } from './convertRecordedPackState.ts';
import { convertRows } from './convertRows.ts';

// The service's page limits.
const ruleLimit = 1000;
const pageLimit = 100;

/** Reads what AWS Config answers for an organization. Loaded on first use. */
export class OrganizationConfigSource implements OrganizationSource {
  readonly #client: ConfigClient;

  constructor(client: ConfigClient) {
    this.#client = client;
  }

  listAggregateRules(request: PageRequest, aggregator: string, filter: RuleFilter): Promise<Page<AggregateRule>> {
    const command = new DescribeAggregateComplianceByConfigRulesCommand({
      ConfigurationAggregatorName: aggregator,
      Filters: {
        ConfigRuleName: filter.rule,
        ComplianceType: filter.compliance,
        AccountId: filter.account,
        AwsRegion: filter.region,
      },
      ...paging(request, ruleLimit),
    });
    return this.#fetchRows(
      'DescribeAggregateComplianceByConfigRules',
      (client, options) => client.send(command, options),
      request,
    );
  }

  listAggregateEvaluations(
    request: PageRequest,
    aggregator: string,
    { rule, account, region }: RuleLocation,
    compliance: ComplianceType,
  ): Promise<Page<Evaluation>> {
    const command = new GetAggregateComplianceDetailsByConfigRuleCommand({
      ConfigurationAggregatorName: aggregator,
      ConfigRuleName: rule,
      AccountId: account,
      AwsRegion: region,
      ComplianceType: compliance,
      ...paging(request, pageLimit),
    });
    return this.#fetchRows(
      'GetAggregateComplianceDetailsByConfigRule',
      (client, options) => client.send(command, options),
      request,
    );
  }

  listOrganizationPacks(request: PageRequest): Promise<Page<OrganizationPack>> {
    const command = new DescribeOrganizationConformancePacksCommand(paging(request, pageLimit));
    return this.#fetchRows(
      'DescribeOrganizationConformancePacks',
      (client, options) => client.send(command, options),
      request,
    );
  }

  listOrganizationPackStatuses(request: PageRequest): Promise<Page<OrganizationPackStatus>> {
    const command = new DescribeOrganizationConformancePackStatusesCommand(paging(request, pageLimit));
    return this.#fetchRows(
      'DescribeOrganizationConformancePackStatuses',
      (client, options) => client.send(command, options),
      request,
    );
  }

  listOrganizationRollout(
    request: PageRequest,
    pack: string,
    { account, state }: RolloutFilter,
  ): Promise<Page<AccountRollout>> {
    const command = new GetOrganizationConformancePackDetailedStatusCommand({
      OrganizationConformancePackName: pack,
      // The service validates the state.
      Filters: { AccountId: account, Status: state as OrganizationResourceDetailedStatus | undefined },
      ...paging(request, pageLimit),
    });
    return this.#fetchRows(
      'GetOrganizationConformancePackDetailedStatus',
      (client, options) => client.send(command, options),
      request,
    );
  }

  selectAggregate(request: PageRequest, aggregator: string, expression: string): Promise<Page<SelectedRow>> {
    return this.#select(request, aggregator, expression, toSelectedRow);
  }

  listPackItems(
    request: PageRequest,
    aggregator: string,
    { account, region }: AccountAndRegion,
    pack: string,
  ): Promise<Page<PackItem>> {
    const expression =
      'SELECT resourceId, resourceName, accountId, awsRegion, configuration.configRuleList ' +
      "WHERE resourceType = 'AWS::Config::ConformancePackCompliance' " +
      `AND accountId = ${quoteValue(account)} AND awsRegion = ${quoteValue(region)} AND resourceName = ${quoteValue(pack)}`;
    return this.#select(request, aggregator, expression, (result) => toPackItem(toSelectedRow(result)));
  }

  listRecordedPackStates({ cursor, signal }: PageRequest, packId: string): Promise<Page<RecordedPackState>> {
    const command = new GetResourceConfigHistoryCommand({
      resourceType: 'AWS::Config::ConformancePackCompliance',
      resourceId: packId,
      limit: pageLimit,
      ...(cursor !== undefined && { nextToken: cursor }),
    });
    const operation = 'GetResourceConfigHistory';
    return this.#client.fetchPage(
      operation,
      async (client, options) => {
        // This operation writes its token in lower case.
        const { nextToken, ...output } = await client.send(command, options);
        return { ...output, NextToken: nextToken };
      },
      (output) => convertRows(operation, output, 'configurationItems', toRecordedPackState),
      signal,
    );
  }

  /** Requests one page and converts its rows. */
  #fetchRows<Name extends OrganizationOperation, Output extends { readonly NextToken?: string | undefined }>(
    operation: Name,
    send: Send<Output>,
    { signal }: PageRequest,
  ): Promise<Page<OrganizationRowOf<Name>>> {
    return this.#client.fetchPage(operation, send, (output) => toOrganizationRows(operation, output), signal);
  }

  #select<T>(
    request: PageRequest,
    aggregator: string,
    expression: string,
    toItem: (result: unknown) => T | undefined,
  ): Promise<Page<T>> {
    const command = new SelectAggregateResourceConfigCommand({
      ConfigurationAggregatorName: aggregator,
      Expression: expression,
      // Without a limit, a page of groups has 500 rows; the limit itself is at most 100.
      ...paging(request, /\bGROUP\s+BY\b/i.test(expression) ? undefined : pageLimit),
    });
    return this.#client.fetchPage(
      'SelectAggregateResourceConfig',
      (client, options) => client.send(command, options),
      (output) => convertRows('SelectAggregateResourceConfig', output, 'Results', toItem),
      request.signal,
    );
  }
}

const paging = ({ cursor }: PageRequest, limit: number | undefined) => ({
  ...(limit !== undefined && { Limit: limit }),
  ...(cursor !== undefined && { NextToken: cursor }),
});
