import assert from 'node:assert/strict';
import {
  type AggregateConformancePackComplianceFilters,
  type ConfigServiceClient,
  DescribeConfigurationAggregatorsCommand,
  GetAggregateConformancePackComplianceSummaryCommand,
  paginateDescribeAggregateComplianceByConformancePacks,
} from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { configClient } from './clients.ts';
import { collect } from './pagination.ts';

const deletedPack = 'operational-best-practices-for-fedramp-moderate';

describe('config service: aggregators', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    client = configClient(service);
  });
  after(() => service.close());

  const rows = async (Filters: AggregateConformancePackComplianceFilters = {}, aggregator = 'organization') => {
    const input = { ConfigurationAggregatorName: aggregator, Filters };
    const outputs = paginateDescribeAggregateComplianceByConformancePacks({ client }, input);
    const walk = await collect(outputs, (page) => page.AggregateComplianceByConformancePacks);
    return walk.rows;
  };

  it('are two in the home scope and none elsewhere', async () => {
    const namesFor = async (whose: object) => {
      const { ConfigurationAggregators = [] } = await configClient(service, whose).send(
        new DescribeConfigurationAggregatorsCommand({}),
      );
      return ConfigurationAggregators.map((aggregator) => aggregator.ConfigurationAggregatorName);
    };
    assert.deepEqual(await namesFor({}), ['organization', 'payments-and-orders']);
    assert.deepEqual(await namesFor({ region: 'eu-central-1' }), []);
    assert.deepEqual(await namesFor({ account: '467120985533' }), []);
  });

  it('see their own accounts, by account, region and name', async () => {
    const all = await rows();
    const keys = all.map((row) => [row.AccountId, row.AwsRegion, row.ConformancePackName].join(' '));
    assert.equal(new Set(keys).size, keys.length);
    assert.deepEqual(keys, keys.toSorted());
    assert.equal(new Set(all.map((row) => row.AccountId)).size, 12);
    const four = new Set((await rows({}, 'payments-and-orders')).map((row) => row.AccountId));
    assert.deepEqual([...four], ['467120985533', '518396702241', '573048291966', '629415837702']);
  });

  it('are narrowed by account, region, name and compliance', async () => {
    const all = await rows();
    const AccountId = '467120985533';
    const AwsRegion = 'eu-central-1';
    const ConformancePackName = 'operational-best-practices-for-nist-800-53-rev-5';
    assert.deepEqual(
      await rows({ AccountId }),
      all.filter((row) => row.AccountId === AccountId),
    );
    assert.deepEqual(
      await rows({ AwsRegion }),
      all.filter((row) => row.AwsRegion === AwsRegion),
    );
    assert.deepEqual(
      await rows({ ConformancePackName }),
      all.filter((row) => row.ConformancePackName === ConformancePackName),
    );
    for (const ComplianceType of ['COMPLIANT', 'NON_COMPLIANT', 'INSUFFICIENT_DATA'] as const) {
      const expected = all.filter((row) => row.Compliance?.ComplianceType === ComplianceType);
      assert.ok(expected.length > 0);
      assert.deepEqual(await rows({ ComplianceType }), expected);
    }
    assert.deepEqual(await rows({ AccountId: '000000000000' }), []);
  });

  it('remember a deleted pack, and have nothing of one that was never created', async () => {
    const { account, region } = service.estate.home;
    const home = await rows({ AccountId: account, AwsRegion: region });
    const names = home.map((row) => row.ConformancePackName);
    assert.ok(names.includes(deletedPack));
    assert.ok(!names.includes('operational-best-practices-for-encryption-and-keys'));
    assert.equal(names.length, 13);
  });

  it('sum up their packs by account, by region and altogether', async () => {
    const all = await rows();
    const summaries = async (GroupByKey?: 'ACCOUNT_ID' | 'AWS_REGION') => {
      const input = { ConfigurationAggregatorName: 'organization', ...(GroupByKey && { GroupByKey }) };
      const answer = await client.send(new GetAggregateConformancePackComplianceSummaryCommand(input));
      assert.equal(answer.GroupByKey, GroupByKey);
      return answer.AggregateConformancePackComplianceSummaries;
    };
    const summary = (of: typeof all) => ({
      CompliantConformancePackCount: of.filter((row) => row.Compliance?.ComplianceType === 'COMPLIANT').length,
      NonCompliantConformancePackCount: of.filter((row) => row.Compliance?.ComplianceType === 'NON_COMPLIANT').length,
    });
    assert.deepEqual(
      await summaries('AWS_REGION'),
      service.estate.regions.map((region) => ({
        ComplianceSummary: summary(all.filter((row) => row.AwsRegion === region)),
        GroupName: region,
      })),
    );
    assert.deepEqual(
      await summaries('ACCOUNT_ID'),
      service.estate.accounts.map((account) => ({
        ComplianceSummary: summary(all.filter((row) => row.AccountId === account)),
        GroupName: account,
      })),
    );
    assert.deepEqual(await summaries(), [{ ComplianceSummary: summary(all) }]);
  });
});
