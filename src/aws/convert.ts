import type {
  AggregateComplianceByConformancePack,
  AggregateConformancePackComplianceSummary,
  AggregatedSourceStatus,
  AggregateEvaluationResult,
  ConfigurationAggregator,
  ConformancePackComplianceScore,
  ConformancePackEvaluationResult,
  ConformancePackRuleCompliance,
  ConformancePackStatusDetail,
} from '@aws-sdk/client-config-service';
import type {
  AggregateRow,
  Aggregator,
  AggregatorSources,
  Deployment,
  Evaluation,
  PackCount,
  Rule,
  Scope,
  Score,
  UnhealthySource,
} from '../compliance/model.ts';
import { parseScore } from './parseScore.ts';

// Nearly every member is optional in the API model. A row without its name cannot be identified or shown, so that each
// converter returns an array of one item or none.

export const toScores = (score: ConformancePackComplianceScore): Score[] =>
  score.ConformancePackName === undefined
    ? []
    : [{ pack: score.ConformancePackName, ...parseScore(score.Score), updatedAt: score.LastUpdatedTime?.getTime() }];

export const toDeployments = (status: ConformancePackStatusDetail): Deployment[] =>
  status.ConformancePackName === undefined
    ? []
    : [
        {
          pack: status.ConformancePackName,
          id: status.ConformancePackId,
          arn: status.ConformancePackArn,
          state: status.ConformancePackState ?? 'UNKNOWN',
          reason: status.ConformancePackStatusReason,
          stackArn: status.StackArn,
          requestedAt: status.LastUpdateRequestedTime?.getTime(),
          completedAt: status.LastUpdateCompletedTime?.getTime(),
        },
      ];

export const toRules = (rule: ConformancePackRuleCompliance): Rule[] =>
  rule.ConfigRuleName === undefined
    ? []
    : [{ name: rule.ConfigRuleName, compliance: rule.ComplianceType, controls: rule.Controls ?? [] }];

/** Leaves out results that apply to no resource. */
export function toEvaluations(result: ConformancePackEvaluationResult | AggregateEvaluationResult): Evaluation[] {
  const {
    ConfigRuleName: rule,
    ResourceType,
    ResourceId,
  } = result.EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
  const { ComplianceType: compliance } = result;
  if (rule === undefined || compliance === undefined || compliance === 'NOT_APPLICABLE') return [];
  return [
    {
      rule,
      resourceType: ResourceType ?? '',
      resourceId: ResourceId ?? '',
      compliance,
      annotation: result.Annotation || undefined,
      evaluatedAt: result.ResultRecordedTime?.getTime(),
    },
  ];
}

export const toAggregators = (aggregator: ConfigurationAggregator): Aggregator[] =>
  aggregator.ConfigurationAggregatorName === undefined
    ? []
    : [
        {
          name: aggregator.ConfigurationAggregatorName,
          arn: aggregator.ConfigurationAggregatorArn,
          sources: toAggregatorSources(aggregator),
        },
      ];

export const toUnhealthySources = ({
  SourceId: id,
  AwsRegion: region,
  LastUpdateStatus: state,
  LastUpdateTime,
  LastErrorCode: errorCode,
  LastErrorMessage: reason,
}: AggregatedSourceStatus): UnhealthySource[] =>
  id === undefined || (state !== 'FAILED' && state !== 'OUTDATED')
    ? []
    : [{ id, region, state, updatedAt: LastUpdateTime?.getTime(), errorCode, reason }];

export const toPackCounts = (summary: AggregateConformancePackComplianceSummary): PackCount[] =>
  summary.GroupName === undefined
    ? []
    : [
        {
          name: summary.GroupName,
          compliantPacks: summary.ComplianceSummary?.CompliantConformancePackCount ?? 0,
          nonCompliantPacks: summary.ComplianceSummary?.NonCompliantConformancePackCount ?? 0,
        },
      ];

export function toAggregateRows(row: AggregateComplianceByConformancePack): AggregateRow[] {
  const { ConformancePackName: pack, AccountId: account, AwsRegion: region, Compliance: compliance } = row;
  if (pack === undefined || account === undefined || region === undefined) return [];
  return [
    {
      pack,
      account,
      region,
      compliance: compliance?.ComplianceType,
      compliantRules: compliance?.CompliantRuleCount ?? 0,
      nonCompliantRules: compliance?.NonCompliantRuleCount ?? 0,
      totalRules: compliance?.TotalRuleCount ?? 0,
    },
  ];
}

function toAggregatorSources({
  OrganizationAggregationSource,
  AccountAggregationSources,
}: ConfigurationAggregator): AggregatorSources | undefined {
  const source = OrganizationAggregationSource ?? AccountAggregationSources?.[0];
  if (!source) return undefined;
  return {
    accounts: OrganizationAggregationSource
      ? 'organization'
      : (AccountAggregationSources?.flatMap(({ AccountIds }) => AccountIds ?? []).length ?? 0),
    regions: source.AllAwsRegions ? 'all' : (source.AwsRegions ?? []),
  };
}

/** The scope that an ARN names. Undefined if the ARN contains no account. */
export function toScope(arn: string | undefined, region: string): Scope | undefined {
  const [, partition, account] = /^arn:(aws[a-z-]*):[^:]*:[^:]*:(\d{12}):/.exec(arn ?? '') ?? [];
  return partition && account ? { account, partition, region } : undefined;
}
