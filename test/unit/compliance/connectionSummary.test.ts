import assert from 'node:assert/strict';
import { ComplianceError, isSignedOut } from '../../../src/compliance/errors.ts';
import type { Deployment, Score } from '../../../src/compliance/model.ts';
import { collectDistinctPacks, hasScores, summarize } from '../../../src/compliance/queries/connectionSummary.ts';
import { type ComplianceSource, defaultPackOrder } from '../../../src/compliance/source.ts';
import { ConnectionStore } from '../../../src/compliance/store/connectionStore.ts';
import { createPagedFetch } from '../../support/desk.ts';
import { createOrganizationSource } from '../../support/fakeSource.ts';

const scope = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const emptyPage = async () => ({ items: [], next: undefined });

/** Creates a store with packs of these scores. `overrides` replace methods of the source. */
function createStore(
  percents: Readonly<Record<string, number>>,
  pageSize = 20,
  overrides: Partial<ComplianceSource> = {},
) {
  const scores = Object.entries(percents)
    .map(([pack, percent]): Score => ({ pack, percent, text: undefined, updatedAt: 1 }))
    .sort((a, b) => (a.percent ?? 0) - (b.percent ?? 0));
  const deployments = scores.map(
    ({ pack }): Deployment => ({
      pack,
      id: `id-${pack}`,
      arn: undefined,
      state: 'CREATE_COMPLETE',
      reason: undefined,
      stackArn: undefined,
      requestedAt: undefined,
      completedAt: undefined,
    }),
  );
  const source: ComplianceSource = {
    getScope: async () => scope,
    listScores: (request, { by, descending }, names) => {
      const matching = scores.filter(({ pack }) => names?.includes(pack) ?? true);
      if (by === 'name') matching.sort((a, b) => (a.pack < b.pack ? -1 : 1));
      return createPagedFetch(descending ? matching.reverse() : matching, pageSize)(request);
    },
    listDeployments: (request, names) =>
      createPagedFetch(
        deployments.filter(({ pack }) => names?.includes(pack) ?? true),
        20,
      )(request),
    listRules: emptyPage,
    listEvaluations: emptyPage,
    listAggregators: emptyPage,
    listUnhealthySources: emptyPage,
    listPackCounts: emptyPage,
    listRows: emptyPage,
    listOrganizationPackNames: emptyPage,
    requestOrganization: (_signal, send) => send(createOrganizationSource()),
    ...overrides,
  };
  const store = new ConnectionStore(
    {},
    { open: async () => source, aggregatorNames: () => [], onChange: () => {}, onAccountChange: () => {} },
  );
  const remove = (name: string) => {
    scores.splice(
      scores.findIndex(({ pack }) => pack === name),
      1,
    );
    deployments.splice(
      deployments.findIndex(({ pack }) => pack === name),
      1,
    );
  };
  return { store, remove };
}

const rejectExpired = () => Promise.reject(new ComplianceError('expired', 'for a test'));

describe('summarize', () => {
  it('is empty before packs are loaded, and issues no requests', () => {
    const summary = summarize(createStore({ a: 50 }).store, 90);
    assert.equal(hasScores(summary), false);
    assert.deepEqual(summary.packs, []);
    assert.deepEqual([summary.isLoading, summary.readAt, summary.error], [false, undefined, undefined]);
  });

  it('returns the packs below the target, worst first', async () => {
    const { store } = createStore({ a: 95, b: 90, c: 89.9, d: 12 });
    await Promise.all([store.identity.loadMore(), store.getPackList({ by: 'name', descending: true }).loadMore()]);
    const { packsBelowTarget, packs, hasAllBelowTarget, readAt } = summarize(store, 90);
    assert.deepEqual(
      packsBelowTarget.map(({ name }) => name),
      ['d', 'c'],
    );
    assert.equal(packs.length, 4);
    assert.equal(hasAllBelowTarget, true);
    assert(readAt !== undefined);
  });

  for (const [pageCount, hasAll] of [
    [1, false],
    [2, true],
  ] as const) {
    it(`${hasAll ? 'has' : 'does not have'} all packs below the target after ${pageCount} pages, worst first`, async () => {
      const { store } = createStore({ a: 10, b: 20, c: 80, d: 91, e: 92, f: 93 }, 2);
      await store.identity.loadMore();
      for (let page = 0; page < pageCount; page++) await store.getPackList(defaultPackOrder).loadMore();
      assert.equal(summarize(store, 90).hasAllBelowTarget, hasAll);
    });
  }

  it('does not have all packs below the target after a page sorted by name', async () => {
    const { store } = createStore({ a: 95, b: 96, c: 10 }, 2);
    await Promise.all([store.identity.loadMore(), store.getPackList({ by: 'name', descending: false }).loadMore()]);
    const summary = summarize(store, 90);
    assert.deepEqual([summary.packsBelowTarget.length, summary.hasAllBelowTarget], [0, false]);
  });

  it('has no packs before the identity is loaded', async () => {
    const { store } = createStore({ a: 10 }, 20, { getScope: rejectExpired });
    await Promise.all([store.identity.loadMore(), store.getPackList(defaultPackOrder).loadMore()]);
    const summary = summarize(store, 90);
    assert.deepEqual([summary.packs, hasScores(summary), isSignedOut(summary.error)], [[], false, true]);
  });

  it('keeps loaded packs and reports the error after the session has expired', async () => {
    const fetchScores = createPagedFetch<Score>([{ pack: 'a', percent: 10, text: undefined, updatedAt: 1 }], 20);
    let listScores = fetchScores;
    const { store } = createStore({ a: 10 }, 20, { listScores: (request) => listScores(request) });
    await Promise.all([store.identity.loadMore(), store.getPackList(defaultPackOrder).loadMore()]);
    listScores = rejectExpired;
    await store.getPackList(defaultPackOrder).refresh();
    const summary = summarize(store, 90);
    assert.deepEqual(
      [summary.packsBelowTarget.length, hasScores(summary), isSignedOut(summary.error)],
      [1, true, true],
    );
  });

  it('drops a pack that only an older list has, once all packs have been loaded', async () => {
    const { store, remove } = createStore({ a: 10, b: 20 });
    await Promise.all([store.identity.loadMore(), store.getPackList(defaultPackOrder, ['a']).loadMore()]);
    remove('a');
    // Times are in milliseconds, so the second load must start in a later one.
    const before = Date.now();
    while (Date.now() === before);
    await store.getPackList(defaultPackOrder).loadMore();
    const { packs } = summarize(store, 90);
    assert.deepEqual(
      packs.map(({ name }) => name),
      ['b'],
    );
  });
});

describe('collectDistinctPacks', () => {
  it('returns a pack once if two connections have the same account and region', async () => {
    const { store } = createStore({ a: 10 });
    await Promise.all([store.identity.loadMore(), store.getPackList(defaultPackOrder).loadMore()]);
    const summary = summarize(store, 90);
    assert.equal(collectDistinctPacks([summary, summary], ({ packsBelowTarget }) => packsBelowTarget).length, 1);
  });
});
