import './preload.ts';
import {
  ConfigServiceClient,
  DescribeAggregateComplianceByConformancePacksCommand,
} from '@aws-sdk/client-config-service';
import { getRowKey } from '../../../src/compliance/model.ts';
import { OrganizationRows } from '../../../src/compliance/organization/organizationRows.ts';
import { iteratePages } from '../../../src/compliance/paging/iteratePages.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { openRowReader } from '../../../src/compliance/store/rowReader.ts';
import { createOpenSource } from '../../support/aws/openSource.ts';
import { measureTime } from '../measurement.ts';
import type { OrganizationRun } from '../organization.ts';

// Reads every row of an aggregator as partitions or as one chain, or its first page beside one SDK request.
const [kind, bound] = process.argv.slice(2);
const name = 'organization';
const { signal } = new AbortController();
const rounds = 9;

/** A store with a rate of its own. The client is loaded. */
async function createStore() {
  const open = createOpenSource({ pageSize: () => 100, requestsPerSecond: () => Number(bound), log: () => {} });
  return new Estate({ open, aggregatorNames: () => [] }).getStore({});
}

async function readPartitions(): Promise<number> {
  const store = await createStore();
  const organization = new OrganizationRows((readSignal) => openRowReader(store, name, {}, readSignal));
  await organization.read(signal, () => {});
  if (organization.error) throw organization.error;
  return organization.columns.length;
}

async function readChain(): Promise<number> {
  const store = await createStore();
  const keys = new Set<string>();
  const pages = iteratePages(
    store.getAggregateRowPages(name, {}),
    signal,
    (row) => keys.size < keys.add(getRowKey(row)).size,
  );
  for await (const _ of pages);
  return keys.size;
}

async function readFirstRows(): Promise<void> {
  const store = await createStore();
  await store.getAggregateRows(name, {}).loadMore();
}

/** Opens a new connection, as a new store does. */
const requestFirstRows = () =>
  new ConfigServiceClient({}).send(
    new DescribeAggregateComplianceByConformancePacksCommand({ ConfigurationAggregatorName: name, Limit: 100 }),
  );

// Loads the code, so that it is not measured.
await readFirstRows();
await requestFirstRows();
if (kind === 'first') {
  const [ours, sdk]: number[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    ours?.push(await measureTime(readFirstRows));
    sdk?.push(await measureTime(requestFirstRows));
  }
  console.log(JSON.stringify({ ours, sdk }));
} else {
  let rows = 0;
  const milliseconds = await measureTime(async () => {
    rows = await (kind === 'chain' ? readChain() : readPartitions());
  });
  console.log(JSON.stringify({ rows, milliseconds } satisfies OrganizationRun));
}
process.exit();
