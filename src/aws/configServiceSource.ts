import {
  DescribeAggregateComplianceByConformancePacksCommand,
  DescribeConfigurationAggregatorSourcesStatusCommand,
  DescribeConfigurationAggregatorsCommand,
  DescribeConformancePackComplianceCommand,
  DescribeConformancePackStatusCommand,
  GetAggregateConformancePackComplianceSummaryCommand,
  GetConformancePackComplianceDetailsCommand,
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
import type { AccountRollout } from '../compliance/organizationModel.ts';
import type {
  ComplianceSource,
  Connection,
  OrganizationSource,
  PackOrder,
  Page,
  PageRequest,
  RowFilter,
} from '../compliance/source.ts';
import { ConfigClient, type SharedResources } from './configClient.ts';
import {
  toAggregateRows,
  toAggregators,
  toDeployments,
  toEvaluations,
  toPackCounts,
  toRules,
  toScope,
  toScores,
  toUnhealthySources,
} from './convert.ts';

// The service's page limits.
const localLimit = 20;
const ruleLimit = 1000;
const evaluationLimit = 100;
const aggregateLimit = 100;

/** Reads one connection's data from AWS Config. */
export class ConfigServiceSource implements ComplianceSource {
  readonly #client: ConfigClient;
  readonly #pageSize: () => number;

  constructor(client: ConfigClient, pageSize: () => number) {
    this.#client = client;
    this.#pageSize = pageSize;
  }

  static async open(connection: Connection, shared: SharedResources): Promise<ConfigServiceSource> {
    return new ConfigServiceSource(await ConfigClient.open(connection, shared), shared.settings.pageSize);
  }

  async getScope(signal: AbortSignal): Promise<Scope> {
    try {
      return await this.#client.requestScope(signal);
    } catch (thrown) {
      if (isSignedOut(thrown)) throw thrown;
      const scope = await this.#requestPackScope(signal).catch(() => undefined);
      if (!scope) throw thrown;
      this.#client.setAccount(scope);
      return scope;
    }
  }

  listScores(request: PageRequest, order: PackOrder, names?: readonly string[]): Promise<Page<Score>> {
    const command = new ListConformancePackComplianceScoresCommand({
      ...(order.by === 'score' && { SortBy: 'SCORE' }),
      SortOrder: order.descending ? 'DESCENDING' : 'ASCENDING',
      ...(names && { Filters: { ConformancePackNames: [...names] } }),
      ...paging(request, this.#capPageSize(localLimit)),
    });
    return emptyIfNoPack(
      this.#client.fetchPage(
        'ListConformancePackComplianceScores',
        (client, options) => client.send(command, options),
        ({ ConformancePackComplianceScores = [] }) => ConformancePackComplianceScores.flatMap(toScores),
        request.signal,
      ),
    );
  }

  listDeployments(request: PageRequest, names?: readonly string[]): Promise<Page<Deployment>> {
    const command = new DescribeConformancePackStatusCommand({
      ...(names && { ConformancePackNames: [...names] }),
      ...paging(request, localLimit),
    });
    return emptyIfNoPack(
      this.#client.fetchPage(
        'DescribeConformancePackStatus',
        (client, options) => client.send(command, options),
        ({ ConformancePackStatusDetails = [] }) =>
          this.#client.requireOwn(ConformancePackStatusDetails.flatMap(toDeployments)),
        request.signal,
      ),
    );
  }

  listRules(request: PageRequest, pack: string): Promise<Page<Rule>> {
    const command = new DescribeConformancePackComplianceCommand({
      ConformancePackName: pack,
      ...paging(request, ruleLimit),
    });
    return this.#client.fetchPage(
      'DescribeConformancePackCompliance',
      (client, options) => client.send(command, options),
      ({ ConformancePackRuleComplianceList = [] }) => ConformancePackRuleComplianceList.flatMap(toRules),
      request.signal,
    );
  }

  listEvaluations(request: PageRequest, pack: string, compliance: ComplianceType): Promise<Page<Evaluation>> {
    const command = new GetConformancePackComplianceDetailsCommand({
      ConformancePackName: pack,
      Filters: { ComplianceType: compliance },
      ...paging(request, evaluationLimit),
    });
    return this.#client.fetchPage(
      'GetConformancePackComplianceDetails',
      (client, options) => client.send(command, options),
      ({ ConformancePackRuleEvaluationResults = [] }) => ConformancePackRuleEvaluationResults.flatMap(toEvaluations),
      request.signal,
    );
  }

  listAggregators(request: PageRequest): Promise<Page<Aggregator>> {
    const command = new DescribeConfigurationAggregatorsCommand(paging(request, aggregateLimit));
    return this.#client.fetchPage(
      'DescribeConfigurationAggregators',
      (client, options) => client.send(command, options),
      ({ ConfigurationAggregators = [] }) => this.#client.requireOwn(ConfigurationAggregators.flatMap(toAggregators)),
      request.signal,
    );
  }

  listUnhealthySources(request: PageRequest, aggregator: string): Promise<Page<UnhealthySource>> {
    const command = new DescribeConfigurationAggregatorSourcesStatusCommand({
      ConfigurationAggregatorName: aggregator,
      UpdateStatus: ['FAILED', 'OUTDATED'],
      ...paging(request, aggregateLimit),
    });
    return this.#client.fetchPage(
      'DescribeConfigurationAggregatorSourcesStatus',
      (client, options) => client.send(command, options),
      ({ AggregatedSourceStatusList = [] }) => AggregatedSourceStatusList.flatMap(toUnhealthySources),
      request.signal,
    );
  }

  listPackCounts(
    request: PageRequest,
    aggregator: string,
    by: SummaryKey,
    filter: RowFilter,
  ): Promise<Page<PackCount>> {
    const command = new GetAggregateConformancePackComplianceSummaryCommand({
      ConfigurationAggregatorName: aggregator,
      GroupByKey: by === 'account' ? 'ACCOUNT_ID' : 'AWS_REGION',
      Filters: { AccountId: filter.account, AwsRegion: filter.region },
      ...paging(request, this.#capPageSize(aggregateLimit)),
    });
    return this.#client.fetchPage(
      'GetAggregateConformancePackComplianceSummary',
      (client, options) => client.send(command, options),
      ({ AggregateConformancePackComplianceSummaries = [] }) =>
        AggregateConformancePackComplianceSummaries.flatMap(toPackCounts),
      request.signal,
    );
  }

  listRows(request: PageRequest, aggregator: string, filter: RowFilter): Promise<Page<AggregateRow>> {
    const command = new DescribeAggregateComplianceByConformancePacksCommand({
      ConfigurationAggregatorName: aggregator,
      Filters: {
        ConformancePackName: filter.pack,
        ComplianceType: filter.compliance,
        AccountId: filter.account,
        AwsRegion: filter.region,
      },
      ...paging(request, this.#capPageSize(aggregateLimit)),
    });
    return this.#client.fetchPage(
      'DescribeAggregateComplianceByConformancePacks',
      (client, options) => client.send(command, options),
      ({ AggregateComplianceByConformancePacks = [] }) =>
        AggregateComplianceByConformancePacks.flatMap(toAggregateRows),
      request.signal,
    );
  }

  async listOrganizationPackNames(request: PageRequest, pack: string, account: string): Promise<Page<string>> {
    const { items, next } = await this.requestOrganization(request.signal, (source) =>
      source.listOrganizationRollout(request, pack, { account }),
    );
    return { items: items.filter(isDeployed).flatMap(({ deployedName = [] }) => deployedName), next };
  }

  async requestOrganization<T>(_signal: AbortSignal, send: (source: OrganizationSource) => Promise<T>): Promise<T> {
    const { OrganizationConfigSource } = await import('./organizationConfigSource.ts');
    return send(new OrganizationConfigSource(this.#client));
  }

  /** STS may be unreachable where AWS Config is not. The ARN of a pack also contains the account. */
  async #requestPackScope(signal: AbortSignal): Promise<Scope | undefined> {
    const { items } = await this.listDeployments({ cursor: undefined, signal });
    return toScope(items[0]?.arn, await this.#client.region('DescribeConformancePackStatus'));
  }

  #capPageSize(limit: number): number {
    return Math.min(this.#pageSize(), limit);
  }
}

/** The rollout still names a pack that was deleted in its account. */
const isDeployed = ({ state }: AccountRollout): boolean => state !== 'DELETE_SUCCESSFUL';

const paging = ({ cursor }: PageRequest, limit: number) => ({
  Limit: limit,
  ...(cursor !== undefined && { NextToken: cursor }),
});

/** For an unknown pack name, the service may return an error instead of an empty page. */
async function emptyIfNoPack<T>(page: Promise<Page<T>>): Promise<Page<T>> {
  try {
    return await page;
  } catch (thrown) {
    if (thrown instanceof ComplianceError && thrown.kind === 'packNotFound') return { items: [], next: undefined };
    throw thrown;
  }
}
