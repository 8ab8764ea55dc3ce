import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { getLabel } from '../../../src/views/tree/item/labels.ts';
import { CredentialsFile } from '../../support/tree/credentialsFile.ts';
import { InMemorySnapshots } from '../../support/tree/inMemorySnapshots.ts';
import { type OpenTree, type TreeOptions, withOpenTree, withTree } from '../../support/tree/openTree.ts';
import { SnapshotFolder } from '../../support/tree/snapshotFolder.ts';

/** Runs a session that reads the visible rows and saves a snapshot. Returns the rows as text. */
async function runSession(snapshots: InMemorySnapshots, options: TreeOptions = {}): Promise<string[]> {
  let rows: string[] = [];
  await withOpenTree({ ...options, snapshots }, async (tree) => {
    rows = getRows(tree);
  });
  return rows;
}

const getRows = ({ shown }: OpenTree): string[] =>
  shown.nodes.map((node) => `${getLabel(node).label} | ${getLabel(node).description}`);

/** Opens the tree on a slow service, and runs `use` before the first response. */
function withSlowService(snapshots: InMemorySnapshots, use: (tree: OpenTree) => Promise<void>): Promise<void> {
  return withTree({ snapshots }, async (tree) => {
    tree.service.faults = { latencyMs: 300 };
    tree.shown.open();
    await setImmediate();
    await setImmediate();
    await use(tree);
  });
}

const getOtherAccount = ({ service }: OpenTree): string =>
  service.estate.accounts.find((account) => account !== service.estate.home.account) ?? '';

/** The accounts of all scopes, and of all packs by their ARNs. */
const getAccounts = ({ shown }: OpenTree): string[] => {
  const packs = shown.nodesOfKind('pack').flatMap(({ pack }) => pack.deployment?.arn?.split(':')[4] ?? []);
  return [...new Set([...shown.nodesOfKind('scope').map(({ scope }) => scope.account), ...packs])];
};

/** Switches the environment to credentials of another account. Returns its id. */
const switchAccount = (tree: OpenTree): string => {
  const { service } = tree;
  const other = getOtherAccount(tree);
  const { accessKeyId, secretAccessKey } = service.caller(other);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
  return other;
};

describe('restored snapshot', () => {
  it('shows before the first response, with its age, and is then refreshed', async () => {
    const snapshots = new InMemorySnapshots(() => 'unchanged');
    const before = await runSession(snapshots);
    await withSlowService(snapshots, async (tree) => {
      const { shown, service } = tree;
      assert.equal(service.requests.length, 0);
      const [scope, ...packs] = getRows(tree);
      assert.match(scope ?? '', /as of (just now|\d+ \w+ ago)$/);
      assert.deepEqual(packs, before.slice(1));
      const readAt = shown.nodesOfKind('pack')[0]?.readAt;
      await shown.waitUntilIdle();
      assert.deepEqual(getRows(tree), before);
      assert.notEqual(shown.nodesOfKind('pack')[0]?.readAt, readAt);
    });
  });

  it('shows only after the identity has been read if the credentials have changed', async () => {
    let fingerprint = 'old';
    const snapshots = new InMemorySnapshots(() => fingerprint);
    const before = await runSession(snapshots);
    fingerprint = 'new';
    await withSlowService(snapshots, async (tree) => {
      assert.deepEqual(getRows(tree), ['Loading… | ']);
      await tree.shown.waitUntilIdle();
      assert.deepEqual(getRows(tree), before);
    });
  });

  it('disappears when the account has changed, and never mixes with rows of the new account', async () => {
    const snapshots = new InMemorySnapshots(() => 'unchanged');
    await runSession(snapshots);
    await withTree({ snapshots }, async (tree) => {
      const other = switchAccount(tree);
      const { shown, service } = tree;
      // The packs of the other account arrive long before its identity.
      service.faults = { latencyMs: 100, only: ['GetCallerIdentity'] };
      shown.open();
      const accounts = new Set<string>();
      while (!accounts.has(other)) {
        await shown.waitForChange();
        await setImmediate();
        for (const { pack, scope } of shown.nodesOfKind('pack')) {
          accounts.add(scope.account);
          const arn = pack.deployment?.arn ?? `:${scope.account}:`;
          assert(arn.includes(`:${scope.account}:`), `${arn} under ${scope.account}`);
        }
      }
      assert.deepEqual([...accounts], [service.estate.home.account, other]);
      await shown.waitUntilIdle();
      assert.deepEqual([...new Set(shown.nodesOfKind('pack').map(({ scope }) => scope.account))], [other]);
    });
  });

  it('remains beside the error if the session has expired', async () => {
    const snapshots = new InMemorySnapshots(() => 'unchanged');
    const before = await runSession(snapshots);
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

  for (const hasFingerprint of [true, false])
    it(`is neither shown nor stored for the new account if it cannot be deleted${hasFingerprint ? ' and the credentials files differ' : ''}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'packscope-restore-'));
      const snapshots = new SnapshotFolder(join(folder, 'snapshots'));
      try {
        await withTree({ snapshots }, async (tree) => {
          const files = new CredentialsFile(folder, tree.service, hasFingerprint);
          tree.shown.open();
          await tree.shown.waitUntilIdle();
          const [home, other] = [files.account, getOtherAccount(tree)];
          snapshots.reopen();
          snapshots.isReadOnly = true;
          files.replace(other);
          tree.reopen();
          tree.shown.open();
          await tree.shown.waitUntilIdle();
          tree.shown.refresh();
          await tree.shown.waitUntilIdle();
          assert.deepEqual(getAccounts(tree), [other]);
          assert(tree.log.length < 50, `${tree.log.length} requests`);
          snapshots.isReadOnly = false;
          snapshots.reopen();
          const restored = await snapshots.restore({});
          assert.equal(restored?.scope.account, other);
          assert(!JSON.stringify(restored.lists).includes(`:${home}:`));
        });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

  it('keeps lists that a later session does not read', async () => {
    const snapshots = new InMemorySnapshots(() => 'unchanged');
    const before = await runSession(snapshots);
    await withTree({ snapshots }, async ({ estate }) => {
      const store = estate.getStore({});
      await store.identity.loadMore();
      await setImmediate();
    });
    await withSlowService(snapshots, async (tree) => assert.deepEqual(getRows(tree).slice(1), before.slice(1)));
  });
});
