import fc from 'fast-check';
import type { Answers } from './answers.ts';

type Members = Readonly<Record<string, unknown>>;

export const account = '100000000000';
export const region = 'us-east-1';
const noon = Date.UTC(2026, 0, 15, 12) / 1000;
const arn = `arn:aws:config:${region}:${account}:conformance-pack/valid/conformance-pack-abcdefghi`;

const evaluation = (resource: string) => ({
  ComplianceType: 'NON_COMPLIANT',
  EvaluationResultIdentifier: {
    EvaluationResultQualifier: {
      ConfigRuleName: 'valid-rule',
      ResourceType: 'AWS::S3::Bucket',
      ResourceId: resource,
    },
    OrderingTimestamp: noon,
  },
  ConfigRuleInvokedTime: noon,
  ResultRecordedTime: noon,
  Annotation: 'no encryption',
});

/** The list of each operation's response, with a row whose names begin with `valid`. */
export const validRows = {
  ListConformancePackComplianceScores: {
    ConformancePackComplianceScores: { ConformancePackName: 'valid-pack', Score: '61.5', LastUpdatedTime: noon },
  },
  DescribeConformancePackStatus: {
    ConformancePackStatusDetails: {
      ConformancePackName: 'valid-pack',
      ConformancePackId: 'conformance-pack-abcdefghi',
      ConformancePackArn: arn,
      ConformancePackState: 'CREATE_FAILED',
      ConformancePackStatusReason: 'a reason',
      StackArn: `arn:aws:cloudformation:${region}:${account}:stack/awsconfigconforms/0`,
      LastUpdateRequestedTime: noon,
      LastUpdateCompletedTime: noon,
    },
  },
  DescribeConformancePackCompliance: {
    ConformancePackRuleComplianceList: {
      ConfigRuleName: 'valid-rule',
      ComplianceType: 'NON_COMPLIANT',
      Controls: ['AC-3'],
    },
  },
  GetConformancePackComplianceDetails: { ConformancePackRuleEvaluationResults: evaluation('valid-resource') },
  DescribeConfigurationAggregators: {
    ConfigurationAggregators: {
      ConfigurationAggregatorName: 'valid-aggregator',
      ConfigurationAggregatorArn: `arn:aws:config:${region}:${account}:config-aggregator/config-aggregator-abcdefgh`,
      OrganizationAggregationSource: { RoleArn: 'arn', AllAwsRegions: true },
    },
  },
  DescribeConfigurationAggregatorSourcesStatus: {
    AggregatedSourceStatusList: {
      SourceId: 'valid-source',
      SourceType: 'ACCOUNT',
      AwsRegion: region,
      LastUpdateStatus: 'FAILED',
      LastUpdateTime: noon,
      LastErrorCode: 'a code',
      LastErrorMessage: 'a message',
    },
  },
  GetAggregateConformancePackComplianceSummary: {
    AggregateConformancePackComplianceSummaries: {
      GroupName: '100000007919',
      ComplianceSummary: { CompliantConformancePackCount: 3, NonCompliantConformancePackCount: 4 },
    },
  },
  DescribeAggregateComplianceByConformancePacks: {
    AggregateComplianceByConformancePacks: {
      ConformancePackName: 'valid-row',
      AccountId: '100000007919',
      AwsRegion: region,
      Compliance: {
        ComplianceType: 'NON_COMPLIANT',
        CompliantRuleCount: 7,
        NonCompliantRuleCount: 1,
        TotalRuleCount: 9,
      },
    },
  },
} as const satisfies Answers;

/** Names by which the valid rows are found again. */
export const validNames = ['valid-pack', 'valid-rule', 'valid-resource', 'valid-aggregator', 'valid-row'] as const;

/** Members whose values decide which request follows: those of other rows would not be found by their names. */
const isPlace = (name: string): boolean =>
  /^(AccountId|AwsRegion|GroupName|ConformancePackArn|ConfigurationAggregatorArn)$/.test(name);

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'NOT_APPLICABLE',
    'UPDATE_PAUSED',
    '110',
    '-5',
    '61.5%',
    '1e3',
    'NaN',
    'constructor',
  ),
  fc.constantFrom<unknown>(-1, 1.5, 1e20, -1e20, 8.64e15, 253_402_300_800, true, [], {}, [null], [[]], { __type: 'x' }),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Rows that resemble a row: members are missing or have another value. */
const oddRow = (row: Members): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record(Object.fromEntries(Object.entries(row).map(oddMember)), { requiredKeys: [] }) },
    { weight: 1, arbitrary: odd },
  );

function oddMember([name, value]: [string, unknown]): [string, fc.Arbitrary<unknown>] {
  if (isPlace(name)) return [name, fc.constant(value)];
  const isStructure = typeof value === 'object' && value !== null && !Array.isArray(value);
  return [name, isStructure ? fc.oneof(oddRow(value as Members), odd) : fc.oneof(fc.constant(value), odd)];
}

const oddRows = ([operation, list]: [string, Readonly<Record<string, Members>>]) =>
  Object.entries(list).map(([member, row]) =>
    fc
      .record({
        before: fc.array(oddRow(rename(row)), { maxLength: 3 }),
        after: fc.array(oddRow(rename(row)), { maxLength: 3 }),
      })
      .map(({ before, after }) => [operation, { [member]: [...before, row, ...after] }] as const),
  );

/** So that an odd row never replaces the valid one. */
const rename = (row: Members): Members => JSON.parse(JSON.stringify(row).replaceAll('"valid-', '"other-'));

/** Responses in which the valid rows stand between odd ones. */
export const answers: fc.Arbitrary<Answers> = fc
  .tuple(...Object.entries(validRows).flatMap(oddRows))
  .map((entries) => Object.fromEntries(entries));
