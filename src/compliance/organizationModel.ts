import type { ComplianceType } from './model.ts';

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
