import type { ComplianceType, Evaluation, Scope } from './model.ts';
import type { Page, PageRequest } from './source.ts';

/** A rule in a source account and region of an aggregator (DescribeAggregateComplianceByConfigRules). */
export interface AggregateRule {
  /** The deployed name. A pack's rules end with the suffix `-conformance-pack-<9 characters>`; `splitRuleName` removes it. */
  readonly rule: string;
  readonly account: string;
  readonly region: string;
  /** Undefined if the rule applies to no resource. */
  readonly compliance: ComplianceType | undefined;
  /** The number of resources that cause this state, at most the cap of AWS Config. Undefined if AWS does not count them. */
  readonly resources: number | undefined;
  /** Whether there are more resources than `resources`. */
  readonly isCapped: boolean;
}

/** The filters that AWS Config supports for aggregate rules. */
export interface RuleFilter {
  /** The exact deployed name. */
  readonly rule?: string;
  readonly account?: string;
  readonly region?: string;
  readonly compliance?: ComplianceType;
}

/** A rule in one source account and region of an aggregator. */
export type RuleLocation = Pick<AggregateRule, 'rule' | 'account' | 'region'>;

/** A pack that the organization deploys in the caller's region (DescribeOrganizationConformancePacks). */
export interface OrganizationPack {
  /** The organization's name of the pack. In member accounts it is `OrgConformsPack-<name>-<8 characters>`. */
  readonly name: string;
  readonly arn: string | undefined;
  readonly excludedAccounts: readonly string[];
  /** Epoch milliseconds. */
  readonly updatedAt: number | undefined;
}

/** The overall rollout of an organization's pack (DescribeOrganizationConformancePackStatuses). */
export interface OrganizationPackStatus {
  /** The organization's name of the pack. */
  readonly pack: string;
  /** `CREATE_SUCCESSFUL`, `UPDATE_IN_PROGRESS` …, as in the AWS Config API. */
  readonly state: string;
  readonly errorCode: string | undefined;
  readonly reason: string | undefined;
  /** Epoch milliseconds. */
  readonly updatedAt: number | undefined;
}

/** The rollout of an organization's pack to one account (GetOrganizationConformancePackDetailedStatus). */
export interface AccountRollout {
  readonly account: string;
  /** The name of the pack in the account. */
  readonly deployedName: string | undefined;
  /** `CREATE_SUCCESSFUL`, `UPDATE_FAILED` …, as in the AWS Config API. */
  readonly state: string;
  readonly errorCode: string | undefined;
  readonly reason: string | undefined;
  /** Epoch milliseconds. */
  readonly updatedAt: number | undefined;
}

/** Filters of an organization pack's rollout. */
export interface RolloutFilter {
  readonly account?: string;
  /** The exact state. */
  readonly state?: string;
}

/** A row of an advanced query. Members with dots in their names are nested objects. */
export type SelectedRow = Readonly<Record<string, unknown>>;

/** The configuration item `AWS::Config::ConformancePackCompliance` of a pack in an aggregator. */
export interface PackItem {
  readonly pack: string;
  readonly account: string;
  readonly region: string;
  /** `conformance-pack-<9 characters>`, the suffix of its rules' names. Undefined if nothing in the item contains it. */
  readonly id: string | undefined;
  /** The pack's rules by their deployed names. */
  readonly rules: readonly { readonly name: string; readonly compliance: ComplianceType | undefined }[];
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
    scope: Pick<Scope, 'account' | 'region'>,
    pack: string,
  ): Promise<Page<PackItem>>;
}

/** Quotes a value for an expression of `selectAggregate`. */
export const quoteValue = (value: string): string => `'${value.replaceAll("'", "''")}'`;
