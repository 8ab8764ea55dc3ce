import assert from 'node:assert/strict';
import { ConnectionLists } from '../../../src/compliance/connectionLists.ts';
import { ComplianceError } from '../../../src/compliance/errors.ts';
import type { Deployment, Score } from '../../../src/compliance/model.ts';
import { type ComplianceSource, worstFirst } from '../../../src/compliance/source.ts';
import { isRead, placedPacks, standingOf, standsSignedOut } from '../../../src/compliance/standing.ts';
import { pagesOf } from './desk.ts';

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
    scope: async () => here,
    scores: (request, { by, descending }, names) => {
      const asked = scores.filter(({ pack }) => names?.includes(pack) ?? true);
      if (by === 'name') asked.sort((a, b) => (a.pack < b.pack ? -1 : 1));
      return pagesOf(descending ? asked.reverse() : asked, pageSize)(request);
    },
    deployments: (request, names) =>
      pagesOf(
        deployments.filter(({ pack }) => names?.includes(pack) ?? true),
        20,
      )(request),
    rules: none,
    evaluations: none,
    aggregators: none,
    troubledSources: none,
    packCounts: none,
    rows: none,
    organizationNames: none,
    ...replaced,
  };
  const known = new ConnectionLists(
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
  return { known, remove };
}

const expired = () => Promise.reject(new ComplianceError('expired', 'for a test'));

describe('the standing of a connection', () => {
  it('is unknown before something is read, and asks nothing to know it', () => {
    const standing = standingOf(connectionTo({ a: 50 }).known, 90);
    assert.equal(isRead(standing), false);
    assert.deepEqual(standing.packs, []);
    assert.deepEqual([standing.loading, standing.readAt, standing.error], [false, undefined, undefined]);
  });

  it('holds the packs below the target, worst first', async () => {
    const { known } = connectionTo({ a: 95, b: 90, c: 89.9, d: 12 });
    await Promise.all([known.scope.more(), known.packs({ by: 'name', descending: true }).more()]);
    const { below, packs, knowsAllBelow, readAt } = standingOf(known, 90);
    assert.deepEqual(
      below.map(({ name }) => name),
      ['d', 'c'],
    );
    assert.equal(packs.length, 4);
    assert.equal(knowsAllBelow, true);
    assert(readAt !== undefined);
  });

  for (const [pages, knows] of [
    [1, false],
    [2, true],
  ] as const) {
    it(`${knows ? 'knows' : 'does not know'} all below the target after ${pages} pages of the worst`, async () => {
      const { known } = connectionTo({ a: 10, b: 20, c: 80, d: 91, e: 92, f: 93 }, 2);
      await known.scope.more();
      for (let page = 0; page < pages; page++) await known.packs(worstFirst).more();
      assert.equal(standingOf(known, 90).knowsAllBelow, knows);
    });
  }

  it('does not know all below the target after a page of names', async () => {
    const { known } = connectionTo({ a: 95, b: 96, c: 10 }, 2);
    await Promise.all([known.scope.more(), known.packs({ by: 'name', descending: false }).more()]);
    const standing = standingOf(known, 90);
    assert.deepEqual([standing.below.length, standing.knowsAllBelow], [0, false]);
  });

  it('is that of nobody before the identity is known', async () => {
    const { known } = connectionTo({ a: 10 }, 20, { scope: expired });
    await Promise.all([known.scope.more(), known.packs(worstFirst).more()]);
    const standing = standingOf(known, 90);
    assert.deepEqual([standing.packs, isRead(standing), standsSignedOut(standing)], [[], false, true]);
  });

  it('keeps what was known where the credentials have expired since, and tells of that', async () => {
    const answers = pagesOf<Score>([{ pack: 'a', percent: 10, text: undefined, updatedAt: 1 }], 20);
    let scores = answers;
    const { known } = connectionTo({ a: 10 }, 20, { scores: (request) => scores(request) });
    await Promise.all([known.scope.more(), known.packs(worstFirst).more()]);
    scores = expired;
    await known.packs(worstFirst).refresh();
    const standing = standingOf(known, 90);
    assert.deepEqual([standing.below.length, isRead(standing), standsSignedOut(standing)], [1, true, true]);
  });

  it('forgets a pack that only an older list has, once all packs have been read', async () => {
    const { known, remove } = connectionTo({ a: 10, b: 20 });
    await Promise.all([known.scope.more(), known.packs(worstFirst, ['a']).more()]);
    remove('a');
    // The times are in milliseconds: the second reading must be later to be told from the first.
    const before = Date.now();
    while (Date.now() === before);
    await known.packs(worstFirst).more();
    const { packs } = standingOf(known, 90);
    assert.deepEqual(
      packs.map(({ name }) => name),
      ['b'],
    );
  });

  it('counts a pack once where two connections lead to the same account and region', async () => {
    const { known } = connectionTo({ a: 10 });
    await Promise.all([known.scope.more(), known.packs(worstFirst).more()]);
    const standing = standingOf(known, 90);
    assert.equal(placedPacks([standing, standing], ({ below }) => below).length, 1);
  });
});
