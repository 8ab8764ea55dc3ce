import assert from 'node:assert/strict';
import type { ExportQuery } from '../../../src/reports/exportQuery.ts';
import { findSource, type SourceReference } from '../../../src/reports/exportSources.ts';
import { withTree } from '../../support/tree/openTree.ts';

const scope = { account: '318604927715', region: 'us-east-1' };

async function find(
  reference: SourceReference,
  { connections = [{}], signedOut = false } = {},
): Promise<ExportQuery | undefined> {
  let query: ExportQuery | undefined;
  await withTree({ signedOut }, async ({ estate }) => {
    query = await findSource(estate.getStores(connections), reference);
  });
  return query;
}

describe('findSource', () => {
  it('finds the scope of a connection', async () => {
    const connections = [{}, { region: 'eu-central-1' }];
    const query = await find({ scope: { ...scope, region: 'eu-central-1' } }, { connections });
    assert.deepEqual(query?.sources[0]?.store.connection, { region: 'eu-central-1' });
  });

  it('finds an aggregator and keeps the filter of its rows', async () => {
    const query = await find({ aggregator: 'organization', region: 'us-east-1' });
    assert.equal(query?.sources[0]?.aggregator?.name, 'organization');
    assert.deepEqual(query?.filter, { region: 'us-east-1' });
  });

  it('rejects an unknown source', async () => {
    await assert.rejects(find({ aggregator: 'nowhere' }), /None of your connections has an aggregator nowhere/);
    await assert.rejects(
      find({ scope: { account: '1', region: 'a' } }),
      /None of your connections covers account 1 and region a/,
    );
  });

  it('rejects with the error that made the search incomplete', async () => {
    await assert.rejects(find({ aggregator: 'organization' }, { signedOut: true }), { kind: 'signedOut' });
  });
});
