import assert from 'node:assert/strict';
import {
  type AggregateConformancePackComplianceFilters,
  type ConfigServiceClient,
  DescribeConfigurationAggregatorsCommand,
  GetAggregateConformancePackComplianceSummaryCommand,
  paginateDescribeAggregateComplianceByConformancePacks,
} from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';
import { collectRows } from './pagination.ts';

const deletedPack = 'operational-best-practices-for-fedramp-moderate';

describe('local AWS Config: aggregators', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    client = createConfigClient(service);
  });
  after(() => service.close());

  const loadRows = async (Filters: AggregateConformancePackComplianceFilters = {}, aggregator = 'organization') => {
    const input = { ConfigurationAggregatorName: aggregator, Filters };
    const outputs = paginateDescribeAggregateComplianceByConformancePacks({ client }, input);
    const { rows } = await collectRows(outputs, (page) => page.AggregateComplianceByConformancePacks);
    return rows;
  };

  it('exist in the home scope only', async () => {
    const getNames = async (options: object) => {
      const { ConfigurationAggregators = [] } = await createConfigClient(service, options).send(
        new DescribeConfigurationAggregatorsCommand({}),
      );
      return ConfigurationAggregators.map((aggregator) => aggregator.ConfigurationAggregatorName);
    };
    assert.deepEqual(await getNames({}), ['organization', 'payments-and-orders']);
    assert.deepEqual(await getNames({ region: 'eu-central-1' }), []);
    assert.deepEqual(await getNames({ account: '467120985533' }), []);
  });

  it('return the rows of their accounts, ordered by account, region and name', async () => {
    const all = await loadRows();
    const keys = all.map((row) => [row.AccountId, row.AwsRegion, row.ConformancePackName].join(' '));
    assert.equal(new Set(keys).size, keys.length);
    assert.deepEqual(keys, keys.toSorted());
    assert.equal(new Set(all.map((row) => row.AccountId)).size, 12);
    const four = new Set((await loadRows({}, 'payments-and-orders')).map((row) => row.AccountId));
    assert.deepEqual([...four], ['467120985533', '518396702241', '573048291966', '629415837702']);
  });

  it('filter by account, region, name and compliance', async () => {
    const all = await loadRows();
    const AccountId = '467120985533';
    const AwsRegion = 'eu-central-1';
    const ConformancePackName = 'operational-best-practices-for-nist-800-53-rev-5';
    assert.deepEqual(
      await loadRows({ AccountId }),
      all.filter((row) => row.AccountId === AccountId),
    );
    assert.deepEqual(
      await loadRows({ AwsRegion }),
      all.filter((row) => row.AwsRegion === AwsRegion),
    );
    assert.deepEqual(
      await loadRows({ ConformancePackName }),
      all.filter((row) => row.ConformancePackName === ConformancePackName),
    );
    for (const ComplianceType of ['COMPLIANT', 'NON_COMPLIANT', 'INSUFFICIENT_DATA'] as const) {
      const expected = all.filter((row) => row.Compliance?.ComplianceType === ComplianceType);
      assert.ok(expected.length > 0);
      assert.deepEqual(await loadRows({ ComplianceType }), expected);
    }
    assert.deepEqual(await loadRows({ AccountId: '000000000000' }), []);
  });

  it('contain a deleted pack, and no pack that was never created', async () => {
    const { account, region } = service.estate.home;
    const home = await loadRows({ AccountId: account, AwsRegion: region });
    const names = home.map((row) => row.ConformancePackName);
    assert.ok(names.includes(deletedPack));
    assert.ok(!names.includes('operational-best-practices-for-encryption-and-keys'));
    assert.equal(names.length, 13);
  });

  it('count packs by account, by region and in total', async () => {
    const all = await loadRows();
    const getSummaries = async (GroupByKey?: 'ACCOUNT_ID' | 'AWS_REGION') => {
      const input = { ConfigurationAggregatorName: 'organization', ...(GroupByKey && { GroupByKey }) };
      const response = await client.send(new GetAggregateConformancePackComplianceSummaryCommand(input));
      assert.equal(response.GroupByKey, GroupByKey);
      return response.AggregateConformancePackComplianceSummaries;
    };
    const count = (rows: typeof all) => ({
      CompliantConformancePackCount: rows.filter((row) => row.Compliance?.ComplianceType === 'COMPLIANT').length,
      NonCompliantConformancePackCount: rows.filter((row) => row.Compliance?.ComplianceType === 'NON_COMPLIANT').length,
    });
    assert.deepEqual(
      await getSummaries('AWS_REGION'),
      service.estate.regions.map((region) => ({
        ComplianceSummary: count(all.filter((row) => row.AwsRegion === region)),
        GroupName: region,
      })),
    );
    assert.deepEqual(
      await getSummaries('ACCOUNT_ID'),
      service.estate.accounts.map((account) => ({
        ComplianceSummary: count(all.filter((row) => row.AccountId === account)),
        GroupName: account,
      })),
    );
    assert.deepEqual(await getSummaries(), [{ ComplianceSummary: count(all) }]);
  });
});
