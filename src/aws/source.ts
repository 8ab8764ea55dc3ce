import {
  ConfigServiceClient,
  DescribeAggregateComplianceByConformancePacksCommand,
  DescribeConfigurationAggregatorsCommand,
  DescribeConformancePackComplianceCommand,
  DescribeConformancePackStatusCommand,
  GetAggregateConformancePackComplianceSummaryCommand,
  GetConformancePackComplianceDetailsCommand,
  ListConformancePackComplianceScoresCommand,
} from '@aws-sdk/client-config-service';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { ComplianceError } from '../compliance/errors.ts';
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
} from '../compliance/model.ts';
import type {
  ComplianceSource,
  Connection,
  PackOrder,
  Page,
  PageRequest,
  RequestLog,
  RowFilter,
} from '../compliance/source.ts';
import { toAggregators, toDeployments, toEvaluations, toPackCounts, toRows, toRules, toScores } from './convert.ts';
import { credentialChain } from './credentials.ts';
import { profileEndpoint } from './endpoints.ts';
import { toComplianceError } from './errors.ts';
import { callerScope, scopeOfArn } from './identity.ts';
import type { Pace } from './pace.ts';
import { requestPage } from './requests.ts';

/** The largest pages that the service gives: of the caller's own packs, of a pack's rules and results, of an aggregator. */
const localLimit = 20;
const ruleLimit = 1000;
const evaluationLimit = 100;
const aggregateLimit = 100;

/** What every source works with. */
export interface SourceOptions {
  /** Rows that the person wants on a page of a long list; each operation caps it. */
  readonly pageSize: () => number;
  readonly pace: Pace;
  readonly log: RequestLog;
}

/** AWS Config over the SDK, for one connection. */
export class AwsSource implements ComplianceSource {
  readonly #connection: Connection;
  readonly #client: ConfigServiceClient;
  readonly #credentials: AwsCredentialIdentityProvider;
  readonly #options: SourceOptions;
  /** The account, once it is known: profiles that lead to it share its pace. */
  #account: string | undefined;

  private constructor(connection: Connection, endpoint: string | undefined, options: SourceOptions) {
    const { profile, region } = connection;
    this.#connection = connection;
    this.#credentials = credentialChain(profile);
    this.#options = options;
    this.#client = new ConfigServiceClient({
      credentials: this.#credentials,
      retryMode: 'adaptive',
      // Without these a connection that has gone silent would load for ever.
      requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
      ...(profile !== undefined && { profile }),
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
    });
  }

  static async open(connection: Connection, options: SourceOptions): Promise<AwsSource> {
    const { profile } = connection;
    const endpoint = profile === undefined ? undefined : await profileEndpoint(profile, 'config_service');
    return new AwsSource(connection, endpoint, options);
  }

  async scope(signal: AbortSignal): Promise<Scope> {
    const region = await this.#region('GetCallerIdentity');
    try {
      const { profile } = this.#connection;
      const endpoint = profile === undefined ? undefined : await profileEndpoint(profile, 'sts');
      const client = { credentials: this.#credentials, region, ...(endpoint !== undefined && { endpoint }) };
      const scope = await callerScope(client, this.#options.log, signal);
      if (scope) return this.#own(scope);
    } catch (thrown) {
      // STS may be out of reach where AWS Config is not: a pack's ARN names the account as well.
      const { items } = await this.deployments({ cursor: undefined, signal }).catch(() => Promise.reject(thrown));
      const scope = scopeOfArn(items[0]?.arn, region);
      if (scope) return this.#own(scope);
      throw thrown;
    }
    throw new ComplianceError('unknown', 'The caller identity names no account.', { operation: 'GetCallerIdentity' });
  }

  #own(scope: Scope): Scope {
    this.#account = scope.account;
    return scope;
  }

  scores(request: PageRequest, order: PackOrder, names?: readonly string[]): Promise<Page<Score>> {
    const command = new ListConformancePackComplianceScoresCommand({
      ...(order.by === 'score' && { SortBy: 'SCORE' }),
      SortOrder: order.descending ? 'DESCENDING' : 'ASCENDING',
      ...(names && { Filters: { ConformancePackNames: [...names] } }),
      ...paging(request, this.#upTo(localLimit)),
    });
    return noneIfNoPack(
      this.#page(
        request,
        'ListConformancePackComplianceScores',
        () => this.#client.send(command, { abortSignal: request.signal }),
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
      this.#page(
        request,
        'DescribeConformancePackStatus',
        () => this.#client.send(command, { abortSignal: request.signal }),
        ({ ConformancePackStatusDetails = [] }) => ConformancePackStatusDetails.flatMap(toDeployments),
      ),
    );
  }

  rules(request: PageRequest, pack: string): Promise<Page<Rule>> {
    const command = new DescribeConformancePackComplianceCommand({
      ConformancePackName: pack,
      ...paging(request, ruleLimit),
    });
    return this.#page(
      request,
      'DescribeConformancePackCompliance',
      () => this.#client.send(command, { abortSignal: request.signal }),
      ({ ConformancePackRuleComplianceList = [] }) => ConformancePackRuleComplianceList.flatMap(toRules),
    );
  }

  evaluations(request: PageRequest, pack: string, compliance: ComplianceType): Promise<Page<Evaluation>> {
    const command = new GetConformancePackComplianceDetailsCommand({
      ConformancePackName: pack,
      Filters: { ComplianceType: compliance },
      ...paging(request, evaluationLimit),
    });
    return this.#page(
      request,
      'GetConformancePackComplianceDetails',
      () => this.#client.send(command, { abortSignal: request.signal }),
      ({ ConformancePackRuleEvaluationResults = [] }) => ConformancePackRuleEvaluationResults.flatMap(toEvaluations),
    );
  }

  aggregators(request: PageRequest): Promise<Page<Aggregator>> {
    const command = new DescribeConfigurationAggregatorsCommand(paging(request, aggregateLimit));
    return this.#page(
      request,
      'DescribeConfigurationAggregators',
      () => this.#client.send(command, { abortSignal: request.signal }),
      ({ ConfigurationAggregators = [] }) => ConfigurationAggregators.flatMap(toAggregators),
    );
  }

  packCounts(request: PageRequest, aggregator: string, by: SummaryKey, filter: RowFilter): Promise<Page<PackCount>> {
    const command = new GetAggregateConformancePackComplianceSummaryCommand({
      ConfigurationAggregatorName: aggregator,
      GroupByKey: by === 'account' ? 'ACCOUNT_ID' : 'AWS_REGION',
      Filters: { AccountId: filter.account, AwsRegion: filter.region },
      ...paging(request, this.#upTo(aggregateLimit)),
    });
    return this.#page(
      request,
      'GetAggregateConformancePackComplianceSummary',
      () => this.#client.send(command, { abortSignal: request.signal }),
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
    return this.#page(
      request,
      'DescribeAggregateComplianceByConformancePacks',
      () => this.#client.send(command, { abortSignal: request.signal }),
      ({ AggregateComplianceByConformancePacks = [] }) => AggregateComplianceByConformancePacks.flatMap(toRows),
    );
  }

  #upTo(limit: number): number {
    return Math.min(this.#options.pageSize(), limit);
  }

  async #page<Output extends { readonly NextToken?: string | undefined }, T>(
    { signal }: PageRequest,
    operation: string,
    send: () => Promise<Output>,
    read: (output: Output) => readonly T[],
  ): Promise<Page<T>> {
    const region = await this.#region(operation);
    const { pace, log } = this.#options;
    const owner = this.#account ?? this.#connection.profile ?? '';
    return pace.run(`${owner}/${region}`, signal, () => requestPage(operation, region, log, send, read));
  }

  async #region(operation: string): Promise<string> {
    try {
      return await this.#client.config.region();
    } catch (thrown) {
      throw toComplianceError(thrown, operation);
    }
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
