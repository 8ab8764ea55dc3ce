import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { actUntil, eventually } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import { openContainer, reloadWindow, widenSidebar } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { screenshotFolder } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

/** A window of 1440 × 900 pixels, half of it, and the same zoomed to 150 %. */
const wide = { width: 1440, height: 900 };
const half = { width: 720, height: 900 };
const zoomed = { width: 960, height: 600 };

describe('the preview panel in the workbench', function () {
  // Each step depends on the one before.
  this.bail(true);

  const s3 = 'operational-best-practices-for-amazon-s3';
  const nist = 'operational-best-practices-for-nist-800-53-rev-5';
  const pci = 'operational-best-practices-for-pci-dss';
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    // With all tabs, filters and buttons.
    const settings = { 'packscope.ownerTag': 'Owner', 'packscope.allowActions': true };
    workbench = await startWorkbench({
      viewport: wide,
      settings: { 'window.autoDetectColorScheme': true, ...settings },
    });
    page = workbench.page;
    await openContainer(page, 'Packscope');
    await eventually(async () => assert((await workbench.tree.getRowsBelow(workbench.scope)).length > 10));
  });

  afterEach(async function () {
    const path = join(screenshotFolder, 'preview-failed.png');
    if (this.currentTest?.state === 'failed') await page.screenshot({ path });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('shows the selected pack, and leaves the focus in the tree', async () => {
    await openPack(s3);
    await openPack(nist);
    await assertTabs([nist]);
    assert.equal(await hasTreeFocus(), true);
    assert.equal(await page.locator('.editor-group-container').count(), 1);
  });

  it('shows rules and their gains in half a window, and six rules at 150 % zoom', async () => {
    const panel = await Panel.find(page, nist);
    await panel.waitForText(/Gains are estimates/);
    await widenSidebar(page, 300);
    for (const [name, viewport] of Object.entries({ wide, half, zoomed })) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await eventually(async () => {
          const { gains, rules } = await countVisible(panel);
          assert(gains >= 6 && rules >= 6, `${gains} gains, ${rules} rules in ${name}`);
        });
        await page.screenshot({
          path: join(screenshotFolder, `preview-${name}-${colorScheme}.png`),
          animations: 'disabled',
        });
      }
    }
    await page.setViewportSize(wide);
  });

  it('is restored after a reload of the window, still as a preview', async () => {
    await reloadWindow(page);
    await openContainer(page, 'Packscope');
    // VS Code starts anew.
    await eventually(async () => assert((await workbench.tree.getRowsBelow(workbench.scope)).length > 10), 120);
    await Panel.find(page, nist);
    await openPack(s3);
    await assertTabs([s3]);
  });

  it('is kept with the button in its title bar', async () => {
    const keep = page.locator('.editor-actions').getByRole('button', { name: /^Keep Panel/ });
    await actUntil(
      () => keep.click(attempt),
      async () => assert.equal(await keep.count(), 0),
    );
    await openPack(nist);
    await assertTabs([s3, nist]);
  });

  it('keeps a pack that Enter opens, and shows the next one instead of the last preview', async () => {
    await openPack(pci);
    await assertTabs([s3, pci]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const kept = await eventually(async () => {
      const opened = (await getTabs()).filter((title) => title !== s3 && title !== pci);
      assert.equal(opened.length, 1, 'Enter opens the pack above');
      return opened[0] ?? '';
    });
    await openPack(nist);
    await assertTabs([s3, kept, nist]);
  });

  it('violates no security policy', () => assert.deepEqual(workbench.violations, []));

  const openPack = (pack: string): Promise<Panel> => Panel.open(page, workbench.tree, workbench.scope, pack);

  const getTabs = (): Promise<string[]> => page.locator('.tabs-container .tab .label-name').allTextContents();

  const assertTabs = (expected: readonly string[]) =>
    eventually(async () => assert.deepEqual((await getTabs()).toSorted(), expected.toSorted()));

  const hasTreeFocus = (): Promise<boolean> =>
    page.locator('.sidebar').evaluate((sidebar) => sidebar.contains(sidebar.ownerDocument.activeElement));

  /** Counts the rules and gains that are completely inside of the table. */
  const countVisible = ({ grid }: Panel): Promise<{ readonly gains: number; readonly rules: number }> =>
    grid.evaluate((element) => {
      const view = element.getBoundingClientRect();
      const windowHeight = element.ownerDocument.documentElement.clientHeight;
      const count = (selector: string) =>
        [...element.querySelectorAll(selector)].filter((cell) => {
          const { left, right, top, bottom, width } = cell.getBoundingClientRect();
          const isInside = left >= view.left && right <= view.right + 1 && bottom <= view.bottom + 1;
          return width > 60 && isInside && top >= view.top + 26 && bottom <= windowHeight;
        }).length;
      return { gains: count('.lines .cell.gain'), rules: count('.lines .line.rule .cell.rule') };
    });
});
