import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { List } from '../../../src/compliance/paging/list.ts';
import { getIdentityFailures } from '../../../src/compliance/queries/lookup.ts';
import type { Connection } from '../../../src/compliance/source.ts';
import { Estate } from '../../../src/compliance/store/estate.ts';
import { flushPromises } from '../../support/desk.ts';
import { createSource, otherScope, scope } from '../../support/fakeSource.ts';

const audit: Connection = { profile: 'audit' };
const dev: Connection = { profile: 'dev' };

/** Creates an estate where the profiles have different accounts, and records its changes. */
function createEstate() {
  const estate = new Estate({
    open: async ({ profile }) => createSource({ getScope: async () => (profile === 'dev' ? otherScope : scope) }),
    aggregatorNames: () => [],
  });
  const changes: (List<unknown> | undefined)[] = [];
  estate.onDidChange((list) => changes.push(list));
  return { estate, changes };
}

describe('Estate', () => {
  it('closes the stores that it drops, and no others', async () => {
    const { estate } = createEstate();
    const [dropped, remaining] = [estate.getStore(audit), estate.getStore(dev)];
    estate.reset((store) => store === dropped);
    await Promise.all([dropped.identity.loadAll(), remaining.identity.loadAll()]);
    assert.equal(dropped.identity.errors[0]?.kind, 'cancelled');
    assert.deepEqual(remaining.identity.rows, [otherScope]);
    assert.notEqual(estate.getStore(audit), dropped);
    assert.equal(estate.getStore(dev), remaining);
  });

  it('reports that stores were dropped, and then nothing of them', async () => {
    const { estate, changes } = createEstate();
    const store = estate.getStore(audit);
    void store.identity.loadAll();
    changes.length = 0;
    estate.reset();
    await flushPromises();
    await store.aggregators.loadAll();
    assert.deepEqual(changes, [undefined]);
  });

  it('drops only the store of a connection that belongs to another account now', async () => {
    const accountChanged = () => Promise.reject(new ComplianceError('accountChanged', 'for a test'));
    const estate = new Estate({
      open: async ({ profile }) => createSource(profile === 'dev' ? { listAggregators: accountChanged } : {}),
      aggregatorNames: () => [],
    });
    const [remaining, dropped] = [estate.getStore(audit), estate.getStore(dev)];
    await dropped.aggregators.loadAll();
    assert.equal(estate.getStore(audit), remaining);
    assert.notEqual(estate.getStore(dev), dropped);
  });

  it('closes all stores and reports nothing once disposed', async () => {
    const { estate, changes } = createEstate();
    const store = estate.getStore(audit);
    estate.dispose();
    await store.identity.loadAll();
    assert.equal(store.identity.errors[0]?.kind, 'cancelled');
    assert.deepEqual(changes, []);
  });
});

describe('getIdentityFailures', () => {
  it('accepts profiles with different accounts', async () => {
    const { estate } = createEstate();
    const stores = [estate.getStore(audit), estate.getStore(dev)];
    await Promise.all(stores.map(({ identity }) => identity.loadAll()));
    assert.deepEqual(getIdentityFailures(stores), []);
  });
});
