import type { ErrorDetails } from '../../errorDetails.ts';

/** The names that people use for what each operation reads. Without the account or credentials nothing can be read: they need no name. */
const subjects: ReadonlyMap<string, string | undefined> = new Map([
  ['ListConformancePackComplianceScores', 'scores'],
  ['DescribeConformancePackStatus', 'deployment status'],
  ['DescribeConformancePackCompliance', 'rules'],
  ['GetConformancePackComplianceDetails', 'results'],
  ['DescribeConfigurationAggregators', 'aggregators'],
  ['DescribeConfigurationAggregatorSourcesStatus', 'source status'],
  ['GetAggregateConformancePackComplianceSummary', 'pack counts'],
  ['DescribeAggregateComplianceByConformancePacks', 'aggregated packs'],
  ['DescribeAggregateComplianceByConfigRules', 'aggregated rules'],
  ['GetOrganizationConformancePackDetailedStatus', 'names of organization packs'],
  ['DescribeOrganizationConformancePacks', 'organization packs'],
  ['DescribeOrganizationConformancePackStatuses', 'organization packs'],
  ['GetResourceConfigHistory', 'recorded history'],
  ['DescribeRemediationExceptions', 'remediation exceptions'],
  ['SelectResourceConfig', 'owners'],
  ['DescribeConfigRuleEvaluationStatus', 'evaluation times'],
  // An action: it reads nothing.
  ['StartConfigRulesEvaluation', undefined],
  ['GetCallerIdentity', undefined],
  ['GetRoleCredentials', undefined],
  ['CreateToken', undefined],
  ['AssumeRole', undefined],
  ['AssumeRoleWithWebIdentity', undefined],
]);

/** What could not be read, such as `scores, deployment status`; undefined if the request is unknown. */
export function getSubject({ subject, operation, otherOperations = [] }: ErrorDetails): string | undefined {
  if (subject !== undefined) return subject;
  if (operation === undefined) return undefined;
  const names = [operation, ...otherOperations].flatMap((each) =>
    subjects.has(each) ? (subjects.get(each) ?? []) : each,
  );
  return [...new Set(names)].join(', ') || undefined;
}
