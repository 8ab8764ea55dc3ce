import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Deployment, Score } from '../../../src/compliance/model.ts';
import type { PackOrder } from '../../../src/compliance/source.ts';
import { PackList } from '../../../src/compliance/store/packList.ts';
import { createPagedFetch, Desk, flushPromises } from '../../support/desk.ts';

const byScore: PackOrder = { by: 'score', descending: false };

const createScore = (pack: string, percent?: number): Score => ({ pack, percent, text: undefined, updatedAt: 0 });

const createDeployment = (pack: string): Deployment => ({
  pack,
  id: undefined,
  arn: undefined,
  state: 'CREATE_COMPLETE',
  reason: undefined,
  stackArn: undefined,
  requestedAt: 0,
  completedAt: 0,
});

function openList(order: PackOrder = byScore) {
  const scores = new Desk<Score>();
  const deployments = new Desk<Deployment>();
  const list = new PackList(scores.fetch, deployments.fetch, order, () => {});
  list.ensureLoaded();
  return { scores, deployments, list };
}

const namesOf = (list: PackList): string[] => list.rows.map(({ name }) => name);

async function loadList(scores: Score[], deployments: Deployment[], order: PackOrder) {
  const list = new PackList(createPagedFetch(scores, 2), createPagedFetch(deployments, 3), order, () => {});
  await list.loadAll();
  while (list.state === 'loading') await flushPromises();
  return list;
}

describe('PackList', () => {
  it('loads scores and deployments at the same time', () => {
    const { scores, deployments } = openList();
    assert.deepEqual([scores.requests.length, deployments.requests.length], [1, 1]);
  });

  it('returns the same rows until a part changes', async () => {
    const { scores, deployments, list } = openList();
    await scores.last.respond([createScore('a', 10)]);
    const { rows } = list;
    assert.equal(list.rows, rows);
    await deployments.last.respond([createDeployment('a')]);
    assert.notEqual(list.rows, rows);
  });

  it('joins restored rows', () => {
    const { list } = openList();
    assert.deepEqual(namesOf(list), []);
    list.restore([
      { rows: [createScore('a', 10)], complete: true, readAt: 1 },
      { rows: [createDeployment('b')], complete: true, readAt: 1 },
    ]);
    assert.deepEqual(namesOf(list), ['a', 'b']);
  });

  it('is partial if one of its lists fails after its first page, not if it fails entirely', async () => {
    const { scores, deployments, list } = openList();
    await deployments.last.fail('denied');
    await scores.last.respond([createScore('a', 10)], 'more');
    assert.equal(list.isPartial, false);
    void list.loadMore();
    await flushPromises();
    await scores.last.fail('denied');
    assert.equal(list.isPartial, true);
  });

  it('shows scores as soon as they are loaded, and joins deployments later', async () => {
    const { scores, deployments, list } = openList();
    await scores.last.respond([createScore('a', 10), createScore('b', 20)]);
    assert.deepEqual(
      list.rows.map(({ name, deployment }) => [name, deployment]),
      [
        ['a', undefined],
        ['b', undefined],
      ],
    );
    await deployments.last.respond([createDeployment('b')]);
    assert.deepEqual(
      list.rows.map(({ name, deployment }) => [name, deployment?.state]),
      [
        ['a', undefined],
        ['b', 'CREATE_COMPLETE'],
      ],
    );
    assert.equal(list.state, 'done');
  });

  it('shows packs without a score only when all scores are loaded', async () => {
    const { scores, deployments, list } = openList();
    await deployments.last.respond([createDeployment('a'), createDeployment('new')]);
    assert.deepEqual(namesOf(list), []);
    await scores.last.respond([createScore('a', 10)], '1');
    assert.deepEqual([namesOf(list), list.state, list.isComplete], [['a'], 'idle', false]);
    void list.loadMore();
    await scores.last.respond([createScore('b', 20)]);
    assert.deepEqual([namesOf(list), list.state], [['a', 'b', 'new'], 'done']);
  });

  it('shows failed deployments at once, without a claim about their score', async () => {
    for (const order of [byScore, { by: 'score', descending: true }, { by: 'name', descending: false }] as const) {
      const { scores, deployments, list } = openList(order);
      const failed: Deployment = { ...createDeployment('failed'), state: 'CREATE_FAILED' };
      await deployments.last.respond([createDeployment('a'), failed, createDeployment('new')]);
      assert.deepEqual(namesOf(list), ['failed']);
      await scores.last.respond([createScore('a', 10)], '1');
      assert.deepEqual(namesOf(list), order.descending ? ['failed', 'a'] : ['a', 'failed']);
      assert.equal(list.rows.find(({ name }) => name === 'failed')?.isScoreUnread, true);
      void list.loadMore();
      await scores.last.respond([]);
      assert.deepEqual(namesOf(list).sort(), ['a', 'failed', 'new']);
      assert(list.rows.every(({ isScoreUnread }) => isScoreUnread === undefined));
    }
  });

  it('loads all pages of deployments, but one page of scores', async () => {
    const { scores, deployments, list } = openList();
    await scores.last.respond([createScore('a', 10)], '1');
    await deployments.last.respond([createDeployment('a')], '1');
    await deployments.last.respond([createDeployment('b')], '2');
    await deployments.last.respond([createDeployment('c')]);
    assert.deepEqual([scores.requests.length, deployments.cursors], [1, [undefined, '1', '2']]);
    assert.equal(list.state, 'idle');
  });

  it('stops loading an endless list of deployments', async () => {
    let requestCount = 0;
    const list = new PackList(
      createPagedFetch([createScore('a', 10)], 20),
      async () => {
        requestCount += 1;
        if (requestCount === 1000) throw new Error('A thousand requests');
        return { items: [], next: `page ${requestCount}` };
      },
      byScore,
      () => {},
    );
    list.ensureLoaded();
    while (list.state === 'loading') await flushPromises();
    assert(requestCount < 100, `${requestCount} requests`);
  });

  const orders: { order: PackOrder; expected: string[] }[] = [
    { order: { by: 'score', descending: false }, expected: ['m', 'b', 'none', 'a-new', 'z-new'] },
    { order: { by: 'score', descending: true }, expected: ['a-new', 'z-new', 'none', 'b', 'm'] },
    { order: { by: 'name', descending: false }, expected: ['a-new', 'b', 'm', 'none', 'z-new'] },
    { order: { by: 'name', descending: true }, expected: ['z-new', 'none', 'm', 'b', 'a-new'] },
  ];
  for (const { order, expected } of orders) {
    it(`sorts packs without a score next to those without a number: by ${order.by}, descending ${order.descending}`, async () => {
      const ascending = order.by === 'score' ? [createScore('m', 10), createScore('b', 20), createScore('none')] : [];
      const byName = order.by === 'name' ? [createScore('b', 20), createScore('m', 10), createScore('none')] : [];
      const sorted = [...ascending, ...byName];
      const list = await loadList(
        order.descending ? sorted.toReversed() : sorted,
        ['a-new', 'b', 'm', 'none', 'z-new'].map(createDeployment),
        order,
      );
      assert.deepEqual(namesOf(list), expected);
    });
  }

  it('contains every pack of either list once, with score and deployment', async () => {
    const someNames = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(
        someNames,
        someNames,
        fc.constantFrom('score', 'name'),
        fc.boolean(),
        async (scored, deployed, by, descending) => {
          const list = await loadList(
            scored.map((name) => createScore(name, 50)),
            deployed.map(createDeployment),
            { by, descending },
          );
          assert.deepEqual(namesOf(list).sort(), [...new Set([...scored, ...deployed])].sort());
          for (const pack of list.rows) {
            assert.equal(pack.score?.pack, scored.includes(pack.name) ? pack.name : undefined);
            assert.equal(pack.deployment?.pack, deployed.includes(pack.name) ? pack.name : undefined);
          }
        },
      ),
    );
  });
});

describe('PackList with a failed part', () => {
  it('shows scores if deployments are denied', async () => {
    const { scores, deployments, list } = openList();
    await scores.last.respond([createScore('a', 10)]);
    await deployments.last.fail('denied');
    assert.deepEqual([namesOf(list), list.state, list.isComplete], [['a'], 'failed', false]);
    assert.deepEqual(
      list.errors.map(({ kind }) => kind),
      ['denied'],
    );
  });

  it('shows deployments if scores are denied', async () => {
    const { scores, deployments, list } = openList();
    await scores.last.fail('denied');
    await deployments.last.respond([createDeployment('a'), createDeployment('b')]);
    assert.deepEqual([namesOf(list), list.state], [['a', 'b'], 'failed']);
  });

  it('loads further pages of the other part', async () => {
    const { scores, deployments, list } = openList();
    await deployments.last.fail('denied');
    await scores.last.respond([createScore('a', 10)], '1');
    assert.equal(list.state, 'idle');
    void list.loadMore();
    await scores.last.respond([createScore('b', 20)]);
    assert.deepEqual(namesOf(list), ['a', 'b']);
  });

  it('retries only the failed part', async () => {
    const { scores, deployments, list } = openList();
    await scores.last.respond([createScore('a', 10)]);
    await deployments.last.fail('throttled');
    void list.loadMore();
    await deployments.last.respond([createDeployment('a')]);
    assert.deepEqual([scores.requests.length, deployments.requests.length, list.state], [1, 2, 'done']);
  });

  it('reports the errors of both parts', async () => {
    const { scores, deployments, list } = openList();
    await scores.last.fail('denied');
    await deployments.last.fail('connectionFailed');
    assert.deepEqual(
      list.errors.map(({ kind }) => kind),
      ['denied', 'connectionFailed'],
    );
  });

  it('keeps its packs while denied scores are retried', async () => {
    const { scores, deployments, list } = openList();
    await scores.last.fail('denied');
    await deployments.last.respond([createDeployment('a')]);
    void list.loadMore();
    assert.deepEqual([list.state, namesOf(list)], ['loading', ['a']]);
  });

  it('keeps its packs during a refresh', async () => {
    const { scores, deployments, list } = openList();
    await scores.last.respond([createScore('a', 10)]);
    await deployments.last.respond([createDeployment('a'), createDeployment('new')]);
    void list.refresh();
    assert.deepEqual(namesOf(list), ['a', 'new']);
    await deployments.last.respond([createDeployment('a'), createDeployment('new')]);
    assert.deepEqual(namesOf(list), ['a', 'new']);
  });
});

describe('PackList.cancel', () => {
  it('aborts both loads and starts none', async () => {
    const { scores, deployments, list } = openList();
    list.cancel();
    assert.deepEqual([scores.last.signal.aborted, deployments.last.signal.aborted], [true, true]);
    await scores.last.fail('cancelled');
    await deployments.last.fail('cancelled');
    assert.deepEqual([scores.requests.length, deployments.requests.length], [1, 1]);
  });
});
