import type {
  AccountAndRegion,
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
} from './model.ts';
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
} from './organizationModel.ts';
import type { RecordedPackState } from './recordedPackState.ts';
import type { EvaluationStatus, RemediationException, TaggedResource } from './resourceModel.ts';

/** A NextToken of the AWS API. It is opaque and expires, so it is never persisted. */
export type Cursor = string;

/** One page of a response. An empty page can have a next page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: Cursor | undefined;
}

export interface PageRequest {
  readonly cursor: Cursor | undefined;
  readonly signal: AbortSignal;
}

export interface PackOrder {
  readonly by: 'score' | 'name';
  readonly descending: boolean;
}

/** The default order. Queries in this order share one list. */
export const defaultPackOrder: PackOrder = { by: 'score', descending: false };

/** The filters that AWS Config supports for aggregate rows. */
export interface RowFilter {
  /** The exact pack name. */
  readonly pack?: string;
  readonly account?: string;
  readonly region?: string;
  readonly compliance?: ComplianceType;
}

/**
 * The port to AWS Config, for one connection in one region.
 * Every method rejects with a `ComplianceError`, even if it is aborted.
 */
export interface ComplianceSource {
  /** The account and region of the connection's credentials (GetCallerIdentity). */
  getScope(signal: AbortSignal): Promise<Scope>;
  /** The ARN of the user or role of the connection's credentials. Always issues a request (GetCallerIdentity). */
  getCallerArn(signal: AbortSignal): Promise<string>;
  /**
   * Published scores of the scope's packs, in the requested order (ListConformancePackComplianceScores).
   * `names` restricts them to at most `maxNames` exact names.
   */
  listScores(request: PageRequest, order: PackOrder, names?: readonly string[]): Promise<Page<Score>>;
  /** Deployments of the same packs (DescribeConformancePackStatus). */
  listDeployments(request: PageRequest, names?: readonly string[]): Promise<Page<Deployment>>;
  /** Rules of a deployed pack (DescribeConformancePackCompliance). */
  listRules(request: PageRequest, pack: string): Promise<Page<Rule>>;
  /** Results of a deployed pack that are `COMPLIANT` or `NON_COMPLIANT` (GetConformancePackComplianceDetails). */
  listEvaluations(request: PageRequest, pack: string, compliance: ComplianceType): Promise<Page<Evaluation>>;
  /** Aggregators of the scope (DescribeConfigurationAggregators). */
  listAggregators(request: PageRequest): Promise<Page<Aggregator>>;
  /** Sources with missing or outdated data in an aggregator (DescribeConfigurationAggregatorSourcesStatus). */
  listUnhealthySources(request: PageRequest, aggregator: string): Promise<Page<UnhealthySource>>;
  /** Pack counts by account or region (GetAggregateConformancePackComplianceSummary). */
  listPackCounts(request: PageRequest, aggregator: string, by: SummaryKey, filter: RowFilter): Promise<Page<PackCount>>;
  /** Packs of an aggregator's source accounts and regions (DescribeAggregateComplianceByConformancePacks). */
  listRows(request: PageRequest, aggregator: string, filter: RowFilter): Promise<Page<AggregateRow>>;
  /**
   * Deployed names of an organization's pack in an account (GetOrganizationConformancePackDetailedStatus).
   * Only the management account and delegated administrators have the permission.
   */
  listOrganizationPackNames(request: PageRequest, pack: string, account: string): Promise<Page<string>>;
  /** Sends a request of the operations that answer for an organization. Their code is loaded on first use. */
  requestOrganization<T>(signal: AbortSignal, send: (source: OrganizationSource) => Promise<T>): Promise<T>;
  /** Sends a request about single rules and resources. The code is loaded on first use. */
  requestResources<T>(signal: AbortSignal, send: (source: ResourceSource) => Promise<T>): Promise<T>;
}

/**
 * The port to the operations of AWS Config that answer for an organization. Their permissions are optional.
 * Every method rejects with a `ComplianceError`; a `denied` one names the operation's permission.
 */
export interface OrganizationSource {
  /** Rules of an aggregator's source accounts and regions, in pages of 1000 (DescribeAggregateComplianceByConfigRules). */
  listAggregateRules(request: PageRequest, aggregator: string, filter: RuleFilter): Promise<Page<AggregateRule>>;
  /** Results of one rule in one account and region (GetAggregateComplianceDetailsByConfigRule). */
  listAggregateEvaluations(
    request: PageRequest,
    aggregator: string,
    location: RuleLocation,
    compliance: ComplianceType,
  ): Promise<Page<Evaluation>>;
  /**
   * Packs that the organization deploys in the region, with excluded accounts (DescribeOrganizationConformancePacks).
   * Only the management account and delegated administrators have the permission for this and the two following.
   */
  listOrganizationPacks(request: PageRequest): Promise<Page<OrganizationPack>>;
  /** The overall rollout of the same packs (DescribeOrganizationConformancePackStatuses). */
  listOrganizationPackStatuses(request: PageRequest): Promise<Page<OrganizationPackStatus>>;
  /** The rollout of a pack to each account (GetOrganizationConformancePackDetailedStatus). */
  listOrganizationRollout(request: PageRequest, pack: string, filter: RolloutFilter): Promise<Page<AccountRollout>>;
  /**
   * Rows of an advanced query, in pages of 100, or 500 with `GROUP BY` (SelectAggregateResourceConfig). An empty result
   * means that the types are not recorded or that there are none. Conditions on members of an array are tested
   * independently of each other: filter the rows again.
   */
  selectAggregate(request: PageRequest, aggregator: string, expression: string): Promise<Page<SelectedRow>>;
  /** The configuration items of a pack in one account and region, at most one (SelectAggregateResourceConfig). */
  listPackItems(
    request: PageRequest,
    aggregator: string,
    scope: AccountAndRegion,
    pack: string,
  ): Promise<Page<PackItem>>;
  /**
   * The recorded states of a pack of the connection's own scope, newest first (GetResourceConfigHistory). Rejects with
   * `notRecorded` if AWS Config has not recorded the pack.
   */
  listRecordedPackStates(request: PageRequest, packId: string): Promise<Page<RecordedPackState>>;
}

/**
 * The port to the operations of AWS Config about single rules and resources of the scope. Their permissions are optional.
 * Every method rejects with a `ComplianceError`; a `denied` one names the operation's permission.
 */
export interface ResourceSource {
  /** The resources that are excepted from a rule's remediation (DescribeRemediationExceptions). */
  listExceptions(request: PageRequest, rule: string): Promise<Page<RemediationException>>;
  /**
   * The recorded resources that an advanced query selects, with their tags (SelectResourceConfig). The expression selects
   * `resourceId`, `resourceType` and `tags`.
   */
  selectTags(request: PageRequest, expression: string): Promise<Page<TaggedResource>>;
  /** How the last evaluations of at most 25 rules ended (DescribeConfigRuleEvaluationStatus). */
  listEvaluationStatuses(request: PageRequest, rules: readonly string[]): Promise<Page<EvaluationStatus>>;
}

/** Quotes a value for an expression of an advanced query. */
export const quoteValue = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Opens the source of a connection, without a request. */
export type OpenSource = (connection: Connection) => Promise<ComplianceSource>;

/** Maximum number of names in one request. */
export const maxNames = 25;

/** A profile in the user's AWS files and a region. The SDK's default chain resolves an absent member. */
export interface Connection {
  readonly profile?: string;
  readonly region?: string;
  /** Set for the sample in the extension, which has neither a profile nor a region. */
  readonly isSample?: true;
}

/** The only connection while sample data is shown. */
export const sampleConnection: Connection = { isSample: true };

/** A profile in the user's AWS files, as described by the files alone. */
export interface Profile {
  readonly name: string;
  readonly region: string | undefined;
  /** The kind of credentials: SSO, `aws login`, `credential_process`, access keys, or environment and instance metadata. */
  readonly kind: 'sso' | 'login' | 'process' | 'keys' | 'other';
  /** The profile that has the credentials: this profile, or the end of its `source_profile` chain. */
  readonly source: string;
  /** Whether its role requires an MFA code. */
  readonly requiresMfa: boolean;
}

/** The profile that the SDK uses for a connection: its own, the one in `AWS_PROFILE`, or `default`. */
export const getEffectiveProfile = (
  profile: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string => profile ?? (environment.AWS_PROFILE || 'default');

/** Identifies a connection in caches and element IDs. */
export const getConnectionKey = ({ profile = '', region = '', isSample }: Connection): string =>
  isSample ? 'sample' : `${profile}@${region}`;

/** Formats a connection, such as `profile audit`. */
export const formatConnection = ({ profile, isSample }: Connection): string => {
  if (isSample) return 'Sample data';
  return profile === undefined ? 'default credentials' : `profile ${profile}`;
};

/** A log entry for one request. It has neither credentials nor response data. */
export interface RequestRecord {
  readonly operation: string;
  readonly region: string;
  readonly milliseconds: number;
  readonly attempts: number;
  readonly rows?: number;
  /** The error's name, message and request ID, redacted. */
  readonly error?: string;
}

export type RequestLog = (record: RequestRecord) => void;
