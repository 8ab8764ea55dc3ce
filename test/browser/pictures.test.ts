import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import { openContainer, widenSidebar } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { openFile, runCommand } from '../support/workbench/quickInput.ts';
import { takePictures } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

/** Small pictures: the README shows two side by side. */
const viewport = { width: 860, height: 560 };

/** Takes the pictures of the README. UPDATE_SCREENSHOTS=1 replaces those in the repository. */
describe('the pictures of the README', function () {
  // Each step depends on the one before.
  this.bail(true);

  const s3 = 'operational-best-practices-for-amazon-s3';
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    const settings = {
      'packscope.accountNames': { '318604927715': 'security' },
      'window.autoDetectColorScheme': true,
      'editor.minimap.enabled': false,
    };
    workbench = await startWorkbench({ settings, viewport });
    page = workbench.page;
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('show the tree', async () => {
    await openContainer(page, 'Packscope');
    await eventually(async () => assert((await workbench.tree.getRowsBelow(workbench.scope)).length > 10));
    await widenSidebar(page, 480);
    await takePictures(page.locator('.part.sidebar'), 'pictures/tree', { prepare: () => page.mouse.move(0, 0) });
  });

  it('show a hover', async () => {
    await openFile(page, 'template.yaml');
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    const content = page.locator('.monaco-hover-content', { hasText: '61.5' });
    const showHover = async () => {
      await page.mouse.move(0, 0);
      await content.waitFor({ ...attempt, state: 'hidden' });
      await page.locator('.view-line', { hasText: s3 }).locator('span', { hasText: s3 }).last().hover(attempt);
      await content.waitFor(attempt);
    };
    await takePictures(page.locator('.part.editor'), 'pictures/hover', { prepare: () => eventually(showHover, 60) });
  });

  it('show a panel', async () => {
    await runCommand(page, 'Packscope: Open Pack', s3);
    const panel = await Panel.find(page, s3);
    await takePictures(page.locator('.part.editor'), 'pictures/panel', {
      prepare: () => panel.waitForText('40 compliant · 25 non-compliant results'),
    });
  });

  it('show the overview', async () => {
    // A picker that loses the focus closes without an answer.
    const panel = await eventually(async () => {
      await runCommand(page, 'Packscope: Open Organization Overview', 'organization');
      return Panel.find(page, 'organization');
    }, 100);
    await panel.waitForText('12 accounts · 3 regions');
    await eventually(async () => assert.equal((await panel.getLines())[0]?.kind, 'account'));
    await takePictures(page.locator('.part.editor'), 'pictures/overview');
  });
});
