import assert from 'node:assert/strict';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ConfigService, startConfigService } from '../config-service/index.ts';
import { launchBrowser } from '../support/workbench/browser.ts';
import { createEnvironment } from '../support/aws/environment.ts';
import { createTemporaryFolder } from '../support/folders.ts';
import { openContainer, loadWorkbench, runCommand } from '../support/workbench/page.ts';
import { takeScreenshots } from '../support/workbench/screenshots.ts';
import { startServer } from '../support/workbench/server.ts';
import { Tree } from '../support/workbench/tree.ts';
import { eventually } from '../support/polling.ts';

describe('what was known before a restart', function () {
  // Each step stands on the one before.
  this.bail(true);

  const open = new AsyncDisposableStack();
  const other = '467120985533';
  let service: ConfigService;
  let page: Page;
  let tree: Tree;
  let credentials: string;
  let scope: string;

  before(async function () {
    this.timeout(120_000);
    service = open.adopt(await startConfigService({ estate: 'demo' }), (service) => service.close());
    const { account, region } = service.estate.home;
    scope = `${account} · ${region}`;
    const home = await createTemporaryFolder(tmpdir());
    await mkdir(join(home, '.aws'));
    credentials = join(home, '.aws', 'credentials');
    await signInTo(account);
    const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...env } = createEnvironment(service);
    const settings = { 'window.autoDetectColorScheme': true };
    const options = { env: { ...env, HOME: home, AWS_SHARED_CREDENTIALS_FILE: credentials }, settings };
    const server = open.adopt(await startServer(options), (server) => server.stop());
    const browser = open.adopt(await launchBrowser(), (browser) => browser.close());
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await loadWorkbench(page, server);
    await openContainer(page, 'Packscope');
    tree = new Tree(page, 'Conformance Packs');
    await eventually(async () => assert((await tree.below(scope)).length > 10));
  });

  after(() => open.disposeAsync());

  it('stands there at once with its age, before anything is answered, and then is fresh', async () => {
    const before = await tree.below(scope);
    service.faults = { latencyMs: 60_000 };
    await reload();
    await eventually(async () => {
      const [first] = await tree.rows();
      assert.equal(first?.label, scope);
      assert.match(first?.description ?? '', /^as of /);
    });
    assert.deepEqual(
      (await tree.below(scope)).map(({ label }) => label),
      before.map(({ label }) => label),
    );
    assert.equal(service.requests.count(), 0);
    await takeScreenshots(page, 'as-of');
    service.faults = {};
    await reload();
    await eventually(async () => {
      const [first] = await tree.rows();
      assert.deepEqual([first?.label, first?.description], [scope, '']);
    });
    assert(service.requests.count() > 0);
  });

  it('is not shown of another account, once the credentials are that account’s', async () => {
    await signInTo(other);
    await utimes(credentials, new Date(), new Date());
    service.faults = { latencyMs: 3000 };
    await reload();
    const seen = new Set<string>();
    await eventually(async () => {
      for (const { label } of await tree.rows()) seen.add(label);
      assert(seen.has(`${other} · us-east-1`), [...seen].join('\n'));
    }, 30);
    assert(!seen.has(scope));
    service.faults = {};
  });

  async function signInTo(account: string): Promise<void> {
    const { accessKeyId, secretAccessKey } = service.caller(account);
    await writeFile(
      credentials,
      `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
  }

  async function reload(): Promise<void> {
    service.requests.clear();
    await Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);
  }
}).timeout(60_000);
