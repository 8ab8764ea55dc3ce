import assert from 'node:assert/strict';
import { aggregatorsOf, ownedAt, type Unread } from '../../../src/compliance/lookup.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import { type OpenTree, withTree } from '../tree/openTree.ts';

const connections: readonly Connection[] = [{ region: 'us-east-1' }, { region: 'eu-central-1' }];

const listsOf = ({ estate }: OpenTree) => connections.map((connection) => estate.of(connection));
const said = (unread: readonly Unread[]) =>
  unread.map(({ connection, what, error }) => `${connection.region} ${what} ${error.kind}`);

describe('what the connections answer for', () => {
  it('asks whose each connection is and gives those of the place, asking nothing twice', () =>
    withTree({}, async (tree) => {
      const all = await ownedAt(listsOf(tree));
      assert.deepEqual(
        all.found.map(({ scope }) => scope.region),
        ['us-east-1', 'eu-central-1'],
      );
      const asked = tree.service.requests.count('GetCallerIdentity');
      const one = await ownedAt(listsOf(tree), { region: 'eu-central-1' });
      assert.deepEqual(
        one.found.map(({ known }) => known.connection),
        [{ region: 'eu-central-1' }],
      );
      assert.equal(tree.service.requests.count('GetCallerIdentity'), asked);
    }));

  it('names what could not be read', () =>
    withTree({ signedOut: true }, async (tree) => {
      const { found, unread } = await ownedAt(listsOf(tree));
      assert.deepEqual(found, []);
      assert.deepEqual(said(unread), ['us-east-1 the identity signedOut', 'eu-central-1 the identity signedOut']);
    }));

  it('finds an aggregator by its name and the connection that reads it', () =>
    withTree({}, async (tree) => {
      const { found } = await aggregatorsOf(listsOf(tree));
      const [first] = found;
      assert(first);
      const named = await aggregatorsOf(listsOf(tree), first.aggregator.name);
      assert(named.found.every(({ aggregator }) => aggregator.name === first.aggregator.name));
      assert.deepEqual((await aggregatorsOf(listsOf(tree), 'nowhere')).found, []);
    }));

  it('says where aggregators may not be listed', () =>
    withTree({}, async (tree) => {
      tree.service.faults = { refuse: { DescribeConfigurationAggregators: { name: 'AccessDeniedException' } } };
      const { found, unread } = await aggregatorsOf(listsOf(tree));
      assert.deepEqual(found, []);
      assert.deepEqual(said(unread), ['us-east-1 the aggregators denied', 'eu-central-1 the aggregators denied']);
    }));
});
