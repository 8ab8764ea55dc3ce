import assert from 'node:assert/strict';
import { OverviewReader } from '../../../src/views/organization/overviewReader.ts';
import { toSummary } from '../../../src/views/organization/overviewSummary.ts';
import { demoEstate } from '../../config-service/index.ts';
import { noon, withTree } from '../../support/tree/openTree.ts';
import { run } from './overviewEstate.ts';

describe('OverviewReader of an aggregator that names its regions', () => {
  it('knows them before any row', () => {
    const estate = demoEstate(noon);
    return withTree({ estate }, async (tree) => {
      const store = tree.estate.getStore({});
      await store.aggregators.loadAll();
      const readTotal = (name: string) => {
        const aggregator = { connection: {}, scope: { ...estate.home, partition: 'aws' }, name };
        return run(toSummary(aggregator, new OverviewReader(store, name))).totals.regions;
      };
      assert.equal(readTotal('payments-and-orders'), estate.regions.length);
      assert.equal(readTotal('organization'), 0, 'all regions: unknown before the rows');
    });
  });
});
