import './preload.ts';
import {
  ConfigServiceClient,
  paginateDescribeAggregateComplianceByConformancePacks,
} from '@aws-sdk/client-config-service';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import type { AggregatorRun } from '../aggregator.ts';

// Reads every row of an aggregator, by Load All or by the SDK's paginator, and prints time and heap growth.
const name = 'organization';
const heapBefore = getHeapSize();
const start = performance.now();
const getRows = process.argv[2] === 'sdk' ? await paginate() : await loadAll();
const milliseconds = performance.now() - start;
const run: AggregatorRun = { rows: getRows().length, milliseconds, bytes: getHeapSize() - heapBefore };
console.log(JSON.stringify(run));
process.exit();

async function loadAll() {
  const estate = new Estate({
    open: createOpenSource({ pageSize: () => 100, requestsPerSecond: () => 100_000, log: () => {} }),
    aggregatorNames: () => [],
  });
  const list = estate.getStore({}).getAggregateRows(name, {});
  await list.loadAll(new AbortController().signal, () => {});
  for (const error of list.errors) throw error;
  return () => list.rows;
}

async function paginate() {
  const rows: unknown[] = [];
  const client = new ConfigServiceClient({});
  const input = { ConfigurationAggregatorName: name, Limit: 100 };
  for await (const page of paginateDescribeAggregateComplianceByConformancePacks({ client }, input)) {
    rows.push(...(page.AggregateComplianceByConformancePacks ?? []));
  }
  return () => rows;
}

function getHeapSize(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
