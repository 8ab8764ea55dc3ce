import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Deployment, Score } from '../../../src/compliance/model.ts';
import type { PackOrder } from '../../../src/compliance/source.ts';
import { PackList } from '../../../src/compliance/store/packList.ts';
import { createPagedFetch, Desk, flushPromises } from '../../support/desk.ts';

const byScore: PackOrder = { by: 'score', descending: false };

const score = (pack: string, percent?: number): Score => ({ pack, percent, text: undefined, updatedAt: 0 });

const deployment = (pack: string): Deployment => ({
  pack,
  id: undefined,
  arn: undefined,
  state: 'CREATE_COMPLETE',
  reason: undefined,
  stackArn: undefined,
  requestedAt: 0,
  completedAt: 0,
});

function opened(order: PackOrder = byScore) {
  const scores = new Desk<Score>();
  const deployments = new Desk<Deployment>();
  const list = new PackList(scores.fetch, deployments.fetch, order, () => {});
  list.ensureLoaded();
  return { scores, deployments, list };
}

const names = (list: PackList): string[] => list.rows.map(({ name }) => name);

async function joined(scores: Score[], deployments: Deployment[], order: PackOrder) {
  const list = new PackList(createPagedFetch(scores, 2), createPagedFetch(deployments, 3), order, () => {});
  await list.loadAll();
  while (list.state === 'loading') await flushPromises();
  return list;
}

describe('the list of packs', () => {
  it('asks for scores and deployments at the same time', () => {
    const { scores, deployments } = opened();
    assert.deepEqual([scores.requests.length, deployments.requests.length], [1, 1]);
  });

  it('is broken where one of its lists came in part, not where it did not come at all', async () => {
    const { scores, deployments, list } = opened();
    await deployments.last.fail('denied');
    await scores.last.respond([score('a', 10)], 'more');
    assert.equal(list.isPartial, false);
    void list.loadMore();
    await flushPromises();
    await scores.last.fail('denied');
    assert.equal(list.isPartial, true);
  });

  it('shows scores as soon as they are there, and deployments when they come', async () => {
    const { scores, deployments, list } = opened();
    await scores.last.respond([score('a', 10), score('b', 20)]);
    assert.deepEqual(
      list.rows.map(({ name, deployment }) => [name, deployment]),
      [
        ['a', undefined],
        ['b', undefined],
      ],
    );
    await deployments.last.respond([deployment('b')]);
    assert.deepEqual(
      list.rows.map(({ name, deployment }) => [name, deployment?.state]),
      [
        ['a', undefined],
        ['b', 'CREATE_COMPLETE'],
      ],
    );
    assert.equal(list.state, 'done');
  });

  it('shows a pack without a score only when the scores have ended', async () => {
    const { scores, deployments, list } = opened();
    await deployments.last.respond([deployment('a'), deployment('new')]);
    assert.deepEqual(names(list), []);
    await scores.last.respond([score('a', 10)], '1');
    assert.deepEqual([names(list), list.state, list.isComplete], [['a'], 'idle', false]);
    void list.loadMore();
    await scores.last.respond([score('b', 20)]);
    assert.deepEqual([names(list), list.state], [['a', 'b', 'new'], 'done']);
  });

  it('reads deployments to their end by itself, scores page by page', async () => {
    const { scores, deployments, list } = opened();
    await scores.last.respond([score('a', 10)], '1');
    await deployments.last.respond([deployment('a')], '1');
    await deployments.last.respond([deployment('b')], '2');
    await deployments.last.respond([deployment('c')]);
    assert.deepEqual([scores.requests.length, deployments.cursors], [1, [undefined, '1', '2']]);
    assert.equal(list.state, 'idle');
  });

  it('does not read an endless list of deployments for ever', async () => {
    let asked = 0;
    const list = new PackList(
      createPagedFetch([score('a', 10)], 20),
      async () => {
        asked += 1;
        if (asked === 1000) throw new Error('asked a thousand times');
        return { items: [], next: `page ${asked}` };
      },
      byScore,
      () => {},
    );
    list.ensureLoaded();
    while (list.state === 'loading') await flushPromises();
    assert(asked < 100, `asked ${asked} times`);
  });

  const orders: { order: PackOrder; expected: string[] }[] = [
    { order: { by: 'score', descending: false }, expected: ['m', 'b', 'none', 'a-new', 'z-new'] },
    { order: { by: 'score', descending: true }, expected: ['a-new', 'z-new', 'none', 'b', 'm'] },
    { order: { by: 'name', descending: false }, expected: ['a-new', 'b', 'm', 'none', 'z-new'] },
    { order: { by: 'name', descending: true }, expected: ['z-new', 'none', 'm', 'b', 'a-new'] },
  ];
  for (const { order, expected } of orders) {
    it(`puts packs without a score beside those without a number: by ${order.by}, descending ${order.descending}`, async () => {
      const ascending = order.by === 'score' ? [score('m', 10), score('b', 20), score('none')] : [];
      const byName = order.by === 'name' ? [score('b', 20), score('m', 10), score('none')] : [];
      const sorted = [...ascending, ...byName];
      const list = await joined(
        order.descending ? sorted.toReversed() : sorted,
        ['a-new', 'b', 'm', 'none', 'z-new'].map(deployment),
        order,
      );
      assert.deepEqual(names(list), expected);
    });
  }

  it('holds every pack of either list once, with both its halves', async () => {
    const someNames = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(
        someNames,
        someNames,
        fc.constantFrom('score', 'name'),
        fc.boolean(),
        async (scored, deployed, by, descending) => {
          const list = await joined(
            scored.map((name) => score(name, 50)),
            deployed.map(deployment),
            { by, descending },
          );
          assert.deepEqual(names(list).sort(), [...new Set([...scored, ...deployed])].sort());
          for (const pack of list.rows) {
            assert.equal(pack.score?.pack, scored.includes(pack.name) ? pack.name : undefined);
            assert.equal(pack.deployment?.pack, deployed.includes(pack.name) ? pack.name : undefined);
          }
        },
      ),
    );
  });
});

describe('a list of packs of which one half fails', () => {
  it('shows the scores where deployments are denied', async () => {
    const { scores, deployments, list } = opened();
    await scores.last.respond([score('a', 10)]);
    await deployments.last.fail('denied');
    assert.deepEqual([names(list), list.state, list.isComplete], [['a'], 'failed', false]);
    assert.deepEqual(
      list.errors.map(({ kind }) => kind),
      ['denied'],
    );
  });

  it('shows the deployments where scores are denied', async () => {
    const { scores, deployments, list } = opened();
    await scores.last.fail('denied');
    await deployments.last.respond([deployment('a'), deployment('b')]);
    assert.deepEqual([names(list), list.state], [['a', 'b'], 'failed']);
  });

  it('goes on with the half that can', async () => {
    const { scores, deployments, list } = opened();
    await deployments.last.fail('denied');
    await scores.last.respond([score('a', 10)], '1');
    assert.equal(list.state, 'idle');
    void list.loadMore();
    await scores.last.respond([score('b', 20)]);
    assert.deepEqual(names(list), ['a', 'b']);
  });

  it('asks again for the failed half alone on Retry', async () => {
    const { scores, deployments, list } = opened();
    await scores.last.respond([score('a', 10)]);
    await deployments.last.fail('throttled');
    void list.loadMore();
    await deployments.last.respond([deployment('a')]);
    assert.deepEqual([scores.requests.length, deployments.requests.length, list.state], [1, 2, 'done']);
  });

  it('tells of both failures', async () => {
    const { scores, deployments, list } = opened();
    await scores.last.fail('denied');
    await deployments.last.fail('network');
    assert.deepEqual(
      list.errors.map(({ kind }) => kind),
      ['denied', 'network'],
    );
  });

  it('keeps the packs it shows while denied scores are asked for again', async () => {
    const { scores, deployments, list } = opened();
    await scores.last.fail('denied');
    await deployments.last.respond([deployment('a')]);
    void list.loadMore();
    assert.deepEqual([list.state, names(list)], ['loading', ['a']]);
  });

  it('keeps the packs it shows while everything is read anew', async () => {
    const { scores, deployments, list } = opened();
    await scores.last.respond([score('a', 10)]);
    await deployments.last.respond([deployment('a'), deployment('new')]);
    void list.refresh();
    assert.deepEqual(names(list), ['a', 'new']);
    await deployments.last.respond([deployment('a'), deployment('new')]);
    assert.deepEqual(names(list), ['a', 'new']);
  });
});

describe('calling off a list of packs', () => {
  it('calls off both loads and starts none', async () => {
    const { scores, deployments, list } = opened();
    list.cancel();
    assert.deepEqual([scores.last.signal.aborted, deployments.last.signal.aborted], [true, true]);
    await scores.last.fail('cancelled');
    await deployments.last.fail('cancelled');
    assert.deepEqual([scores.requests.length, deployments.requests.length], [1, 1]);
  });
});
