import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { actUntil, eventually } from '../support/polling.ts';
import { findSeriousViolations } from '../support/workbench/accessibility.ts';
import { openContainer, reloadWindow } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { runCommand } from '../support/workbench/quickInput.ts';
import { screenshotFolder, takeScreenshots } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

const command = 'Packscope: Open Organization Overview';

describe('the organization overview', function () {
  // Each step depends on the one before.
  this.bail(true);

  let workbench: Workbench;
  let page: Page;
  let panel: Panel;

  before(async () => {
    workbench = await startWorkbench({ settings: { 'packscope.accountNames': { '318604927715': 'security' } } });
    page = workbench.page;
    await openContainer(page, 'Packscope');
  });

  afterEach(async function () {
    const path = join(screenshotFolder, 'overview-failed.png');
    if (this.currentTest?.state === 'failed') await page.screenshot({ path });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('opens from the palette and shows the worst account', async () => {
    await runCommand(page, command, 'organization');
    panel = await Panel.find(page, 'organization');
    await panel.waitForText(/12 accounts · 3 regions · \d+ packs · \d+ rows\n/);
    const [worst] = await panel.getLines();
    assert.equal(worst?.kind, 'account');
    console.log(await panel.getText(), (await panel.getLines()).slice(0, 5));
  });

  it('takes screenshots', async () => {
    await takeScreenshots(page, 'overview-accounts');
    await page.setViewportSize({ width: 1440, height: 1000 });
    await panel.getByRole('tab', 'Packs').click();
    await panel.waitForText('Deployed');
    await panel.grid.focus();
    await page.keyboard.press('Enter');
    await eventually(async () => assert((await panel.getLines()).some(({ kind }) => kind === 'heading')));
    console.log((await panel.getLines()).slice(0, 5));
    await takeScreenshots(page, 'overview-packs');
    await page.setViewportSize({ width: 1440, height: 1000 });
    await panel.getByRole('tab', 'Rules').click();
    await eventually(async () => assert((await panel.getLines()).some(({ kind }) => kind === 'rule')));
    await panel.grid.focus();
    await page.keyboard.press('Enter');
    await takeScreenshots(page, 'overview-rules');
    await page.setViewportSize({ width: 1440, height: 1000 });
    await panel.getByRole('tab', 'Matrix').click();
    await panel.frame.locator('#canvas').waitFor();
    await panel.grid.focus();
    await page.keyboard.press('ArrowDown');
    await takeScreenshots(page, 'overview-matrix');
  });
});
