import './preload.ts';
import {
  ConfigServiceClient,
  paginateDescribeAggregateComplianceByConformancePacks,
} from '@aws-sdk/client-config-service';
import { createOpenSource } from '../../../src/aws/openSource.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import type { AggregatorRun } from '../aggregator.ts';

// Prints what it takes to read every row of an aggregator: by Load All, or by the plain SDK's paginator.
const name = 'organization';
const before = heap();
const start = performance.now();
const rows = process.argv[2] === 'sdk' ? await plain() : await loadAll();
const milliseconds = performance.now() - start;
const run: AggregatorRun = { rows: rows().length, milliseconds, bytes: heap() - before };
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

async function plain() {
  const found: unknown[] = [];
  const client = new ConfigServiceClient({});
  const input = { ConfigurationAggregatorName: name, Limit: 100 };
  for await (const page of paginateDescribeAggregateComplianceByConformancePacks({ client }, input)) {
    found.push(...(page.AggregateComplianceByConformancePacks ?? []));
  }
  return () => found;
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
