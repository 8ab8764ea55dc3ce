import assert from 'node:assert/strict';
import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { type OperationName, operationModels } from '../../config-service/model.ts';
import { configClient } from './clients.ts';
import { walkers } from './pagination.ts';

const operations = Object.keys(operationModels) as OperationName[];
const pack = 'operational-best-practices-for-amazon-s3';

/** What the demo holds of each, counted by hand from its tables where there is a table. */
const expectedRows: Partial<Record<OperationName, number>> = {
  ListConformancePackComplianceScores: 12,
  DescribeConformancePackStatus: 14,
  DescribeConfigurationAggregators: 2,
  DescribeConfigurationAggregatorSourcesStatus: 36,
  GetAggregateConformancePackComplianceSummary: 12,
  DescribeConformancePackCompliance: 5,
  GetConformancePackComplianceDetails: 65,
  GetOrganizationConformancePackDetailedStatus: 12,
};

describe('config service: paging', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    client = configClient(service);
  });
  afterEach(() => {
    service.faults = {};
  });
  after(() => service.close());

  for (const operation of operations) {
    const walk = walkers[operation];

    it(`${operation} gives the same rows in pages of 1, of 3 and of as many as it may`, async () => {
      const whole = await walk(client, 0, pack);
      const ones = await walk(client, 1, pack);
      const threes = await walk(client, 3, pack);
      assert.equal(whole.rows.length, expectedRows[operation] ?? whole.rows.length);
      assert.deepEqual(ones.rows, whole.rows);
      assert.deepEqual(threes.rows, whole.rows);
      assert.equal(ones.pages.length, whole.rows.length);
      assert.equal(threes.pages.length, Math.ceil(whole.rows.length / 3));
    });

    it(`${operation} loses nothing where every second page is empty`, async () => {
      const { rows } = await walk(client, 2, pack);
      service.faults = { emptyPageEvery: 2 };
      const withEmpty = await walk(client, 2, pack);
      assert.deepEqual(withEmpty.rows, rows);
      assert.equal(withEmpty.pages.filter((size) => size === 0).length, Math.ceil(rows.length / 2) - 1);
    });
  }

  it('never gives a token equal to the one it was asked with', async () => {
    service.faults = { emptyPageEvery: 2 };
    service.requests.clear();
    await walkers.DescribeConformancePackStatus(client, 1, pack);
    const tokens = service.requests.map(({ input }) => (input as { NextToken?: string }).NextToken);
    assert.equal(new Set(tokens).size, tokens.length);
  });

  it('holds at most a page of the size the model allows', async () => {
    const walk = await walkers.DescribeAggregateComplianceByConformancePacks(client, 0, pack);
    assert.deepEqual(walk.pages.slice(0, -1), walk.pages.slice(0, -1).fill(100));
    assert.ok(walk.rows.length > 100);
  });
});
