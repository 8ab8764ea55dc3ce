import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type ConfigService, startConfigService } from '../config-service/index.ts';
import { launchBrowser } from '../support/workbench/browser.ts';
import { createEnvironment } from '../support/aws/environment.ts';
import { choose, openContainer, loadWorkbench, runCommand, typeInto } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { takeScreenshots } from '../support/workbench/screenshots.ts';
import { startServer } from '../support/workbench/server.ts';
import { eventually } from '../support/polling.ts';

const scores = 'ListConformancePackComplianceScores';

describe("a person's way through the palette, the view never opened", function () {
  // Each step stands on the one before.
  this.bail(true);

  const open = new AsyncDisposableStack();
  const pci = 'operational-best-practices-for-pci-dss';
  let service: ConfigService;
  let page: Page;

  before(async function () {
    this.timeout(120_000);
    service = open.adopt(await startConfigService({ estate: 'demo' }), (service) => service.close());
    const settings = { 'packscope.pageSize': 2, 'window.autoDetectColorScheme': true };
    const server = open.adopt(await startServer({ env: createEnvironment(service), settings }), (server) => server.stop());
    const browser = open.adopt(await launchBrowser(), (browser) => browser.close());
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await loadWorkbench(page, server);
    await page.locator('.activitybar').getByRole('tab', { name: 'Packscope' }).waitFor({ timeout: 60_000 });
  });

  after(() => open.disposeAsync());

  const lines = () => page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
  const input = () => page.locator('.quick-input-widget input.input');
  const focused = () => page.locator('.quick-input-list .monaco-list-row.focused').innerText();

  const close = async () => {
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  };

  it('fills while pages come; what is active and what is typed stay', async () => {
    service.faults = { only: [scores], latencyMs: 700 };
    // While VS Code still starts it may take the focus, and a picker that loses it closes.
    await eventually(async () => {
      await runCommand(page, 'Packscope: Show Lowest Scores');
      await page.locator('.quick-input-list', { hasText: 'hipaa' }).waitFor({ timeout: 5000 });
    });
    await page.keyboard.press('ArrowDown');
    const active = await focused();
    const before = (await lines()).length;
    await eventually(async () => assert((await lines()).length > before));
    assert.equal(await focused(), active);
    await typeInto(page, 'Lowest Scores', 'DSS');
    await eventually(async () => assert.match((await lines()).join(), /pci-dss/));
    assert.equal(await input().inputValue(), 'DSS');
    service.faults = {};
  });

  it('opens the panel on Enter', async () => {
    await page.keyboard.press('Enter');
    const panel = await Panel.of(page, pci);
    await panel.says(/Score 85\.3%/);
  });

  it('has pictures for people to look at', async () => {
    await runCommand(page, 'Packscope: Show Failed Deployments');
    await page.locator('.quick-input-list', { hasText: 'encryption-and-keys' }).waitFor();
    await takeScreenshots(page, 'failed-deployments');
    await close();
    await runCommand(page, 'Packscope: Show Lowest Scores');
    await page.locator('.quick-input-list', { hasText: 'nist-800' }).waitFor();
    await takeScreenshots(page, 'lowest-scores');
    await close();
  });

  it('goes on from the aggregator that is picked', async () => {
    await runCommand(page, 'Packscope: Show Non-Compliant Packs');
    await page.locator('.quick-input-list', { hasText: 'payments-and-orders' }).waitFor();
    await page.keyboard.press('Enter');
    await eventually(async () => assert.match((await lines())[0] ?? '', /\d+ of \d+ rules passing\s+\d{12} · [\w-]+/));
    await close();
  });

  it('saves a filter, which comes back by name, and the last one after a reload', async () => {
    const filter = async (entry: string) => {
      await runCommand(page, 'Packscope: Filter…');
      await choose(page, entry);
    };
    await filter('Compliance State…');
    await choose(page, 'non-compliant');
    await filter('Save Current Filter…');
    await typeInto(page, 'Save Current Filter', 'to fix');
    await page.keyboard.press('Enter');
    // What was typed is looked at first: who opens another picker meanwhile calls it off.
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await runCommand(page, 'Packscope: Clear Filter');
    await filter('to fix');
    await Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);
    await openContainer(page, 'Packscope');
    await page.locator('.sidebar').getByText('Filter: non-compliant').waitFor();
  });

  it('follows a link, and asks where no connection answers for its place', async () => {
    const follow = async (name: string, account: string) => {
      await runCommand(page, 'Developer: Open URL');
      await input().fill(`vscode://packscope.packscope/pack?name=${name}&account=${account}&region=us-east-1`);
      await page.keyboard.press('Enter');
      await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Open', exact: true }).click();
    };
    const s3 = 'operational-best-practices-for-amazon-s3';
    await follow(s3, service.estate.home.account);
    await (await Panel.of(page, s3)).says(/Score 61\.5%/);
    await follow('soc-2', '111122223333');
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'for which no connection of yours answers' });
    await dialog.getByText('The link is to soc-2 of account 111122223333 in us-east-1').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.locator('.tab', { hasText: 'soc-2' }).count(), 0);
  });
});
