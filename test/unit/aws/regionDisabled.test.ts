import assert from 'node:assert/strict';
import type { ConnectionStore } from '../../../src/compliance/store/connectionStore.ts';
import { withTree } from '../../support/tree/openTree.ts';

const region = 'eu-south-2';

/** Loads the identity and the packs. Returns their errors in this order. */
async function loadErrors(store: ConnectionStore) {
  await store.identity.loadMore();
  const packs = store.getPackList({ by: 'name', descending: false });
  await packs.loadMore();
  return [...store.identity.errors, ...packs.errors].map(({ kind, details }) => [
    kind,
    details.region,
    details.account,
  ]);
}

describe('Rejected credentials', () => {
  it('mean a disabled region if the default region accepts them', () =>
    withTree({ attempts: 1, connections: [{ region }] }, async ({ service, estate }) => {
      service.faults = { regionsOff: [region] };
      const [identity] = await loadErrors(estate.getStore({ region }));
      assert.deepEqual(identity, ['regionDisabled', region, service.estate.home.account]);
    }));

  it('mean a disabled region if the region accepted them before', () =>
    withTree({ attempts: 1, connections: [{ region }] }, async ({ service, estate }) => {
      const store = estate.getStore({ region });
      await store.identity.loadMore();
      service.faults = { regionsOff: [region] };
      const account = service.estate.home.account;
      assert.deepEqual(await loadErrors(store), [
        ['regionDisabled', region, account],
        ['regionDisabled', region, account],
      ]);
    }));

  it('are invalid if the default region rejects them as well', () =>
    withTree({ attempts: 1, connections: [{ region }] }, async ({ service, estate }) => {
      service.faults = { regionsOff: [region, 'us-east-1'] };
      const [identity] = await loadErrors(estate.getStore({ region }));
      assert.deepEqual(identity, ['credentialsRejected', region, undefined]);
    }));

  it('name the variables that they come from', () =>
    withTree({ attempts: 1, connections: [{}] }, async ({ service, estate }) => {
      service.faults = { expiredCredentials: true };
      const { identity } = estate.getStore({});
      await identity.loadMore();
      const [error] = identity.errors;
      assert.deepEqual(
        [error?.kind, error?.details.origin],
        ['expired', { kind: 'environment', variable: 'AWS_ACCESS_KEY_ID' }],
      );
    }));

  it('may be invalid or mean a disabled region if the default region cannot be reached', () =>
    withTree({ attempts: 1, connections: [{ region }] }, async ({ service, estate }) => {
      service.faults = { regionsOff: [region], resetEvery: 2, only: ['GetCallerIdentity'] };
      const [identity] = await loadErrors(estate.getStore({ region }));
      assert.deepEqual(identity, ['credentialsOrRegionRejected', region, undefined]);
    }));
});
