import assert from 'node:assert/strict';
import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { type ConfigService, startConfigService } from '../../config-service/index.ts';
import { createConfigClient } from './clients.ts';
import { type PagedOperation, paginators } from './pagination.ts';

const operations = Object.keys(paginators) as PagedOperation[];
const pack = 'operational-best-practices-for-amazon-s3';

/** The number of rows in the demo estate, counted in its tables where possible. */
const expectedRows: Partial<Record<PagedOperation, number>> = {
  ListConformancePackComplianceScores: 12,
  DescribeConformancePackStatus: 14,
  DescribeConfigurationAggregators: 2,
  DescribeConfigurationAggregatorSourcesStatus: 36,
  GetAggregateConformancePackComplianceSummary: 12,
  DescribeConformancePackCompliance: 5,
  GetConformancePackComplianceDetails: 65,
  GetOrganizationConformancePackDetailedStatus: 12,
  DescribeOrganizationConformancePacks: 2,
  DescribeOrganizationConformancePackStatuses: 2,
  GetAggregateComplianceDetailsByConfigRule: 13,
  SelectAggregateResourceConfig: 34,
  DescribeConfigRuleEvaluationStatus: 4,
};

describe('local AWS Config: paging', () => {
  let service: ConfigService;
  let client: ConfigServiceClient;
  before(async () => {
    service = await startConfigService({ estate: 'demo' });
    client = createConfigClient(service);
  });
  afterEach(() => {
    service.faults = {};
  });
  after(() => service.close());

  for (const operation of operations) {
    const readAllPages = paginators[operation];

    it(`returns the same rows in pages of 1, of 3 and of the maximum size: ${operation}`, async () => {
      const largest = await readAllPages(client, 0, pack);
      const ones = await readAllPages(client, 1, pack);
      const threes = await readAllPages(client, 3, pack);
      assert.equal(largest.rows.length, expectedRows[operation] ?? largest.rows.length);
      assert.deepEqual(ones.rows, largest.rows);
      assert.deepEqual(threes.rows, largest.rows);
      assert.equal(ones.pageSizes.length, largest.rows.length);
      assert.equal(threes.pageSizes.length, Math.ceil(largest.rows.length / 3));
    });

    it(`loses no row if every second page is empty: ${operation}`, async () => {
      const { rows } = await readAllPages(client, 2, pack);
      service.faults = { emptyPageEvery: 2 };
      const withEmpty = await readAllPages(client, 2, pack);
      assert.deepEqual(withEmpty.rows, rows);
      assert.equal(withEmpty.pageSizes.filter((size) => size === 0).length, Math.ceil(rows.length / 2) - 1);
    });
  }

  it('never returns the token of the request', async () => {
    service.faults = { emptyPageEvery: 2 };
    service.requests.clear();
    await paginators.DescribeConformancePackStatus(client, 1, pack);
    const tokens = service.requests.map(({ input }) => (input as { NextToken?: string }).NextToken);
    assert.equal(new Set(tokens).size, tokens.length);
  });

  it('limits pages to the maximum size of the model', async () => {
    const all = await paginators.DescribeAggregateComplianceByConformancePacks(client, 0, pack);
    assert.deepEqual(all.pageSizes.slice(0, -1), all.pageSizes.slice(0, -1).fill(100));
    assert.ok(all.rows.length > 100);
  });
});
