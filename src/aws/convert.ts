import type {
  AggregateRow,
  Aggregator,
  AggregatorSources,
  Deployment,
  Evaluation,
  PackCount,
  Rule,
  Score,
  UnhealthySource,
} from '../compliance/model.ts';
import { asRecord } from '../compliance/unknownValues.ts';
import { convertRows, type Members } from './convertRows.ts';
import { parseScore } from './parseScore.ts';
import { parseCount, parseName, parseNames, parseText, parseTime } from './parseValue.ts';
import { shareText } from './sharedText.ts';

function toScore({ ConformancePackName, Score, LastUpdatedTime }: Members): Score | undefined {
  const pack = parseName(ConformancePackName);
  return pack === undefined ? undefined : { pack, ...parseScore(Score), updatedAt: parseTime(LastUpdatedTime) };
}

function toDeployment(status: Members): Deployment | undefined {
  const pack = parseName(status.ConformancePackName);
  if (pack === undefined) return undefined;
  return {
    pack,
    id: parseName(status.ConformancePackId),
    arn: parseName(status.ConformancePackArn),
    state: parseText(status.ConformancePackState) ?? 'UNKNOWN',
    reason: parseText(status.ConformancePackStatusReason),
    stackArn: parseName(status.StackArn),
    requestedAt: parseTime(status.LastUpdateRequestedTime),
    completedAt: parseTime(status.LastUpdateCompletedTime),
  };
}

function toRule({ ConfigRuleName, ComplianceType, Controls }: Members): Rule | undefined {
  const name = parseName(ConfigRuleName);
  if (name === undefined) return undefined;
  return { name, compliance: parseText(ComplianceType), controls: parseNames(Controls) };
}

export function toEvaluation(result: Members): Evaluation | undefined {
  const identifier = asRecord(result.EvaluationResultIdentifier);
  const { ConfigRuleName, ResourceType, ResourceId } = asRecord(identifier.EvaluationResultQualifier);
  const rule = parseName(ConfigRuleName);
  const compliance = parseText(result.ComplianceType);
  if (rule === undefined || compliance === undefined) return undefined;
  return {
    rule,
    resourceType: parseText(ResourceType) ?? '',
    resourceId: parseText(ResourceId) ?? '',
    compliance,
    annotation: parseText(result.Annotation),
    evaluatedAt: parseTime(result.ResultRecordedTime),
  };
}

function toAggregator(aggregator: Members): Aggregator | undefined {
  const name = parseName(aggregator.ConfigurationAggregatorName);
  if (name === undefined) return undefined;
  return { name, arn: parseName(aggregator.ConfigurationAggregatorArn), sources: toAggregatorSources(aggregator) };
}

function toUnhealthySource(status: Members): UnhealthySource | undefined {
  const id = parseName(status.SourceId);
  if (id === undefined) return undefined;
  return {
    id,
    region: parseName(status.AwsRegion),
    state: parseText(status.LastUpdateStatus) ?? 'UNKNOWN',
    updatedAt: parseTime(status.LastUpdateTime),
    errorCode: parseText(status.LastErrorCode),
    reason: parseText(status.LastErrorMessage),
  };
}

function toPackCount({ GroupName, ComplianceSummary }: Members): PackCount | undefined {
  const name = parseName(GroupName);
  if (name === undefined) return undefined;
  const { CompliantConformancePackCount, NonCompliantConformancePackCount } = asRecord(ComplianceSummary);
  const compliantPacks = parseCount(CompliantConformancePackCount);
  const nonCompliantPacks = parseCount(NonCompliantConformancePackCount);
  if (compliantPacks !== undefined && nonCompliantPacks !== undefined)
    return { name, compliantPacks, nonCompliantPacks };
  const countsText = formatCounts(NonCompliantConformancePackCount, CompliantConformancePackCount);
  return { name, compliantPacks: 0, nonCompliantPacks: 0, countsText };
}

function toAggregateRow(row: Members): AggregateRow | undefined {
  const [pack, account, region] = [row.ConformancePackName, row.AccountId, row.AwsRegion].map(parseName);
  if (pack === undefined || account === undefined || region === undefined) return undefined;
  const { ComplianceType, CompliantRuleCount, NonCompliantRuleCount, TotalRuleCount } = asRecord(row.Compliance);
  const compliance = parseText(ComplianceType);
  const { countsText, ...counts } = toRuleCounts(CompliantRuleCount, NonCompliantRuleCount, TotalRuleCount);
  // Written out, because an object that is spread takes more memory, and there may be millions of rows.
  const converted: AggregateRow = {
    pack: shareText(pack),
    account: shareText(account),
    region: shareText(region),
    compliance: compliance === undefined ? undefined : shareText(compliance),
    compliantRules: counts.compliantRules,
    nonCompliantRules: counts.nonCompliantRules,
    totalRules: counts.totalRules,
  };
  return countsText === undefined ? converted : { ...converted, countsText };
}

type RuleCounts = Pick<AggregateRow, 'compliantRules' | 'nonCompliantRules' | 'totalRules' | 'countsText'>;

function toRuleCounts(compliant: unknown, nonCompliant: unknown, total: unknown): RuleCounts {
  const [compliantRules, nonCompliantRules, totalRules] = [compliant, nonCompliant, total].map(parseCount);
  const isPossible =
    compliantRules !== undefined &&
    nonCompliantRules !== undefined &&
    totalRules !== undefined &&
    compliantRules + nonCompliantRules <= totalRules;
  if (isPossible) return { compliantRules, nonCompliantRules, totalRules };
  const countsText = formatCounts(compliant, nonCompliant, total);
  return { compliantRules: 0, nonCompliantRules: 0, totalRules: 0, countsText };
}

const formatCounts = (...counts: readonly unknown[]): string =>
  counts.map((count) => parseText(count) ?? 'none').join(', ');

function toAggregatorSources(aggregator: Members): AggregatorSources | undefined {
  const { OrganizationAggregationSource: organization, AccountAggregationSources: accounts } = aggregator;
  const accountSources = Array.isArray(accounts) ? accounts.map(asRecord) : [];
  const source = organization ? asRecord(organization) : accountSources[0];
  if (!source) return undefined;
  return {
    accounts: organization ? 'organization' : accountSources.flatMap(({ AccountIds }) => parseNames(AccountIds)).length,
    regions: source.AllAwsRegions === true ? 'all' : parseNames(source.AwsRegions),
  };
}

/** The operations that return rows: the member of the response that holds them, and how one is converted. */
const operations = {
  ListConformancePackComplianceScores: ['ConformancePackComplianceScores', toScore],
  DescribeConformancePackStatus: ['ConformancePackStatusDetails', toDeployment],
  DescribeConformancePackCompliance: ['ConformancePackRuleComplianceList', toRule],
  GetConformancePackComplianceDetails: ['ConformancePackRuleEvaluationResults', toEvaluation],
  DescribeConfigurationAggregators: ['ConfigurationAggregators', toAggregator],
  DescribeConfigurationAggregatorSourcesStatus: ['AggregatedSourceStatusList', toUnhealthySource],
  GetAggregateConformancePackComplianceSummary: ['AggregateConformancePackComplianceSummaries', toPackCount],
  DescribeAggregateComplianceByConformancePacks: ['AggregateComplianceByConformancePacks', toAggregateRow],
} as const;

export type Operation = keyof typeof operations;

/** What a row of the operation's response is converted to. */
export type RowOf<Name extends Operation> = NonNullable<ReturnType<(typeof operations)[Name][1]>>;

/** Converts the rows of a response. Throws as `convertRows`. */
export function toRows<Name extends Operation>(operation: Name, response: object): RowOf<Name>[] {
  const [member, toRow] = operations[operation] as readonly [string, (row: Members) => RowOf<Name> | undefined];
  return convertRows(operation, response, member, (row) => toRow(asRecord(row)));
}
