/** An account and region. Scores and deployments are available only from the caller's own scope. */
export interface Scope {
  /** 12-digit account ID. */
  readonly account: string;
  /** The partition in ARNs: `aws`, `aws-cn`, `aws-us-gov` … */
  readonly partition: string;
  readonly region: string;
}

/** What identifies a scope to people: account IDs are unique over all partitions. */
export type AccountAndRegion = Pick<Scope, 'account' | 'region'>;

/** Whether both have the same account and region. */
export const isSameScope = (a: Scope, b: Scope): boolean => a.account === b.account && a.region === b.region;

export const complianceTypes = ['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'COMPLIANT'] as const;
/** The compliance states of packs, rules and resources that this version knows, as in the AWS Config API. */
export type ComplianceType = (typeof complianceTypes)[number];

/** Sorts compliance states, worst first. Unknown ones come after the others, and an absent one last. */
export const rankCompliance = (compliance: string | undefined): number => {
  const rank = (complianceTypes as readonly (string | undefined)[]).indexOf(compliance);
  return rank >= 0 ? rank : complianceTypes.length + (compliance === undefined ? 1 : 0);
};

/** A published score of a pack in the caller's scope (ListConformancePackComplianceScores). */
export interface Score {
  readonly pack: string;
  /** 0–100, or undefined if the published score is no such number. */
  readonly percent: number | undefined;
  /** The published score if it is neither a number from 0 to 100 nor `INSUFFICIENT_DATA`. */
  readonly text: string | undefined;
  /** When AWS Config computed the score, epoch milliseconds. */
  readonly updatedAt: number | undefined;
}

/** A pack's deployment in the caller's scope (DescribeConformancePackStatus). */
export interface Deployment {
  readonly pack: string;
  readonly id: string | undefined;
  readonly arn: string | undefined;
  /** `CREATE_COMPLETE`, `CREATE_FAILED` …, as in the AWS Config API; `UNKNOWN` if it is absent. */
  readonly state: string;
  readonly reason: string | undefined;
  readonly stackArn: string | undefined;
  /** Epoch milliseconds. */
  readonly requestedAt: number | undefined;
  /** When the last deployment or update succeeded, epoch milliseconds. */
  readonly completedAt: number | undefined;
}

/** Whether creating, updating or deleting a pack failed, judging by its deployment state. */
export const isFailedState = (state: string | undefined): boolean => state?.endsWith('_FAILED') === true;

/** A pack of the caller's scope, joined by name from scores and deployments. Either may be missing. */
export interface Pack {
  readonly name: string;
  readonly score: Score | undefined;
  readonly deployment: Deployment | undefined;
  /** Set if not all scores could be read yet, so that the pack may have one. */
  readonly isScoreUnread?: true;
}

/** A rule of a deployed pack (DescribeConformancePackCompliance). */
export interface Rule {
  /** The deployed name: the name in the template with the suffix `-conformance-pack-<9 characters>`. */
  readonly name: string;
  /** A `ComplianceType`, or another value as it came. */
  readonly compliance: string | undefined;
  /** Controls of a compliance framework: `AC-3`, `SC-28` … */
  readonly controls: readonly string[];
}

/** One rule's result for one resource (GetConformancePackComplianceDetails). */
export interface Evaluation {
  readonly rule: string;
  readonly resourceType: string;
  readonly resourceId: string;
  /** A `ComplianceType`, or another value as it came. */
  readonly compliance: string;
  readonly annotation: string | undefined;
  /** When the rule was evaluated, epoch milliseconds. */
  readonly evaluatedAt: number | undefined;
}

/** A configuration aggregator of the caller's account and region (DescribeConfigurationAggregators). */
export interface Aggregator {
  readonly name: string;
  readonly arn: string | undefined;
  /** Undefined for an aggregator that is named in the settings. */
  readonly sources: AggregatorSources | undefined;
}

/** The accounts and regions that an aggregator collects data from. */
export interface AggregatorSources {
  /** All accounts of the organization, or the number of accounts. */
  readonly accounts: 'organization' | number;
  readonly regions: 'all' | readonly string[];
}

/** The regions that an aggregator collects data from, if it names them. */
export const getSourceRegions = ({ sources }: Pick<Aggregator, 'sources'>): readonly string[] =>
  sources === undefined || sources.regions === 'all' ? [] : sources.regions;

/** A source with missing or outdated data in an aggregator (DescribeConfigurationAggregatorSourcesStatus). */
export interface UnhealthySource {
  /** The ID of the account or of the organization. */
  readonly id: string;
  readonly region: string | undefined;
  /** `FAILED`, `OUTDATED`, or another value as it came. */
  readonly state: string;
  /** When the aggregator last updated the data, epoch milliseconds. */
  readonly updatedAt: number | undefined;
  readonly errorCode: string | undefined;
  readonly reason: string | undefined;
}

/**
 * A pack in a source account and region of an aggregator: rule counts, but no score
 * (DescribeAggregateComplianceByConformancePacks).
 */
export interface AggregateRow {
  readonly pack: string;
  readonly account: string;
  readonly region: string;
  /** A `ComplianceType`, or another value as it came. */
  readonly compliance: string | undefined;
  readonly compliantRules: number;
  readonly nonCompliantRules: number;
  /** Includes rules with insufficient data. */
  readonly totalRules: number;
  /** The compliant, non-compliant and total count as they came, if they are impossible. The counts are 0 then. */
  readonly countsText?: string;
}

/** The grouping of an aggregator's summary (GetAggregateConformancePackComplianceSummary). */
export type SummaryKey = 'account' | 'region';

/** The packs of an account or region of an aggregator, by compliance (GetAggregateConformancePackComplianceSummary). */
export interface PackCount {
  /** The account ID or the region. */
  readonly name: string;
  readonly compliantPacks: number;
  readonly nonCompliantPacks: number;
  /** The non-compliant and compliant count as they came, if they are impossible. The counts are 0 then. */
  readonly countsText?: string;
}

/** Identifies a pack across accounts and regions. */
export const getPackKey = ({ account, region }: AccountAndRegion, name: string): string =>
  `${account}/${region}/${name}`;

/** Identifies a row within its aggregator. */
export const getRowKey = (row: Pick<AggregateRow, 'account' | 'region' | 'pack'>): string => getPackKey(row, row.pack);

/** Identifies a source within its aggregator. */
export const getSourceKey = ({ id, region }: UnhealthySource): string => `${id}/${region}`;

/** Identifies an evaluation within its pack. */
export const getEvaluationKey = ({ rule, resourceType, resourceId }: Evaluation): string =>
  `${rule}/${resourceType}/${resourceId}`;

/** The compliance state that a published score implies: at 100, no result is non-compliant. */
export function getScoreCompliance(score: Score | undefined): ComplianceType {
  if (score?.percent === undefined) return 'INSUFFICIENT_DATA';
  return score.percent >= 100 ? 'COMPLIANT' : 'NON_COMPLIANT';
}
