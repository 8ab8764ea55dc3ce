import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { labelOf } from '../../../src/views/tree/item/labels.ts';
import { type OpenTree, type TreeOptions, withOpenTree, withTree } from '../tree/openTree.ts';
import { KeptMemory } from './inMemorySnapshots.ts';

/** A session that has read everything at first sight; returns the lines it showed. */
async function session(memory: KeptMemory, options: TreeOptions = {}): Promise<string[]> {
  let lines: string[] = [];
  await withOpenTree({ ...options, memory }, async (tree) => {
    lines = linesOf(tree);
  });
  return lines;
}

const linesOf = ({ shown }: OpenTree): string[] =>
  shown.nodes.map((node) => `${labelOf(node).label} | ${labelOf(node).description}`);

/** The view opens while nothing is answered; `use` sees what stands there. */
function withSilence(memory: KeptMemory, use: (tree: OpenTree) => Promise<void>): Promise<void> {
  return withTree({ memory }, async (tree) => {
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
    const memory = new KeptMemory(() => 'the same');
    const before = await session(memory);
    await withSilence(memory, async (tree) => {
      const { shown, service } = tree;
      assert.equal(service.requests.length, 0);
      const [scope, ...packs] = linesOf(tree);
      assert.match(scope ?? '', /as of (just now|\d+ \w+ ago)$/);
      assert.deepEqual(packs, before.slice(1));
      const readAt = shown.all('pack')[0]?.readAt;
      await shown.quiet();
      assert.deepEqual(linesOf(tree), before);
      assert.notEqual(shown.all('pack')[0]?.readAt, readAt);
    });
  });

  it('waits for the identity where the credentials may be others', async () => {
    let mark = 'one';
    const memory = new KeptMemory(() => mark);
    const before = await session(memory);
    mark = 'other';
    await withSilence(memory, async (tree) => {
      assert.deepEqual(linesOf(tree), ['Loading… | ']);
      await tree.shown.quiet();
      assert.deepEqual(linesOf(tree), before);
    });
  });

  it('goes at once when the account is another, and nothing of the new one joins it', async () => {
    const memory = new KeptMemory(() => 'the same');
    await session(memory);
    await withTree({ memory }, async (tree) => {
      const other = asOther(tree);
      const { shown, service } = tree;
      // The packs of the other account come long before it is known that it is another.
      service.faults = { latencyMs: 100, only: ['GetCallerIdentity'] };
      shown.open();
      const owners = new Set<string>();
      while (!owners.has(other)) {
        await shown.changed();
        await setImmediate();
        for (const { pack, scope } of shown.all('pack')) {
          owners.add(scope.account);
          const arn = pack.deployment?.arn ?? `:${scope.account}:`;
          assert(arn.includes(`:${scope.account}:`), `${arn} under ${scope.account}`);
        }
      }
      assert.deepEqual([...owners], [service.estate.home.account, other]);
      await shown.quiet();
      assert.deepEqual([...new Set(shown.all('pack').map(({ scope }) => scope.account))], [other]);
    });
  });

  it('stays, with the way back in, where the sign-in has expired', async () => {
    const memory = new KeptMemory(() => 'the same');
    const before = await session(memory);
    await withTree({ memory }, async (tree) => {
      tree.service.faults = { expiredCredentials: true };
      tree.shown.open();
      await tree.shown.quiet();
      assert.equal(tree.shown.model.welcome(), undefined);
      const [error] = tree.shown.all('error');
      assert.equal(error?.error.kind, 'expired');
      assert.equal(tree.shown.all('pack').length, before.filter((line) => / \| .*(%|no score)/.test(line)).length);
    });
  });

  it('is kept on where a session reads less', async () => {
    const memory = new KeptMemory(() => 'the same');
    const before = await session(memory);
    await withTree({ memory }, async ({ estate }) => {
      const store = estate.store({});
      await store.scope.loadMore();
      await setImmediate();
    });
    await withSilence(memory, async (tree) => assert.deepEqual(linesOf(tree).slice(1), before.slice(1)));
  });
});
