import assert from 'node:assert/strict';
import { resolveAggregators, resolveConnections } from '../../../src/compliance/queries/lookup.ts';
import type { ReadFailure } from '../../../src/compliance/queries/readFailures.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';

const connections: readonly Connection[] = [{ region: 'us-east-1' }, { region: 'eu-central-1' }];

const listsOf = ({ estate }: OpenTree) => connections.map((connection) => estate.getStore(connection));
const said = (failures: readonly ReadFailure[]) =>
  failures.map(({ connection, what, error }) => `${connection.region} ${what} ${error.kind}`);

describe('what the connections answer for', () => {
  it('asks whose each connection is and gives those of the place, asking nothing twice', () =>
    withTree({}, async (tree) => {
      const all = await resolveConnections(listsOf(tree));
      assert.deepEqual(
        all.results.map(({ scope }) => scope.region),
        ['us-east-1', 'eu-central-1'],
      );
      const asked = tree.service.requests.count('GetCallerIdentity');
      const one = await resolveConnections(listsOf(tree), { region: 'eu-central-1' });
      assert.deepEqual(
        one.results.map(({ store }) => store.connection),
        [{ region: 'eu-central-1' }],
      );
      assert.equal(tree.service.requests.count('GetCallerIdentity'), asked);
    }));

  it('names what could not be read', () =>
    withTree({ signedOut: true }, async (tree) => {
      const { results, failures } = await resolveConnections(listsOf(tree));
      assert.deepEqual(results, []);
      assert.deepEqual(said(failures), ['us-east-1 the identity signedOut', 'eu-central-1 the identity signedOut']);
    }));

  it('finds an aggregator by its name and the connection that reads it', () =>
    withTree({}, async (tree) => {
      const { results } = await resolveAggregators(listsOf(tree));
      const [first] = results;
      assert(first);
      const named = await resolveAggregators(listsOf(tree), first.aggregator.name);
      assert(named.results.every(({ aggregator }) => aggregator.name === first.aggregator.name));
      assert.deepEqual((await resolveAggregators(listsOf(tree), 'nowhere')).results, []);
    }));

  it('says where aggregators may not be listed', () =>
    withTree({}, async (tree) => {
      tree.service.faults = { refuse: { DescribeConfigurationAggregators: { name: 'AccessDeniedException' } } };
      const { results, failures } = await resolveAggregators(listsOf(tree));
      assert.deepEqual(results, []);
      assert.deepEqual(said(failures), ['us-east-1 the aggregators denied', 'eu-central-1 the aggregators denied']);
    }));
});
