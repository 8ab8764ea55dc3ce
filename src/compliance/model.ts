/** The caller's own place: scores and deployments always answer for exactly one of these. */
export interface Scope {
  /** 12-digit account id. */
  readonly account: string;
  /** `aws`, `aws-cn`, `aws-us-gov` … as it stands in ARNs. */
  readonly partition: string;
  readonly region: string;
}

export const complianceTypes = ['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'COMPLIANT'] as const;
/** The state of a pack or of a rule, in the service's words. */
export type ComplianceType = (typeof complianceTypes)[number];

/** A published score of a pack in the caller's scope (ListConformancePackComplianceScores). */
export interface Score {
  readonly pack: string;
  /** 0–100, or undefined where the service published no number. */
  readonly percent: number | undefined;
  /** What the service wrote, where it is neither a number nor `INSUFFICIENT_DATA`. */
  readonly text: string | undefined;
  /** When the service computed it, epoch milliseconds. */
  readonly updatedAt: number | undefined;
}

/** A pack's deployment in the caller's scope (DescribeConformancePackStatus). */
export interface Deployment {
  readonly pack: string;
  readonly id: string | undefined;
  readonly arn: string | undefined;
  /** `CREATE_COMPLETE`, `CREATE_FAILED` … as the service says it. */
  readonly state: string;
  readonly reason: string | undefined;
  readonly stackArn: string | undefined;
  /** Epoch milliseconds. */
  readonly requestedAt: number | undefined;
  /** Epoch milliseconds of the last success. */
  readonly completedAt: number | undefined;
}

/** Whether a deployment's state says that creating, updating or deleting failed. */
export const hasFailed = (state: string | undefined): boolean => state?.endsWith('_FAILED') === true;

/** What the two local lists say of one name; either half may be missing. */
export interface Pack {
  readonly name: string;
  readonly score: Score | undefined;
  readonly deployment: Deployment | undefined;
}

/** A rule of a deployed pack (DescribeConformancePackCompliance). */
export interface Rule {
  /** As deployed: the template's name with `-conformance-pack-<9>` after it. */
  readonly name: string;
  readonly compliance: ComplianceType | undefined;
  /** Controls of the framework, as the service gives them: `AC-3`, `SC-28` … */
  readonly controls: readonly string[];
}

/** One rule's result for one resource (GetConformancePackComplianceDetails). */
export interface Evaluation {
  readonly rule: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly compliance: ComplianceType;
  readonly annotation: string | undefined;
  /** When the rule was evaluated, epoch milliseconds. */
  readonly evaluatedAt: number | undefined;
}

/** A configuration aggregator of the caller's account and region (DescribeConfigurationAggregators). */
export interface Aggregator {
  readonly name: string;
  readonly arn: string | undefined;
  /** Undefined for an aggregator that is known only by its name. */
  readonly sources: AggregatorSources | undefined;
}

/** The accounts and regions that an aggregator collects data from. */
export interface AggregatorSources {
  /** Every account of the organization, or the number of accounts. */
  readonly accounts: 'organization' | number;
  readonly regions: 'all' | readonly string[];
}

/** A source whose data an aggregator lacks or has only of old (DescribeConfigurationAggregatorSourcesStatus). */
export interface UnhealthySource {
  /** The account's id, or the organization's. */
  readonly id: string;
  readonly region: string | undefined;
  readonly state: 'FAILED' | 'OUTDATED';
  /** When its data was last brought up to date, epoch milliseconds. */
  readonly updatedAt: number | undefined;
  readonly errorCode: string | undefined;
  readonly reason: string | undefined;
}

/** Rule counts of one pack in one source account and region (DescribeAggregateComplianceByConformancePacks). Never a score. */
export interface AggregateRow {
  readonly pack: string;
  readonly account: string;
  readonly region: string;
  readonly compliance: ComplianceType | undefined;
  readonly compliantRules: number;
  readonly nonCompliantRules: number;
  /** Includes rules without enough data. */
  readonly totalRules: number;
}

/** What the service counts packs by (GetAggregateConformancePackComplianceSummary). */
export type SummaryKey = 'account' | 'region';

/** Packs of one account or region of an aggregator, counted (GetAggregateConformancePackComplianceSummary). */
export interface PackCount {
  /** The account id or the region. */
  readonly name: string;
  readonly compliantPacks: number;
  readonly nonCompliantPacks: number;
}

/** The identity of a pack among those of every account and region. */
export const packKey = ({ account, region }: Pick<Scope, 'account' | 'region'>, name: string): string =>
  `${account}/${region}/${name}`;

/** The identity of an aggregate row within its aggregator. */
export const rowKey = (row: Pick<AggregateRow, 'account' | 'region' | 'pack'>): string => packKey(row, row.pack);

/** The identity of a source within its aggregator. */
export const sourceKey = ({ id, region }: UnhealthySource): string => `${id}/${region}`;

/** The identity of a result within its pack. */
export const evaluationKey = ({ rule, resourceType, resourceId }: Evaluation): string =>
  `${rule}/${resourceType}/${resourceId}`;

/** The state a published score stands for: 100 means that no result is non-compliant. */
export function scoreCompliance(score: Score | undefined): ComplianceType {
  if (score?.percent === undefined) return 'INSUFFICIENT_DATA';
  return score.percent >= 100 ? 'COMPLIANT' : 'NON_COMPLIANT';
}

/** Reads a published score: a decimal number, perhaps with `%`, `INSUFFICIENT_DATA`, or words we do not know. */
export function parseScore(published: string | undefined): Pick<Score, 'percent' | 'text'> {
  const text = published?.trim() ?? '';
  if (text === '' || text === 'INSUFFICIENT_DATA') return { percent: undefined, text: undefined };
  if (!/^\d+(\.\d+)?\s*%?$/.test(text)) return { percent: undefined, text };
  return { percent: Number.parseFloat(text), text: undefined };
}
