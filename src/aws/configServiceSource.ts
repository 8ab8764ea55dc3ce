import {
  DescribeAggregateComplianceByConformancePacksCommand,
  DescribeConfigurationAggregatorSourcesStatusCommand,
  DescribeConfigurationAggregatorsCommand,
  DescribeConformancePackComplianceCommand,
  DescribeConformancePackStatusCommand,
  GetAggregateConformancePackComplianceSummaryCommand,
  GetConformancePackComplianceDetailsCommand,
  GetOrganizationConformancePackDetailedStatusCommand,
  ListConformancePackComplianceScoresCommand,
} from '@aws-sdk/client-config-service';
import { ComplianceError, isSignedOut } from '../compliance/errors.ts';
import type {
  AggregateRow,
  Aggregator,
  ComplianceType,
  Deployment,
  Evaluation,
  PackCount,
  Rule,
  Scope,
  Score,
  SummaryKey,
  UnhealthySource,
} from '../compliance/model.ts';
import type { ComplianceSource, Connection, PackOrder, Page, PageRequest, RowFilter } from '../compliance/source.ts';
import { type ClientOptions, ConfigClient } from './configClient.ts';
import {
  scopeOfArn,
  toAggregators,
  toDeployedNames,
  toDeployments,
  toEvaluations,
  toPackCounts,
  toRows,
  toRules,
  toScores,
  toTroubledSources,
} from './convert.ts';

/** The largest pages that the service gives: of the caller's own packs, of a pack's rules and results, of an aggregator or organization. */
const localLimit = 20;
const ruleLimit = 1000;
const evaluationLimit = 100;
const aggregateLimit = 100;
const organizationLimit = 100;

/** AWS Config over the SDK, for one connection. */
export class ConfigServiceSource implements ComplianceSource {
  readonly #client: ConfigClient;
  readonly #pageSize: () => number;

  private constructor(channel: ConfigClient, pageSize: () => number) {
    this.#client = channel;
    this.#pageSize = pageSize;
  }

  static async open(connection: Connection, options: ClientOptions): Promise<ConfigServiceSource> {
    return new ConfigServiceSource(await ConfigClient.open(connection, options), options.pageSize);
  }

  async scope(signal: AbortSignal): Promise<Scope> {
    const operation = 'GetCallerIdentity';
    const region = await this.#client.region(operation);
    try {
      const scope = await this.#client.identity(signal);
      if (scope) return this.#client.setAccount(scope);
    } catch (thrown) {
      if (isSignedOut(thrown)) throw thrown;
      // STS may be out of reach where AWS Config is not: a pack's ARN names the account as well.
      const { items } = await this.deployments({ cursor: undefined, signal }).catch(() => Promise.reject(thrown));
      const scope = scopeOfArn(items[0]?.arn, region);
      if (scope) return this.#client.setAccount(scope);
      throw thrown;
    }
    throw new ComplianceError('unknown', 'The caller identity names no account.', { operation });
  }

  scores(request: PageRequest, order: PackOrder, names?: readonly string[]): Promise<Page<Score>> {
    const command = new ListConformancePackComplianceScoresCommand({
      ...(order.by === 'score' && { SortBy: 'SCORE' }),
      SortOrder: order.descending ? 'DESCENDING' : 'ASCENDING',
      ...(names && { Filters: { ConformancePackNames: [...names] } }),
      ...paging(request, this.#upTo(localLimit)),
    });
    return noneIfNoPack(
      this.#client.page(
        request,
        'ListConformancePackComplianceScores',
        (client, options) => client.send(command, options),
        ({ ConformancePackComplianceScores = [] }) => ConformancePackComplianceScores.flatMap(toScores),
      ),
    );
  }

  deployments(request: PageRequest, names?: readonly string[]): Promise<Page<Deployment>> {
    const command = new DescribeConformancePackStatusCommand({
      ...(names && { ConformancePackNames: [...names] }),
      ...paging(request, localLimit),
    });
    return noneIfNoPack(
      this.#client.page(
        request,
        'DescribeConformancePackStatus',
        (client, options) => client.send(command, options),
        ({ ConformancePackStatusDetails = [] }) => ConformancePackStatusDetails.flatMap(toDeployments),
      ),
    );
  }

  rules(request: PageRequest, pack: string): Promise<Page<Rule>> {
    const command = new DescribeConformancePackComplianceCommand({
      ConformancePackName: pack,
      ...paging(request, ruleLimit),
    });
    return this.#client.page(
      request,
      'DescribeConformancePackCompliance',
      (client, options) => client.send(command, options),
      ({ ConformancePackRuleComplianceList = [] }) => ConformancePackRuleComplianceList.flatMap(toRules),
    );
  }

  evaluations(request: PageRequest, pack: string, compliance: ComplianceType): Promise<Page<Evaluation>> {
    const command = new GetConformancePackComplianceDetailsCommand({
      ConformancePackName: pack,
      Filters: { ComplianceType: compliance },
      ...paging(request, evaluationLimit),
    });
    return this.#client.page(
      request,
      'GetConformancePackComplianceDetails',
      (client, options) => client.send(command, options),
      ({ ConformancePackRuleEvaluationResults = [] }) => ConformancePackRuleEvaluationResults.flatMap(toEvaluations),
    );
  }

  aggregators(request: PageRequest): Promise<Page<Aggregator>> {
    const command = new DescribeConfigurationAggregatorsCommand(paging(request, aggregateLimit));
    return this.#client.page(
      request,
      'DescribeConfigurationAggregators',
      (client, options) => client.send(command, options),
      ({ ConfigurationAggregators = [] }) => ConfigurationAggregators.flatMap(toAggregators),
    );
  }

  unhealthySources(request: PageRequest, aggregator: string): Promise<Page<UnhealthySource>> {
    const command = new DescribeConfigurationAggregatorSourcesStatusCommand({
      ConfigurationAggregatorName: aggregator,
      UpdateStatus: ['FAILED', 'OUTDATED'],
      ...paging(request, aggregateLimit),
    });
    return this.#client.page(
      request,
      'DescribeConfigurationAggregatorSourcesStatus',
      (client, options) => client.send(command, options),
      ({ AggregatedSourceStatusList = [] }) => AggregatedSourceStatusList.flatMap(toTroubledSources),
    );
  }

  packCounts(request: PageRequest, aggregator: string, by: SummaryKey, filter: RowFilter): Promise<Page<PackCount>> {
    const command = new GetAggregateConformancePackComplianceSummaryCommand({
      ConfigurationAggregatorName: aggregator,
      GroupByKey: by === 'account' ? 'ACCOUNT_ID' : 'AWS_REGION',
      Filters: { AccountId: filter.account, AwsRegion: filter.region },
      ...paging(request, this.#upTo(aggregateLimit)),
    });
    return this.#client.page(
      request,
      'GetAggregateConformancePackComplianceSummary',
      (client, options) => client.send(command, options),
      ({ AggregateConformancePackComplianceSummaries = [] }) =>
        AggregateConformancePackComplianceSummaries.flatMap(toPackCounts),
    );
  }

  rows(request: PageRequest, aggregator: string, filter: RowFilter): Promise<Page<AggregateRow>> {
    const command = new DescribeAggregateComplianceByConformancePacksCommand({
      ConfigurationAggregatorName: aggregator,
      Filters: {
        ConformancePackName: filter.pack,
        ComplianceType: filter.compliance,
        AccountId: filter.account,
        AwsRegion: filter.region,
      },
      ...paging(request, this.#upTo(aggregateLimit)),
    });
    return this.#client.page(
      request,
      'DescribeAggregateComplianceByConformancePacks',
      (client, options) => client.send(command, options),
      ({ AggregateComplianceByConformancePacks = [] }) => AggregateComplianceByConformancePacks.flatMap(toRows),
    );
  }

  organizationNames(request: PageRequest, pack: string, account: string): Promise<Page<string>> {
    const command = new GetOrganizationConformancePackDetailedStatusCommand({
      OrganizationConformancePackName: pack,
      Filters: { AccountId: account },
      ...paging(request, organizationLimit),
    });
    return this.#client.page(
      request,
      'GetOrganizationConformancePackDetailedStatus',
      (client, options) => client.send(command, options),
      ({ OrganizationConformancePackDetailedStatuses = [] }) =>
        OrganizationConformancePackDetailedStatuses.flatMap(toDeployedNames),
    );
  }

  #upTo(limit: number): number {
    return Math.min(this.#pageSize(), limit);
  }
}

const paging = ({ cursor }: PageRequest, limit: number) => ({
  Limit: limit,
  ...(cursor !== undefined && { NextToken: cursor }),
});

/** The service may refuse a name that it does not know instead of giving no row for it. */
async function noneIfNoPack<T>(page: Promise<Page<T>>): Promise<Page<T>> {
  try {
    return await page;
  } catch (thrown) {
    if (thrown instanceof ComplianceError && thrown.kind === 'noPack') return { items: [], next: undefined };
    throw thrown;
  }
}
