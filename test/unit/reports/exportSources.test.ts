import assert from 'node:assert/strict';
import { type ExportSource, findSource, type SourceReference } from '../../../src/reports/exportSources.ts';
import { withTree } from '../../support/tree/openTree.ts';

const scope = { account: '318604927715', region: 'us-east-1' };

async function find(
  reference: SourceReference,
  { connections = [{}], signedOut = false } = {},
): Promise<ExportSource | undefined> {
  let source: ExportSource | undefined;
  await withTree({ signedOut }, async ({ estate }) => {
    source = await findSource(estate.getStores(connections), reference);
  });
  return source;
}

describe('findSource', () => {
  it('finds the scope of a connection', async () => {
    const connections = [{}, { region: 'eu-central-1' }];
    const source = await find({ scope: { ...scope, region: 'eu-central-1' } }, { connections });
    assert.deepEqual(source?.store.connection, { region: 'eu-central-1' });
  });

  it('finds an aggregator and keeps the filter of its rows', async () => {
    const source = await find({ aggregator: 'organization', region: 'us-east-1' });
    assert(source?.aggregator);
    assert.equal(source.aggregator.name, 'organization');
    assert.deepEqual(source.filter, { region: 'us-east-1' });
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
