import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { InMemorySnapshots } from '../../support/tree/inMemorySnapshots.ts';
import { type OpenTree, type TreeOptions, withOpenTree, withTree } from '../../support/tree/openTree.ts';

/** A session that has read everything at first sight; returns the lines it showed. */
async function session(snapshots: InMemorySnapshots, options: TreeOptions = {}): Promise<string[]> {
  let lines: string[] = [];
  await withOpenTree({ ...options, snapshots }, async (tree) => {
    lines = linesOf(tree);
  });
  return lines;
}

const linesOf = ({ shown }: OpenTree): string[] =>
  shown.nodes.map((node) => `${getLabel(node).label} | ${getLabel(node).description}`);

/** The view opens while nothing is answered; `use` sees what stands there. */
function withSilence(snapshots: InMemorySnapshots, use: (tree: OpenTree) => Promise<void>): Promise<void> {
  return withTree({ snapshots }, async (tree) => {
    tree.service.faults = { latencyMs: 300 };
    tree.shown.open();
    await setImmediate();
    await setImmediate();
    await use(tree);
  });
}

const asOther = ({ service }: OpenTree): string => {
  const other = service.estate.accounts.find((account) => account !== service.estate.home.account) ?? '';
  const { accessKeyId, secretAccessKey } = service.caller(other);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
  return other;
};

describe('what an earlier session knew', () => {
  it('stands there before anything is answered, with its age, and is then brought up to date', async () => {
    const snapshots = new InMemorySnapshots(() => 'the same');
    const before = await session(snapshots);
    await withSilence(snapshots, async (tree) => {
      const { shown, service } = tree;
      assert.equal(service.requests.length, 0);
      const [scope, ...packs] = linesOf(tree);
      assert.match(scope ?? '', /as of (just now|\d+ \w+ ago)$/);
      assert.deepEqual(packs, before.slice(1));
      const readAt = shown.nodesOfKind('pack')[0]?.readAt;
      await shown.waitUntilIdle();
      assert.deepEqual(linesOf(tree), before);
      assert.notEqual(shown.nodesOfKind('pack')[0]?.readAt, readAt);
    });
  });

  it('waits for the identity where the credentials may be others', async () => {
    let mark = 'one';
    const snapshots = new InMemorySnapshots(() => mark);
    const before = await session(snapshots);
    mark = 'other';
    await withSilence(snapshots, async (tree) => {
      assert.deepEqual(linesOf(tree), ['Loading… | ']);
      await tree.shown.waitUntilIdle();
      assert.deepEqual(linesOf(tree), before);
    });
  });

  it('goes at once when the account is another, and nothing of the new one joins it', async () => {
    const snapshots = new InMemorySnapshots(() => 'the same');
    await session(snapshots);
    await withTree({ snapshots }, async (tree) => {
      const other = asOther(tree);
      const { shown, service } = tree;
      // The packs of the other account come long before it is known that it is another.
      service.faults = { latencyMs: 100, only: ['GetCallerIdentity'] };
      shown.open();
      const owners = new Set<string>();
      while (!owners.has(other)) {
        await shown.waitForChange();
        await setImmediate();
        for (const { pack, scope } of shown.nodesOfKind('pack')) {
          owners.add(scope.account);
          const arn = pack.deployment?.arn ?? `:${scope.account}:`;
          assert(arn.includes(`:${scope.account}:`), `${arn} under ${scope.account}`);
        }
      }
      assert.deepEqual([...owners], [service.estate.home.account, other]);
      await shown.waitUntilIdle();
      assert.deepEqual([...new Set(shown.nodesOfKind('pack').map(({ scope }) => scope.account))], [other]);
    });
  });

  it('stays, with the way back in, where the sign-in has expired', async () => {
    const snapshots = new InMemorySnapshots(() => 'the same');
    const before = await session(snapshots);
    await withTree({ snapshots }, async (tree) => {
      tree.service.faults = { expiredCredentials: true };
      tree.shown.open();
      await tree.shown.waitUntilIdle();
      assert.equal(tree.shown.model.getWelcome(), undefined);
      const [error] = tree.shown.nodesOfKind('error');
      assert.equal(error?.error.kind, 'expired');
      assert.equal(
        tree.shown.nodesOfKind('pack').length,
        before.filter((line) => / \| .*(%|no score)/.test(line)).length,
      );
    });
  });

  it('is kept on where a session reads less', async () => {
    const snapshots = new InMemorySnapshots(() => 'the same');
    const before = await session(snapshots);
    await withTree({ snapshots }, async ({ estate }) => {
      const store = estate.getStore({});
      await store.identity.loadMore();
      await setImmediate();
    });
    await withSilence(snapshots, async (tree) => assert.deepEqual(linesOf(tree).slice(1), before.slice(1)));
  });
});
