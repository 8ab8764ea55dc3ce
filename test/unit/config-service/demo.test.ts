import assert from 'node:assert/strict';
import {
  type ConfigServiceClient,
  DescribeConformancePackStatusCommand,
  ListConformancePackComplianceScoresCommand,
  paginateDescribeAggregateComplianceByConformancePacks,
  paginateDescribeConformancePackCompliance,
  paginateGetConformancePackComplianceDetails,
} from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { type OperationName, operationModels } from '../../config-service/model.ts';
import { findViolations } from '../../config-service/validation.ts';
import { createConfigClient, post } from './clients.ts';
import { aggregateRule, exceptedRule, ruleStatus, taggedResources } from './pagination.ts';

const now = new Date('2026-03-01T12:00:00Z');

/** An input with many rows for each operation. */
const inputs: Readonly<Record<OperationName, object>> = {
  ListConformancePackComplianceScores: { Limit: 10 },
  DescribeConformancePackStatus: {},
  DescribeAggregateComplianceByConformancePacks: { ConfigurationAggregatorName: 'organization' },
  DescribeConfigurationAggregators: {},
  DescribeConfigurationAggregatorSourcesStatus: { ConfigurationAggregatorName: 'organization' },
  GetAggregateConformancePackComplianceSummary: {
    ConfigurationAggregatorName: 'organization',
    GroupByKey: 'AWS_REGION',
  },
  DescribeConformancePackCompliance: { ConformancePackName: 'operational-best-practices-for-nist-800-53-rev-5' },
  GetConformancePackComplianceDetails: { ConformancePackName: 'operational-best-practices-for-nist-800-53-rev-5' },
  GetOrganizationConformancePackDetailedStatus: { OrganizationConformancePackName: 'data-protection' },
  DescribeOrganizationConformancePacks: {},
  DescribeOrganizationConformancePackStatuses: {},
  DescribeAggregateComplianceByConfigRules: { ConfigurationAggregatorName: 'organization' },
  GetAggregateComplianceDetailsByConfigRule: aggregateRule,
  SelectAggregateResourceConfig: {
    ConfigurationAggregatorName: 'organization',
    Expression: 'SELECT resourceName, configuration.configRuleList',
  },
  DescribeRemediationExceptions: exceptedRule,
  SelectResourceConfig: taggedResources,
  StartConfigRulesEvaluation: ruleStatus,
  DescribeConfigRuleEvaluationStatus: ruleStatus,
};

describe('local AWS Config: the demo estate', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: 'demo', now: () => now });
    client = createConfigClient(service);
  });
  after(() => service.close());

  for (const [operation, input] of Object.entries(inputs)) {
    it(`conforms to the model: ${operation}`, async () => {
      const { json } = await post(service, { operation, body: JSON.stringify(input) });
      assert.deepEqual(findViolations(operationModels[operation as OperationName].output, json), []);
    });
  }

  it('has the scores of the security account', async () => {
    const { ConformancePackComplianceScores: rows = [] } = await client.send(
      new ListConformancePackComplianceScoresCommand({}),
    );
    assert.deepEqual(Object.fromEntries(rows.map((row) => [row.ConformancePackName, row.Score])), {
      'OrgConformsPack-data-protection-7hd2m0pz': '72.22',
      'OrgConformsPack-security-baseline-k3v9q2xw': '89.66',
      'aws-control-tower-detective-guardrails': '100',
      'operational-best-practices-for-amazon-s3': '61.54',
      'operational-best-practices-for-aws-identity-and-access-management': '84',
      'operational-best-practices-for-cis-aws-v1-4-level1': '77.42',
      'operational-best-practices-for-hipaa-security': '43.18',
      'operational-best-practices-for-load-balancing': '83.33',
      'operational-best-practices-for-nist-800-53-rev-5': '70.47',
      'operational-best-practices-for-pci-dss': '85.33',
      'operational-best-practices-for-serverless': '67.5',
      'security-best-practices-for-redshift': 'INSUFFICIENT_DATA',
    });
    for (const { LastUpdatedTime: at } of rows) {
      const hours = (now.getTime() - (at?.getTime() ?? 0)) / 3_600_000;
      assert.ok(hours > 0 && hours <= 12, `scored ${hours} hours ago`);
    }
  });

  it('has packs in every deployment state, with a reason for failures', async () => {
    const { ConformancePackStatusDetails: rows = [] } = await client.send(new DescribeConformancePackStatusCommand({}));
    const states = new Set(rows.map((row) => row.ConformancePackState));
    assert.deepEqual([...states].sort(), [
      'CREATE_COMPLETE',
      'CREATE_FAILED',
      'CREATE_IN_PROGRESS',
      'DELETE_FAILED',
      'DELETE_IN_PROGRESS',
    ]);
    for (const row of rows) {
      assert.equal(row.ConformancePackStatusReason !== undefined, row.ConformancePackState?.endsWith('FAILED'));
      assert.equal(row.LastUpdateCompletedTime !== undefined, row.ConformancePackState === 'CREATE_COMPLETE');
    }
  });

  it('computes the scores of the home scope from its evaluations', async () => {
    const { ConformancePackComplianceScores: rows = [] } = await client.send(
      new ListConformancePackComplianceScoresCommand({}),
    );
    for (const { ConformancePackName, Score } of rows) {
      const types: string[] = [];
      const input = { ConformancePackName };
      for await (const page of paginateGetConformancePackComplianceDetails({ client }, input)) {
        types.push(...(page.ConformancePackRuleEvaluationResults ?? []).map((result) => result.ComplianceType ?? ''));
      }
      const compliant = types.filter((type) => type === 'COMPLIANT').length;
      const expected = types.length === 0 ? 'INSUFFICIENT_DATA' : Number(((100 * compliant) / types.length).toFixed(2));
      assert.equal(Score, String(expected));
    }
  });

  it('aggregates the rule counts of each scope', async () => {
    const input = { ConfigurationAggregatorName: 'organization', Filters: { AccountId: '467120985533' } };
    let checked = 0;
    for await (const page of paginateDescribeAggregateComplianceByConformancePacks({ client }, input)) {
      for (const {
        AccountId,
        AwsRegion,
        ConformancePackName,
        Compliance,
      } of page.AggregateComplianceByConformancePacks ?? []) {
        if (
          service.estate.pack({ account: AccountId ?? '', region: AwsRegion ?? '' }, ConformancePackName ?? '')
            ?.state === 'DELETED'
        )
          continue;
        const local = createConfigClient(service, { account: AccountId ?? '', region: AwsRegion ?? '' });
        const types: string[] = [];
        for await (const rules of paginateDescribeConformancePackCompliance(
          { client: local },
          { ConformancePackName },
        )) {
          types.push(...(rules.ConformancePackRuleComplianceList ?? []).map((rule) => rule.ComplianceType ?? ''));
        }
        assert.equal(Compliance?.TotalRuleCount, types.length);
        assert.equal(Compliance?.CompliantRuleCount, types.filter((type) => type === 'COMPLIANT').length);
        assert.equal(Compliance?.NonCompliantRuleCount, types.filter((type) => type === 'NON_COMPLIANT').length);
        checked += 1;
      }
    }
    assert.ok(checked > 10);
  });

  it('separates accounts and regions', async () => {
    const namesIn = async (account: string, region: string) => {
      const command = new DescribeConformancePackStatusCommand({});
      const { ConformancePackStatusDetails = [] } = await createConfigClient(service, { account, region }).send(
        command,
      );
      return ConformancePackStatusDetails.map((row) => row.ConformancePackArn?.split(':').slice(3, 5).join(' '));
    };
    assert.deepEqual(new Set(await namesIn('467120985533', 'eu-central-1')), new Set(['eu-central-1 467120985533']));
    assert.deepEqual(await namesIn('467120985533', 'us-west-2'), []);
  });
});
