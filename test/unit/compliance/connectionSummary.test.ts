import assert from 'node:assert/strict';
import { ComplianceError, isSignedOut } from '../../../src/compliance/errors.ts';
import type { Deployment, Score } from '../../../src/compliance/model.ts';
import { collectDistinctPacks, hasScores, summarize } from '../../../src/compliance/queries/connectionSummary.ts';
import { type ComplianceSource, defaultPackOrder } from '../../../src/compliance/source.ts';
import { ConnectionStore } from '../../../src/compliance/store/connectionStore.ts';
import { createPagedFetch } from '../../support/desk.ts';

const here = { account: '111122223333', partition: 'aws', region: 'us-east-1' };
const none = async () => ({ items: [], next: undefined });

/** A connection to packs with these scores, so many on a page; what is given replaces a question. */
function connectionTo(
  percents: Readonly<Record<string, number>>,
  pageSize = 20,
  replaced: Partial<ComplianceSource> = {},
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
    getScope: async () => here,
    listScores: (request, { by, descending }, names) => {
      const asked = scores.filter(({ pack }) => names?.includes(pack) ?? true);
      if (by === 'name') asked.sort((a, b) => (a.pack < b.pack ? -1 : 1));
      return createPagedFetch(descending ? asked.reverse() : asked, pageSize)(request);
    },
    listDeployments: (request, names) =>
      createPagedFetch(
        deployments.filter(({ pack }) => names?.includes(pack) ?? true),
        20,
      )(request),
    listRules: none,
    listEvaluations: none,
    listAggregators: none,
    listUnhealthySources: none,
    listPackCounts: none,
    listRows: none,
    listOrganizationPackNames: none,
    ...replaced,
  };
  const store = new ConnectionStore(
    {},
    { open: async () => source, aggregatorNames: () => [], onChange: () => {}, onSwitch: () => {} },
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

const expired = () => Promise.reject(new ComplianceError('expired', 'for a test'));

describe('the standing of a connection', () => {
  it('is unknown before something is read, and asks nothing to know it', () => {
    const summary = summarize(connectionTo({ a: 50 }).store, 90);
    assert.equal(hasScores(summary), false);
    assert.deepEqual(summary.packs, []);
    assert.deepEqual([summary.isLoading, summary.readAt, summary.error], [false, undefined, undefined]);
  });

  it('holds the packs below the target, worst first', async () => {
    const { store } = connectionTo({ a: 95, b: 90, c: 89.9, d: 12 });
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

  for (const [pages, knows] of [
    [1, false],
    [2, true],
  ] as const) {
    it(`${knows ? 'knows' : 'does not know'} all below the target after ${pages} pages of the worst`, async () => {
      const { store } = connectionTo({ a: 10, b: 20, c: 80, d: 91, e: 92, f: 93 }, 2);
      await store.identity.loadMore();
      for (let page = 0; page < pages; page++) await store.getPackList(defaultPackOrder).loadMore();
      assert.equal(summarize(store, 90).hasAllBelowTarget, knows);
    });
  }

  it('does not know all below the target after a page of names', async () => {
    const { store } = connectionTo({ a: 95, b: 96, c: 10 }, 2);
    await Promise.all([store.identity.loadMore(), store.getPackList({ by: 'name', descending: false }).loadMore()]);
    const summary = summarize(store, 90);
    assert.deepEqual([summary.packsBelowTarget.length, summary.hasAllBelowTarget], [0, false]);
  });

  it('is that of nobody before the identity is known', async () => {
    const { store } = connectionTo({ a: 10 }, 20, { getScope: expired });
    await Promise.all([store.identity.loadMore(), store.getPackList(defaultPackOrder).loadMore()]);
    const summary = summarize(store, 90);
    assert.deepEqual([summary.packs, hasScores(summary), isSignedOut(summary.error)], [[], false, true]);
  });

  it('keeps what was known where the credentials have expired since, and tells of that', async () => {
    const answers = createPagedFetch<Score>([{ pack: 'a', percent: 10, text: undefined, updatedAt: 1 }], 20);
    let scores = answers;
    const { store } = connectionTo({ a: 10 }, 20, { listScores: (request) => scores(request) });
    await Promise.all([store.identity.loadMore(), store.getPackList(defaultPackOrder).loadMore()]);
    scores = expired;
    await store.getPackList(defaultPackOrder).refresh();
    const summary = summarize(store, 90);
    assert.deepEqual(
      [summary.packsBelowTarget.length, hasScores(summary), isSignedOut(summary.error)],
      [1, true, true],
    );
  });

  it('forgets a pack that only an older list has, once all packs have been read', async () => {
    const { store, remove } = connectionTo({ a: 10, b: 20 });
    await Promise.all([store.identity.loadMore(), store.getPackList(defaultPackOrder, ['a']).loadMore()]);
    remove('a');
    // The times are in milliseconds: the second reading must be later to be told from the first.
    const before = Date.now();
    while (Date.now() === before);
    await store.getPackList(defaultPackOrder).loadMore();
    const { packs } = summarize(store, 90);
    assert.deepEqual(
      packs.map(({ name }) => name),
      ['b'],
    );
  });

  it('counts a pack once where two connections lead to the same account and region', async () => {
    const { store } = connectionTo({ a: 10 });
    await Promise.all([store.identity.loadMore(), store.getPackList(defaultPackOrder).loadMore()]);
    const summary = summarize(store, 90);
    assert.equal(collectDistinctPacks([summary, summary], ({ packsBelowTarget }) => packsBelowTarget).length, 1);
  });
});
