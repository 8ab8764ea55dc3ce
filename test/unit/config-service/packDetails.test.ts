import assert from 'node:assert/strict';
import {
  type ConfigServiceClient,
  type ConformancePackEvaluationFilters,
  type ConformancePackEvaluationResult,
  DescribeConformancePackComplianceCommand,
  GetConformancePackComplianceDetailsCommand,
} from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';

const ConformancePackName = 'operational-best-practices-for-amazon-s3';

describe('local AWS Config: the rules and results of a pack', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    client = createConfigClient(service);
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

  it('have rule names with the pack’s id, and controls', async () => {
    const { ConformancePackRuleComplianceList: rules = [] } = await client.send(
      new DescribeConformancePackComplianceCommand({ ConformancePackName }),
    );
    assert.equal(rules.length, 5);
    for (const rule of rules) {
      assert.match(rule.ConfigRuleName ?? '', /^s3-bucket-[a-z-]+-conformance-pack-[a-z0-9]{9}$/);
      assert.ok(rule.Controls?.every((control) => /^[A-Z]{2}-\d+$/.test(control)));
    }
  });

  it('can be filtered by compliance', async () => {
    const failing = await results({ ComplianceType: 'NON_COMPLIANT' });
    const compliant = await results({ ComplianceType: 'COMPLIANT' });
    assert.deepEqual([failing.length, compliant.length], [25, 40]);
    assert.ok(failing.every((result) => result.ComplianceType === 'NON_COMPLIANT' && result.Annotation));
    assert.ok(compliant.every((result) => result.ComplianceType === 'COMPLIANT' && result.Annotation === undefined));
  });

  it('can be filtered by rule', async () => {
    const ConfigRuleName = qualifier((await results())[0])?.ConfigRuleName ?? '';
    const ruleResults = await results({ ConfigRuleNames: [ConfigRuleName] });
    assert.equal(ruleResults.length, 13);
    assert.ok(ruleResults.every((result) => qualifier(result)?.ConfigRuleName === ConfigRuleName));
  });

  it('can be filtered by resource, with one result per rule', async () => {
    const ResourceId = qualifier((await results())[0])?.ResourceId ?? '';
    const bucketResults = await results({ ResourceType: 'AWS::S3::Bucket', ResourceIds: [ResourceId] });
    assert.equal(new Set(bucketResults.map((result) => qualifier(result)?.ConfigRuleName)).size, 5);
    assert.equal(bucketResults.length, 5);
    assert.deepEqual(await results({ ResourceType: 'AWS::IAM::User' }), []);
  });
});
