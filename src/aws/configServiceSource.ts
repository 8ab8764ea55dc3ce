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
  ResourceSource,
  RowFilter,
} from '../compliance/source.ts';
import { ConfigClient, type Send, type SharedResources } from './configClient.ts';
import type { Operation, RowOf } from './convert.ts';
import { toScope } from './toScope.ts';

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
      // Without credentials, AWS Config cannot be asked either.
      if (isSignedOut(thrown) || !isIdentityError(thrown)) throw thrown;
      const scope = await this.#requestPackScope(signal).catch(() => undefined);
      if (!scope) throw thrown;
      this.#client.setAccount(scope);
      return scope;
    }
  }

  getCallerArn(signal: AbortSignal): Promise<string> {
    return this.#client.requestCallerArn(signal);
  }

  listScores(request: PageRequest, order: PackOrder, names?: readonly string[]): Promise<Page<Score>> {
    const command = new ListConformancePackComplianceScoresCommand({
      ...(order.by === 'score' && { SortBy: 'SCORE' }),
      SortOrder: order.descending ? 'DESCENDING' : 'ASCENDING',
      ...(names && { Filters: { ConformancePackNames: [...names] } }),
      ...paging(request, this.#capPageSize(localLimit)),
    });
    const page = this.#fetchRows(
      'ListConformancePackComplianceScores',
      (client, options) => client.send(command, options),
      request,
    );
    return names ? emptyIfNoPack(page) : page;
  }

  listDeployments(request: PageRequest, names?: readonly string[]): Promise<Page<Deployment>> {
    const command = new DescribeConformancePackStatusCommand({
      ...(names && { ConformancePackNames: [...names] }),
      ...paging(request, localLimit),
    });
    const page = this.#fetchRows(
      'DescribeConformancePackStatus',
      (client, options) => client.send(command, options),
      request,
      (rows) => this.#client.requireOwn(rows),
    );
    return names ? emptyIfNoPack(page) : page;
  }

  listRules(request: PageRequest, pack: string): Promise<Page<Rule>> {
    const command = new DescribeConformancePackComplianceCommand({
      ConformancePackName: pack,
      ...paging(request, ruleLimit),
    });
    return this.#fetchRows(
      'DescribeConformancePackCompliance',
      (client, options) => client.send(command, options),
      request,
    );
  }

  listEvaluations(request: PageRequest, pack: string, compliance: ComplianceType): Promise<Page<Evaluation>> {
    const command = new GetConformancePackComplianceDetailsCommand({
      ConformancePackName: pack,
      Filters: { ComplianceType: compliance },
      ...paging(request, evaluationLimit),
    });
    return this.#fetchRows(
      'GetConformancePackComplianceDetails',
      (client, options) => client.send(command, options),
      request,
    );
  }

  listAggregators(request: PageRequest): Promise<Page<Aggregator>> {
    const command = new DescribeConfigurationAggregatorsCommand(paging(request, aggregateLimit));
    return this.#fetchRows(
      'DescribeConfigurationAggregators',
      (client, options) => client.send(command, options),
      request,
      (rows) => this.#client.requireOwn(rows),
    );
  }

  listUnhealthySources(request: PageRequest, aggregator: string): Promise<Page<UnhealthySource>> {
    const command = new DescribeConfigurationAggregatorSourcesStatusCommand({
      ConfigurationAggregatorName: aggregator,
      UpdateStatus: ['FAILED', 'OUTDATED'],
      ...paging(request, aggregateLimit),
    });
    return this.#fetchRows(
      'DescribeConfigurationAggregatorSourcesStatus',
      (client, options) => client.send(command, options),
      request,
      (rows) => rows.filter(({ state }) => state !== 'SUCCEEDED'),
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
    return this.#fetchRows(
      'GetAggregateConformancePackComplianceSummary',
      (client, options) => client.send(command, options),
      request,
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
    return this.#fetchRows(
      'DescribeAggregateComplianceByConformancePacks',
      (client, options) => client.send(command, options),
      request,
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

  async requestResources<T>(_signal: AbortSignal, send: (source: ResourceSource) => Promise<T>): Promise<T> {
    const { ResourceConfigSource } = await import('./resourceConfigSource.ts');
    return send(new ResourceConfigSource(this.#client));
  }

  /** Requests one page and converts its rows, of which `select` chooses. */
  async #fetchRows<Name extends Operation, Output extends { readonly NextToken?: string | undefined }>(
    operation: Name,
    send: Send<Output>,
    { signal }: PageRequest,
    select: (rows: readonly RowOf<Name>[]) => readonly RowOf<Name>[] = (rows) => rows,
  ): Promise<Page<RowOf<Name>>> {
    // Loaded with the first request.
    const { toRows } = await import('./convert.ts');
    return this.#client.fetchPage(operation, send, (output) => select(toRows(operation, output)), signal);
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

/** Whether STS was asked: other errors are about the credentials that the request needs. */
const isIdentityError = (thrown: unknown): boolean =>
  thrown instanceof ComplianceError && thrown.details.operation === 'GetCallerIdentity';
