import assert from 'node:assert/strict';
import type { ConnectionStore } from '../../../src/compliance/store/connectionStore.ts';
import { withTree } from '../tree/openTree.ts';

const region = 'eu-south-2';

/** What the identity and the packs of a connection to `region` fail with, in this order. */
async function failures(store: ConnectionStore) {
  await store.scope.loadMore();
  const packs = store.packs({ by: 'name', descending: false });
  await packs.loadMore();
  return [...store.scope.errors, ...packs.errors].map(({ kind, details }) => [kind, details.region, details.account]);
}

const off = ['regionOff', region, undefined];

describe('credentials that a region refuses', () => {
  it('are good where another region knows them: the region is not enabled', () =>
    withTree({ attempts: 1, connections: [{ region }] }, async ({ service, estate }) => {
      service.faults = { regionsOff: [region] };
      const [identity] = await failures(estate.store({ region }));
      assert.deepEqual(identity, ['regionOff', region, service.estate.home.account]);
    }));

  it('are good where they have been known here before', () =>
    withTree({ attempts: 1, connections: [{ region }] }, async ({ service, estate }) => {
      const store = estate.store({ region });
      await store.scope.loadMore();
      service.faults = { regionsOff: [region] };
      const account = service.estate.home.account;
      assert.deepEqual(await failures(store), [
        ['regionOff', region, account],
        ['regionOff', region, account],
      ]);
    }));

  it('are wrong where the region that is always on refuses them as well', () =>
    withTree({ attempts: 1, connections: [{ region }] }, async ({ service, estate }) => {
      service.faults = { regionsOff: [region, 'us-east-1'] };
      const [identity] = await failures(estate.store({ region }));
      assert.deepEqual(identity, ['keysRefused', region, undefined]);
    }));

  it('may be either where that region cannot be asked', () =>
    withTree({ attempts: 1, connections: [{ region }] }, async ({ service, estate }) => {
      service.faults = { regionsOff: [region], resetEvery: 2, only: ['GetCallerIdentity'] };
      const [identity] = await failures(estate.store({ region }));
      assert.deepEqual(identity, off);
    }));
});
