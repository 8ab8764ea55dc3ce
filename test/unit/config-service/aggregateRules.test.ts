import assert from 'node:assert/strict';
import {
  type ConfigRuleComplianceFilters,
  type ConfigServiceClient,
  GetAggregateComplianceDetailsByConfigRuleCommand,
  GetConformancePackComplianceDetailsCommand,
  paginateDescribeAggregateComplianceByConfigRules,
} from '@aws-sdk/client-config-service';
import { getRuleCompliance, hasResults, isDeployed } from '../../config-service/estate/scoring.ts';
import { type ConfigService, generatedEstate, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';
import { aggregateRule, collectRows } from './pagination.ts';

const ConfigurationAggregatorName = 'organization';

describe('local AWS Config: rules across accounts', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    client = createConfigClient(service);
  });
  after(() => service.close());

  const loadRules = async (Filters: ConfigRuleComplianceFilters = {}) => {
    const input = { ConfigurationAggregatorName, Filters };
    const outputs = paginateDescribeAggregateComplianceByConfigRules({ client }, input);
    return (await collectRows(outputs, (page) => page.AggregateComplianceByConfigRules)).rows;
  };

  it('are those of the deployed packs, ordered by account, region and name', async () => {
    const { estate } = service;
    const expected = estate.accounts.flatMap((account) =>
      estate.regions.flatMap((region) =>
        estate
          .packNames({ account, region })
          .flatMap((name) => estate.pack({ account, region }, name) ?? [])
          .filter((pack) => isDeployed(pack) && hasResults(pack))
          .flatMap((pack) => estate.rules(pack))
          .map((rule) => `${account} ${region} ${rule.name} ${getRuleCompliance(rule)}`)
          .sort(),
      ),
    );
    const rows = await loadRules();
    assert.deepEqual(
      rows.map((row) => `${row.AccountId} ${row.AwsRegion} ${row.ConfigRuleName} ${row.Compliance?.ComplianceType}`),
      expected,
    );
    assert.ok(expected.length > 1000, 'more than one page');
  });

  it('filter by rule, account, region and compliance', async () => {
    const all = await loadRules();
    const { AccountId, AwsRegion, ConfigRuleName } = aggregateRule;
    const [only] = await loadRules({ ConfigRuleName });
    assert.deepEqual([only?.AccountId, only?.AwsRegion], [AccountId, AwsRegion]);
    assert.deepEqual(
      await loadRules({ AccountId, AwsRegion, ComplianceType: 'NON_COMPLIANT' }),
      all.filter(
        (row) =>
          row.AccountId === AccountId &&
          row.AwsRegion === AwsRegion &&
          row.Compliance?.ComplianceType === 'NON_COMPLIANT',
      ),
    );
    assert.deepEqual(await loadRules({ AccountId: '000000000000' }), []);
  });

  it('count failing resources up to the cap of AWS', async () => {
    const [rule] = await loadRules({ ConfigRuleName: aggregateRule.ConfigRuleName });
    assert.deepEqual(rule?.Compliance?.ComplianceContributorCount, { CappedCount: 8, CapExceeded: false });
    const estate = generatedEstate({ accounts: 2, regions: 1, packs: 3, resources: 200 });
    const generated = await startConfigService({ estate });
    const outputs = paginateDescribeAggregateComplianceByConfigRules(
      { client: createConfigClient(generated) },
      { ConfigurationAggregatorName, Filters: { ComplianceType: 'NON_COMPLIANT' } },
    );
    const { rows } = await collectRows(outputs, (page) => page.AggregateComplianceByConfigRules);
    await generated.close();
    const counts = rows.map((row) => row.Compliance?.ComplianceContributorCount);
    assert.ok(counts.some((count) => count?.CapExceeded === true && count.CappedCount === 25));
    assert.ok(counts.every((count) => (count?.CappedCount ?? 0) <= 25));
  });

  it('have the same failing resources and annotations as in their own account', async () => {
    const { AccountId, AwsRegion, ConfigRuleName } = aggregateRule;
    const aggregated = await client.send(
      new GetAggregateComplianceDetailsByConfigRuleCommand({ ...aggregateRule, ComplianceType: 'NON_COMPLIANT' }),
    );
    const local = await client.send(
      new GetConformancePackComplianceDetailsCommand({
        ConformancePackName: 'operational-best-practices-for-amazon-s3',
        Filters: { ConfigRuleNames: [ConfigRuleName], ComplianceType: 'NON_COMPLIANT' },
      }),
    );
    assert.equal(aggregated.AggregateEvaluationResults?.length, 8);
    assert.deepEqual(
      aggregated.AggregateEvaluationResults,
      local.ConformancePackRuleEvaluationResults?.map((result) => ({ ...result, AccountId, AwsRegion })),
    );
    assert.ok(aggregated.AggregateEvaluationResults?.every((result) => result.Annotation));
  });

  it('have no results where the rule does not exist', async () => {
    const command = new GetAggregateComplianceDetailsByConfigRuleCommand({
      ...aggregateRule,
      AwsRegion: 'eu-central-1',
    });
    assert.deepEqual((await client.send(command)).AggregateEvaluationResults, []);
  });
});
