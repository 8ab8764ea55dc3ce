import {
  DescribeAggregateComplianceByConfigRulesCommand,
  DescribeOrganizationConformancePackStatusesCommand,
  DescribeOrganizationConformancePacksCommand,
  GetAggregateComplianceDetailsByConfigRuleCommand,
  GetOrganizationConformancePackDetailedStatusCommand,
  type OrganizationResourceDetailedStatus,
  SelectAggregateResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import type { ComplianceType, Evaluation, Scope } from '../compliance/model.ts';
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
import { type OrganizationSource, type Page, type PageRequest, quoteValue } from '../compliance/source.ts';
import type { ConfigClient } from './configClient.ts';
import { toEvaluations } from './convert.ts';
import {
  toAccountRollouts,
  toAggregateRules,
  toOrganizationPackStatuses,
  toOrganizationPacks,
  toPackItems,
  toSelectedRow,
} from './convertOrganization.ts';

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
    return this.#client.fetchPage(
      'DescribeAggregateComplianceByConfigRules',
      (client, options) => client.send(command, options),
      ({ AggregateComplianceByConfigRules = [] }) => AggregateComplianceByConfigRules.flatMap(toAggregateRules),
      request.signal,
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
    return this.#client.fetchPage(
      'GetAggregateComplianceDetailsByConfigRule',
      (client, options) => client.send(command, options),
      ({ AggregateEvaluationResults = [] }) => AggregateEvaluationResults.flatMap(toEvaluations),
      request.signal,
    );
  }

  listOrganizationPacks(request: PageRequest): Promise<Page<OrganizationPack>> {
    const command = new DescribeOrganizationConformancePacksCommand(paging(request, pageLimit));
    return this.#client.fetchPage(
      'DescribeOrganizationConformancePacks',
      (client, options) => client.send(command, options),
      ({ OrganizationConformancePacks = [] }) => OrganizationConformancePacks.flatMap(toOrganizationPacks),
      request.signal,
    );
  }

  listOrganizationPackStatuses(request: PageRequest): Promise<Page<OrganizationPackStatus>> {
    const command = new DescribeOrganizationConformancePackStatusesCommand(paging(request, pageLimit));
    return this.#client.fetchPage(
      'DescribeOrganizationConformancePackStatuses',
      (client, options) => client.send(command, options),
      ({ OrganizationConformancePackStatuses = [] }) =>
        OrganizationConformancePackStatuses.flatMap(toOrganizationPackStatuses),
      request.signal,
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
    return this.#client.fetchPage(
      'GetOrganizationConformancePackDetailedStatus',
      (client, options) => client.send(command, options),
      ({ OrganizationConformancePackDetailedStatuses = [] }) =>
        OrganizationConformancePackDetailedStatuses.flatMap(toAccountRollouts),
      request.signal,
    );
  }

  selectAggregate(request: PageRequest, aggregator: string, expression: string): Promise<Page<SelectedRow>> {
    return this.#select(request, aggregator, expression, (results) => results.map(toSelectedRow));
  }

  listPackItems(
    request: PageRequest,
    aggregator: string,
    { account, region }: Pick<Scope, 'account' | 'region'>,
    pack: string,
  ): Promise<Page<PackItem>> {
    const expression =
      'SELECT resourceId, resourceName, accountId, awsRegion, configuration.configRuleList ' +
      "WHERE resourceType = 'AWS::Config::ConformancePackCompliance' " +
      `AND accountId = ${quoteValue(account)} AND awsRegion = ${quoteValue(region)} AND resourceName = ${quoteValue(pack)}`;
    return this.#select(request, aggregator, expression, (results) =>
      results.flatMap((result) => toPackItems(toSelectedRow(result))),
    );
  }

  #select<T>(
    request: PageRequest,
    aggregator: string,
    expression: string,
    toItems: (results: readonly string[]) => readonly T[],
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
      ({ Results = [] }) => toItems(Results),
      request.signal,
    );
  }
}

const paging = ({ cursor }: PageRequest, limit: number | undefined) => ({
  ...(limit !== undefined && { Limit: limit }),
  ...(cursor !== undefined && { NextToken: cursor }),
});
