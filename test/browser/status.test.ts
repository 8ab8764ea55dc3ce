import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type ConfigService, startConfigService } from '../config-service/index.ts';
import { launchBrowser } from '../support/workbench/browser.ts';
import { createEnvironment } from '../support/aws/environment.ts';
import { openContainer, loadWorkbench } from '../support/workbench/page.ts';
import { startServer } from '../support/workbench/server.ts';
import { eventually } from '../support/polling.ts';

describe('what a person is told outside of the view', function () {
  // Each step stands on the one before.
  this.bail(true);

  const open = new AsyncDisposableStack();
  let service: ConfigService;
  let page: Page;

  before(async function () {
    this.timeout(120_000);
    service = open.adopt(await startConfigService({ estate: 'demo' }), (service) => service.close());
    const server = open.adopt(await startServer({ env: createEnvironment(service) }), (server) => server.stop());
    const browser = open.adopt(await launchBrowser(), (browser) => browser.close());
    page = await browser.newPage({ viewport: { width: 1280, height: 1200 } });
    await loadWorkbench(page, server);
  });

  after(() => open.disposeAsync());

  const item = () => page.locator('.statusbar-item', { hasText: 'below target' });

  it('stands in the status bar, once something is known', async () => {
    assert.equal(await item().count(), 0);
    await openContainer(page, 'Packscope');
    await item().waitFor();
    assert.equal((await item().innerText()).trim(), `${service.estate.home.account} · 10 packs below target`);
  });

  it('is the number of non-compliant packs on the icon', async () => {
    const badge = page.locator('.activitybar').getByRole('tab', { name: 'Packscope' });
    await eventually(async () => assert.equal((await badge.locator('.badge-content').innerText()).trim(), '10'));
  });
});
