import assert from 'node:assert/strict';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigService } from '../config-service/index.ts';
import { createEnvironment } from '../support/aws/environment.ts';
import { createTemporaryFolder } from '../support/folders.ts';
import { eventually } from '../support/polling.ts';
import { openContainer, reloadWindow } from '../support/workbench/page.ts';
import { takeScreenshots } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

describe('restored snapshots in the sidebar', function () {
  // Each step depends on the one before.
  this.bail(true);

  const otherAccount = '467120985533';
  let workbench: Workbench;
  let credentialsFile: string;

  before(async () => {
    const home = await createTemporaryFolder(tmpdir());
    await mkdir(join(home, '.aws'));
    credentialsFile = join(home, '.aws', 'credentials');
    workbench = await startWorkbench({
      settings: { 'window.autoDetectColorScheme': true },
      viewport: { width: 1280, height: 1000 },
      createEnvironment: async (service) => {
        await signIn(service, service.estate.home.account);
        const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...env } = createEnvironment(service);
        return { ...env, HOME: home, AWS_SHARED_CREDENTIALS_FILE: credentialsFile };
      },
    });
    await openContainer(workbench.page, 'Packscope');
    await eventually(async () => assert((await workbench.tree.getRowsBelow(workbench.scope)).length > 10));
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('are shown with their age before the first response, and then refreshed', async () => {
    const { page, scope, service, tree } = workbench;
    const before = await tree.getRowsBelow(scope);
    service.faults = { latencyMs: 60_000 };
    await reload();
    await eventually(async () => {
      const [first] = await tree.getRows();
      assert.equal(first?.label, scope);
      assert.match(first?.description ?? '', / · as of /);
    });
    assert.deepEqual(
      (await tree.getRowsBelow(scope)).map(({ label }) => label),
      before.map(({ label }) => label),
    );
    assert.equal(service.requests.count(), 0);
    await takeScreenshots(page, 'as-of');
    service.faults = {};
    await reload();
    await eventually(async () => {
      const [first] = await tree.getRows();
      assert.deepEqual([first?.label, first?.description], [scope, '10 packs below target']);
    });
    assert(service.requests.count() > 0);
  });

  it('are not shown for another account', async () => {
    const { scope, service, tree } = workbench;
    await signIn(service, otherAccount);
    await utimes(credentialsFile, new Date(), new Date());
    service.faults = { latencyMs: 3000 };
    await reload();
    const seen = new Set<string>();
    await eventually(async () => {
      for (const { label } of await tree.getRows()) seen.add(label);
      assert(seen.has(`${otherAccount} · us-east-1`), [...seen].join('\n'));
    }, 60);
    assert(!seen.has(scope));
    service.faults = {};
  });

  async function signIn(service: ConfigService, account: string): Promise<void> {
    const { accessKeyId, secretAccessKey } = service.caller(account);
    await writeFile(
      credentialsFile,
      `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
  }

  async function reload(): Promise<void> {
    workbench.service.requests.clear();
    await reloadWindow(workbench.page);
  }
});
