import assert from 'node:assert/strict';
import { OverviewReader } from '../../../src/views/organization/overviewReader.ts';
import { toSummary } from '../../../src/views/organization/overviewSummary.ts';
import type { Faults } from '../../config-service/faults.ts';
import { generatedEstate } from '../../config-service/index.ts';
import { noon, type OpenTree, withTree } from '../../support/tree/openTree.ts';
import { run } from './overviewEstate.ts';

const aggregator = {
  connection: {},
  scope: { account: '100000000000', region: 'us-east-1', partition: 'aws' },
  name: 'organization',
};

/** Reads an aggregator of thousands of rows until AWS Config has counted them or could not. */
async function readUntilCounted(
  unrecordedScopes: number,
  faults: Faults,
  use: (reader: OverviewReader, notes: readonly string[], service: OpenTree['service']) => unknown,
): Promise<void> {
  const estate = generatedEstate({ accounts: 400, regions: 2, packs: 6, unrecordedScopes }, noon);
  await withTree({ estate, attempts: 1 }, async (tree) => {
    tree.service.faults = faults;
    const reader = new OverviewReader(tree.estate.getStore({}), aggregator.name);
    await loadUntilCounted(reader);
    assert.equal(reader.isComplete, false);
    reader.cancel();
    await use(reader, run(toSummary(aggregator, reader)).notes, tree.service);
  });
}

async function loadUntilCounted(reader: OverviewReader): Promise<void> {
  const { queryError: before } = reader;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stopListening = reader.onDidChange(() => {
    const { queryCounts, queryError, isUnrecorded, rowState } = reader;
    const isDone = !rowState.isLoading || isUnrecorded || queryCounts !== undefined;
    if (isDone || (queryError && queryError !== before)) resolve();
  });
  reader.load();
  await promise;
  stopListening();
}

describe('OverviewReader of a large aggregator', () => {
  it('has the counts of AWS Config before its rows, and names the accounts that they leave out', () =>
    readUntilCounted(50, {}, ({ queryCounts, knownAccounts }, notes) => {
      const counted = queryCounts?.accounts.map(({ account }) => account) ?? [];
      const { uncoveredAccounts = [] } = queryCounts ?? {};
      assert(uncoveredAccounts.length > 0);
      assert.deepEqual([...counted, ...uncoveredAccounts].sort(), [...knownAccounts].sort());
      assert(notes.some((note) => note.startsWith('AWS Config counts ')));
      assert(notes.some((note) => note.startsWith(`Not in the ranking: ${uncoveredAccounts.length} accounts`)));
    }));

  it('ranks the rows read so far if no account records its packs', () =>
    readUntilCounted(100, {}, ({ queryCounts, isUnrecorded, rows }, notes) => {
      assert.deepEqual([queryCounts, isUnrecorded], [undefined, true]);
      assert(rows.columns.length > 0);
      assert(notes.some((note) => note.includes('no account records')));
    }));

  it('names the missing permission', () => {
    const refuse = { SelectAggregateResourceConfig: { name: 'AccessDeniedException' } };
    return readUntilCounted(0, { refuse }, ({ queryCounts, queryError }, notes) => {
      assert.deepEqual([queryCounts, queryError?.kind], [undefined, 'denied']);
      assert(notes.some((note) => note.includes('config:SelectAggregateResourceConfig')));
    });
  });

  it('counts again with the next reading if the query failed', () => {
    const refuse = { SelectAggregateResourceConfig: { name: 'AccessDeniedException' } };
    return readUntilCounted(0, { refuse }, async (reader, _, service) => {
      assert(reader.queryError);
      service.faults = { only: ['DescribeAggregateComplianceByConformancePacks'], latencyMs: 300 };
      await loadUntilCounted(reader);
      assert.deepEqual([reader.queryCounts?.accounts.length, reader.queryError], [400, undefined]);
      reader.cancel();
    });
  });

  it('says that counts are not checked if the summary is denied', () => {
    const refuse = { GetAggregateConformancePackComplianceSummary: { name: 'AccessDeniedException' } };
    return readUntilCounted(0, { refuse }, ({ queryCounts }, notes) => {
      assert.equal(queryCounts?.accounts.length, 400);
      assert.equal(queryCounts.differences, undefined);
      assert(notes.some((note) => note.includes('could not be checked')));
    });
  });
});
