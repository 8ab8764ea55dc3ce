import assert from 'node:assert/strict';
import { resolveAggregators, resolveConnections } from '../../../src/compliance/queries/lookup.ts';
import type { ReadFailure } from '../../../src/compliance/queries/readFailures.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import { type OpenTree, withTree } from '../../support/tree/openTree.ts';

const connections: readonly Connection[] = [{ region: 'us-east-1' }, { region: 'eu-central-1' }];

const getStores = ({ estate }: OpenTree) => connections.map((connection) => estate.getStore(connection));
const format = (failures: readonly ReadFailure[]) =>
  failures.map(({ connection, what, error }) => `${connection.region} ${what} ${error.kind}`);

describe('resolveConnections', () => {
  it('resolves the connections of a region, and requests each identity once', () =>
    withTree({}, async (tree) => {
      const all = await resolveConnections(getStores(tree));
      assert.deepEqual(
        all.results.map(({ scope }) => scope.region),
        ['us-east-1', 'eu-central-1'],
      );
      const requestCount = tree.service.requests.count('GetCallerIdentity');
      const one = await resolveConnections(getStores(tree), { region: 'eu-central-1' });
      assert.deepEqual(
        one.results.map(({ store }) => store.connection),
        [{ region: 'eu-central-1' }],
      );
      assert.equal(tree.service.requests.count('GetCallerIdentity'), requestCount);
    }));

  it('reports identities that could not be read', () =>
    withTree({ signedOut: true }, async (tree) => {
      const { results, failures } = await resolveConnections(getStores(tree));
      assert.deepEqual(results, []);
      assert.deepEqual(format(failures), ['us-east-1 the account signedOut', 'eu-central-1 the account signedOut']);
    }));

  it('reports connections of one profile with several accounts', () =>
    withTree({}, async (tree) => {
      const stores = getStores(tree);
      const other = tree.estate.getStore({ profile: 'other', region: 'us-east-1' });
      await stores[0]?.identity.loadAll();
      const [, account = ''] = tree.service.estate.accounts;
      const { accessKeyId, secretAccessKey } = tree.service.caller(account);
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
      const { failures } = await resolveConnections([...stores, other]);
      assert.deepEqual(format(failures), [
        'us-east-1 the account accountChanged',
        'eu-central-1 the account accountChanged',
        'us-east-1 the account profileNotFound',
      ]);
    }));
});

describe('resolveAggregators', () => {
  it('resolves aggregators by name', () =>
    withTree({}, async (tree) => {
      const { results } = await resolveAggregators(getStores(tree));
      const [first] = results;
      assert(first);
      const named = await resolveAggregators(getStores(tree), first.aggregator.name);
      assert(named.results.every(({ aggregator }) => aggregator.name === first.aggregator.name));
      assert.deepEqual((await resolveAggregators(getStores(tree), 'nowhere')).results, []);
    }));

  it('reports connections that may not list aggregators', () =>
    withTree({}, async (tree) => {
      tree.service.faults = { refuse: { DescribeConfigurationAggregators: { name: 'AccessDeniedException' } } };
      const { results, failures } = await resolveAggregators(getStores(tree));
      assert.deepEqual(results, []);
      assert.deepEqual(format(failures), ['us-east-1 the aggregators denied', 'eu-central-1 the aggregators denied']);
    }));
});
