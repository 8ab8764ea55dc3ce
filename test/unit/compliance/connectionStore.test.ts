import assert from 'node:assert/strict';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { Scope, Score } from '../../../src/compliance/model.ts';
import { type ComplianceSource, defaultPackOrder, type Page } from '../../../src/compliance/source.ts';
import { ConnectionStore } from '../../../src/compliance/store/connectionStore.ts';
import type {
  ConnectionSnapshot,
  RestoredSnapshot,
  SnapshotStorage,
} from '../../../src/compliance/store/snapshotSync.ts';
import { flushPromises } from '../../support/desk.ts';
import { createSource, otherScope, scope } from '../../support/fakeSource.ts';

const score = (pack: string): Score => ({ pack, percent: 50, text: undefined, updatedAt: undefined });

/** Storage with one snapshot that records what happens to it. */
class RecordingStorage implements SnapshotStorage {
  readonly saved: ConnectionSnapshot[] = [];
  readonly removed: Scope[] = [];
  readonly #snapshot: RestoredSnapshot | undefined;

  constructor(snapshot?: RestoredSnapshot) {
    this.#snapshot = snapshot;
  }

  async restore(): Promise<RestoredSnapshot | undefined> {
    return this.#snapshot;
  }

  save(_connection: object, takeSnapshot: () => ConnectionSnapshot): void {
    this.saved.push(takeSnapshot());
  }

  remove(_connection: object, removed: Scope): void {
    this.removed.push(removed);
  }
}

/** A snapshot with one pack and a list that no test reads. */
const createSnapshot = (sameCredentials: boolean): RestoredSnapshot => ({
  scope,
  savedAt: 1,
  sameCredentials,
  lists: {
    [`packs ${JSON.stringify([defaultPackOrder, undefined])}`]: [
      { rows: [score('restored')], complete: true, readAt: 1 },
      { rows: [], complete: true, readAt: 1 },
    ],
    'organizationNames ["pack","account"]': [{ rows: ['restored'], complete: true, readAt: 1 }],
  },
});

/** Creates a store whose storage has been read, on a source with these methods. */
async function createStore(storage: SnapshotStorage, methods: Partial<ComplianceSource> = {}) {
  const changes: string[] = [];
  const store = new ConnectionStore(
    {},
    {
      open: async () => createSource(methods),
      snapshots: async () => storage,
      aggregatorNames: () => [],
      onChange: () => {},
      onAccountChange: () => changes.push('account'),
    },
  );
  await flushPromises();
  return { store, changes, packs: store.getPackList(defaultPackOrder) };
}

const getNames = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);

describe('ConnectionStore', () => {
  it('aborts requests when it is closed, fails their lists and saves nothing more', async () => {
    const signals: AbortSignal[] = [];
    const storage = new RecordingStorage();
    const pending = Promise.withResolvers<Page<Score>>();
    const { store, packs } = await createStore(storage, {
      listScores: ({ signal }) => {
        signals.push(signal);
        return pending.promise;
      },
    });
    await store.identity.loadAll();
    void packs.loadAll();
    await flushPromises();
    const savedBefore = storage.saved.length;
    assert(savedBefore > 0);
    store.close();
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true],
    );
    pending.resolve({ items: [score('late')], next: undefined });
    await flushPromises();
    assert.deepEqual([packs.rows, packs.errors.map(({ kind }) => kind)], [[], ['cancelled']]);
    assert.equal(storage.saved.length, savedBefore);
  });

  it('saves nothing before AWS has confirmed the account', async () => {
    const storage = new RecordingStorage(createSnapshot(true));
    const getScope = () => Promise.reject(new ComplianceError('connectionFailed', 'for a test'));
    const { store, packs } = await createStore(storage, { getScope });
    await Promise.all([store.identity.loadAll(), packs.loadAll()]);
    assert.deepEqual([storage.saved, storage.removed], [[], []]);
  });

  it('keeps restored rows, and no others, while the account cannot be confirmed', async () => {
    const getScope = () => Promise.reject(new ComplianceError('connectionFailed', 'for a test'));
    const listScores = async () => ({ items: [score('new')], next: undefined });
    const { packs } = await createStore(new RecordingStorage(createSnapshot(true)), { getScope, listScores });
    assert.deepEqual(getNames(packs.rows), ['restored']);
    await packs.loadAll();
    assert.deepEqual(getNames(packs.rows), ['restored']);
    assert(packs.errors.length > 0);
  });

  it('shows no row of a snapshot whose credentials differ before the account is confirmed', async () => {
    const { store, packs } = await createStore(new RecordingStorage(createSnapshot(false)));
    assert.deepEqual([store.identity.rows, packs.rows], [[], []]);
    await store.identity.loadAll();
    assert.deepEqual(getNames(packs.rows), ['restored']);
  });

  it('neither restores nor overwrites a snapshot that is read after the first page', async () => {
    const reading = Promise.withResolvers<RestoredSnapshot>();
    const storage = new RecordingStorage();
    storage.restore = () => reading.promise;
    const identity = Promise.withResolvers<Scope>();
    const listScores = async () => ({ items: [score('new')], next: undefined });
    const { store, packs } = await createStore(storage, { getScope: () => identity.promise, listScores });
    void store.identity.loadAll();
    await packs.loadAll();
    reading.resolve(createSnapshot(true));
    await flushPromises();
    assert.deepEqual([store.identity.rows, getNames(packs.rows)], [[], ['new']]);
    identity.resolve(otherScope);
    await flushPromises();
    assert.deepEqual([store.identity.rows, getNames(packs.rows)], [[otherScope], ['new']]);
    assert.deepEqual(storage.removed, [scope]);
  });

  it('saves nothing before the snapshot has been read', async () => {
    const reading = Promise.withResolvers<RestoredSnapshot | undefined>();
    const storage = new RecordingStorage();
    storage.restore = () => reading.promise;
    const { store } = await createStore(storage);
    await store.identity.loadAll();
    assert.deepEqual(storage.saved, []);
    reading.resolve(undefined);
    await flushPromises();
    await store.aggregators.loadAll();
    assert(storage.saved.length > 0);
  });

  for (const sameCredentials of [true, false])
    it(`removes the snapshot of another account, and never saves its rows: ${sameCredentials ? 'same' : 'other'} credentials`, async () => {
      const storage = new RecordingStorage(createSnapshot(sameCredentials));
      const { store, packs, changes } = await createStore(storage, { getScope: async () => otherScope });
      await store.identity.loadAll();
      assert.deepEqual(storage.removed, [scope]);
      // Rows that are shown already go with the store.
      if (sameCredentials) assert.deepEqual([changes, store.identity.errors[0]?.kind], [['account'], 'accountChanged']);
      else assert.deepEqual([changes, packs.rows], [[], []]);
      for (const saved of storage.saved) {
        assert.deepEqual(saved.scope, otherScope);
        assert(!JSON.stringify(saved).includes('restored'));
      }
    });
});
