import assert from 'node:assert/strict';
import {
  type ConfigServiceClient,
  type ConformancePackEvaluationFilters,
  type ConformancePackEvaluationResult,
  DescribeConformancePackComplianceCommand,
  GetConformancePackComplianceDetailsCommand,
} from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { configClient } from './clients.ts';

const ConformancePackName = 'operational-best-practices-for-amazon-s3';

describe('config service: the rules and results of a pack', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    client = configClient(service);
  });
  after(() => service.close());

  const results = async (Filters?: ConformancePackEvaluationFilters) => {
    const command = new GetConformancePackComplianceDetailsCommand({
      ConformancePackName,
      ...(Filters && { Filters }),
    });
    return (await client.send(command)).ConformancePackRuleEvaluationResults ?? [];
  };
  const qualifier = (result: ConformancePackEvaluationResult | undefined) =>
    result?.EvaluationResultIdentifier?.EvaluationResultQualifier;

  it('name their rules after the pack, with controls', async () => {
    const { ConformancePackRuleComplianceList: rules = [] } = await client.send(
      new DescribeConformancePackComplianceCommand({ ConformancePackName }),
    );
    assert.equal(rules.length, 5);
    for (const rule of rules) {
      assert.match(rule.ConfigRuleName ?? '', /^s3-bucket-[a-z-]+-conformance-pack-[a-z0-9]{9}$/);
      assert.ok(rule.Controls?.every((control) => /^[A-Z]{2}-\d+$/.test(control)));
    }
  });

  it('are narrowed by compliance', async () => {
    const failing = await results({ ComplianceType: 'NON_COMPLIANT' });
    const holding = await results({ ComplianceType: 'COMPLIANT' });
    assert.deepEqual([failing.length, holding.length], [25, 40]);
    assert.ok(failing.every((result) => result.ComplianceType === 'NON_COMPLIANT' && result.Annotation));
    assert.ok(holding.every((result) => result.ComplianceType === 'COMPLIANT' && result.Annotation === undefined));
  });

  it('are narrowed by rule', async () => {
    const ConfigRuleName = qualifier((await results())[0])?.ConfigRuleName ?? '';
    const ofRule = await results({ ConfigRuleNames: [ConfigRuleName] });
    assert.equal(ofRule.length, 13);
    assert.ok(ofRule.every((result) => qualifier(result)?.ConfigRuleName === ConfigRuleName));
  });

  it('are narrowed by resource, which every rule looks at once', async () => {
    const ResourceId = qualifier((await results())[0])?.ResourceId ?? '';
    const ofBucket = await results({ ResourceType: 'AWS::S3::Bucket', ResourceIds: [ResourceId] });
    assert.equal(new Set(ofBucket.map((result) => qualifier(result)?.ConfigRuleName)).size, 5);
    assert.equal(ofBucket.length, 5);
    assert.deepEqual(await results({ ResourceType: 'AWS::IAM::User' }), []);
  });
});
