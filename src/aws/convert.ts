import { ComplianceError } from '../compliance/errors.ts';
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
import { parseScore } from './parseScore.ts';
import { parseCount, parseName, parseNames, parseText, parseTime } from './parseValue.ts';

/** The members of a row or of a response. */
type Members = Readonly<Record<string, unknown>>;

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

function toEvaluation(result: Members): Evaluation | undefined {
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
  return {
    pack,
    account,
    region,
    compliance: parseText(ComplianceType),
    ...toRuleCounts(CompliantRuleCount, NonCompliantRuleCount, TotalRuleCount),
  };
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

/** The name of an organization's pack in an account, and its state there. */
function toDeployedName({ ConformancePackName, Status }: Members) {
  const name = parseName(ConformancePackName);
  return name === undefined ? undefined : { name, state: parseText(Status) };
}

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
  GetOrganizationConformancePackDetailedStatus: ['OrganizationConformancePackDetailedStatuses', toDeployedName],
} as const;

export type Operation = keyof typeof operations;

/** What a row of the operation's response is converted to. */
export type RowOf<Name extends Operation> = NonNullable<ReturnType<(typeof operations)[Name][1]>>;

/**
 * Converts the rows of a response. A row without its name cannot be identified or shown: its converter returns
 * undefined, and the others remain. Throws `unreadable` if that leaves no row, if the response has no list of rows, or
 * if its page token is no text: an empty page would claim that there are none. Only AWS sends a request id: without one,
 * throws `intermediary`.
 */
export function toRows<Name extends Operation>(operation: Name, response: object): RowOf<Name>[] {
  const [member, toRow] = operations[operation] as readonly [string, (row: Members) => RowOf<Name> | undefined];
  const { [member]: rows, NextToken: token, $metadata } = asRecord(response);
  const hasToken = token === undefined || token === null || typeof token === 'string';
  const items = Array.isArray(rows) ? rows.flatMap((row) => toRow(asRecord(row)) ?? []) : [];
  if (Array.isArray(rows) && hasToken && (items.length > 0 || rows.length === 0)) return items;
  const problem = !Array.isArray(rows) ? `no list ${member}` : hasToken ? 'no row with a name' : 'an invalid NextToken';
  const { requestId, httpStatusCode: status } = asRecord($metadata);
  const kind = requestId === undefined ? 'intermediary' : 'unreadable';
  throw new ComplianceError(kind, `The response has ${problem}.`, {
    operation,
    ...(typeof status === 'number' && { status }),
    ...(typeof requestId === 'string' && { requestId }),
  });
}
