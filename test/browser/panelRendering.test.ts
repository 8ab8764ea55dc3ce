import assert from 'node:assert/strict';
import { join } from 'node:path';
import { showInvisible } from '../../src/compliance/text/plainText.ts';
import { eventually } from '../support/polling.ts';
import { findSeriousViolations } from '../support/workbench/accessibility.ts';
import { closeEditor, openContainer } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { screenshotFolder } from '../support/workbench/screenshots.ts';
import { selectTheme, themes } from '../support/workbench/themes.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';
import { createPanelEstate, hostile, large } from './panelEstate.ts';

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 720, height: 900 } };

describe('rendering of the pack panel', function () {
  // Each step depends on the one before.
  this.bail(true);

  const s3 = 'operational-best-practices-for-amazon-s3';
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await startWorkbench({
      estate: createPanelEstate(),
      settings: { 'packscope.maxRequestsPerSecond': 100 },
    });
    await openContainer(workbench.page, 'Packscope');
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  afterEach(async function () {
    const path = join(screenshotFolder, 'panel-failed.png');
    if (this.currentTest?.state === 'failed') await workbench.page.screenshot({ path });
  });

  it('shows hostile texts verbatim', async () => {
    panel = await openPack(hostile.pack);
    await panel.waitForText('0 compliant · 30 non-compliant results');
    await panel.tabToGrid();
    await workbench.page.keyboard.press('Home');
    for (const text of [hostile.html, hostile.markdown, hostile.rightToLeft, hostile.long]) {
      await workbench.page.keyboard.press('Enter');
      await workbench.page.keyboard.press('ArrowDown');
      await eventually(async () => {
        const shown = await panel.frame.locator('.annotation').textContent();
        assert.equal(shown, showInvisible(text));
      });
      await assertInert(text);
      await workbench.page.keyboard.press('ArrowLeft');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.keyboard.press('ArrowDown');
    }
    await panel.getByRole('tab', 'By control').click();
    await assertInert('By control');
    const reason = await panel.frame.locator('.reason').textContent();
    assert.equal(reason, showInvisible(Object.values(hostile).slice(1).join('\n')));
  });

  it('is accessible with long texts', async () => {
    await panel.getByRole('tab', 'Rules').click();
    await panel.tabToGrid();
    await workbench.page.keyboard.press('End');
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await takeScreenshot('hostile');
    await closeEditor(workbench.page, hostile.pack);
  });

  it('renders only the visible lines of 130 rules and 20,000 failing results', async () => {
    panel = await openPack(large.pack);
    await panel.waitForText(`${large.passing} compliant · ${large.failing} non-compliant results`, { timeout: 60_000 });
    await panel.tabToGrid();
    await scrollToEnd('rule-129');
    await workbench.page.keyboard.press('Enter');
    await scrollToEnd('Load more… 100 of 154 shown');
    await workbench.page.keyboard.press('Enter');
    await eventually(async () => {
      assert.equal(await panel.grid.getAttribute('aria-rowcount'), String(1 + large.rules + 154));
    });
    const height = await panel.grid.evaluate((grid) => grid.scrollHeight);
    for (let top = 0; top <= height; top += height / 7) {
      await panel.grid.evaluate((grid, top) => grid.scrollTo(0, top), top);
      await eventually(async () => assert(await isFilled(), `There is a gap at ${top}`));
      assert((await panel.getLines()).length < 100);
    }
    await closeEditor(workbench.page, large.pack);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`is accessible in ${theme}`, async () => {
      await selectTheme(workbench.page, theme);
      panel = await openPack(s3);
      await panel.frame.locator(`body[data-vscode-theme-name="${theme}"]`).waitFor();
      await panel.waitForText('40 compliant · 25 non-compliant results');
      if ((await panel.getLines()).length === 5) await expandAndSelect();
      assert.deepEqual(await findSeriousViolations(panel.frame), []);
      await takeScreenshot(name);
    });
  }

  it('is accessible in every tab', async () => {
    for (const tab of ['By control', 'Trend', 'Rules']) {
      await panel.getByRole('tab', tab).click();
      assert.deepEqual(await findSeriousViolations(panel.frame), []);
    }
  });

  it('is accessible without a permission and while it is loading', async () => {
    workbench.service.faults = { refuse: { DescribeConformancePackCompliance: { name: 'AccessDeniedException' } } };
    panel = await openPack('operational-best-practices-for-pci-dss');
    await panel.waitForText('Not permitted');
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await takeScreenshot('denied');
    workbench.service.faults = { latencyMs: 60_000 };
    panel = await openPack('operational-best-practices-for-hipaa-security');
    await panel.waitForText('Reading results');
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await panel.getByRole('button', 'Cancel').click();
    workbench.service.faults = {};
  });

  it('is accessible for a pack of another account', async () => {
    const [account = ''] = workbench.service.estate.accounts;
    const pack = 'OrgConformsPack-data-protection-7hd2m0pz';
    await workbench.page.setViewportSize({ width: 1440, height: 1200 });
    await workbench.tree.expand('organization');
    await workbench.tree.expand('organization', account);
    panel = await Panel.open(workbench.page, workbench.tree, 'organization', account, pack);
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await takeScreenshot('foreign');
  });

  it('violates no security policy', () => assert.deepEqual(workbench.violations, []));

  function openPack(pack: string): Promise<Panel> {
    return Panel.open(workbench.page, workbench.tree, workbench.scope, pack);
  }

  async function expandAndSelect(): Promise<void> {
    await panel.tabToGrid();
    for (const key of ['Home', ' ', 'ArrowDown', ' ', 'Enter', 'ArrowDown']) await workbench.page.keyboard.press(key);
    await panel.waitForText('Server access logging is not enabled.');
  }

  /** Asserts that the panel contains only its own elements, and no link but that of the stack. */
  async function assertInert(message: string): Promise<void> {
    const foreignElements = panel.frame
      .locator('#panel')
      .locator('img, script, iframe, style, code, b, em, [onerror], [onclick]');
    assert.deepEqual(await foreignElements.evaluateAll((all) => all.map(({ outerHTML }) => outerHTML)), [], message);
    const links = await panel.frame
      .locator('#panel a')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    assert(links.length === 1 && links[0]?.startsWith('https://us-east-1.console.aws.amazon.com/'), message);
  }

  /** Moves to the last line until that is the expected one. */
  async function scrollToEnd(last: string): Promise<void> {
    await eventually(async () => {
      await workbench.page.keyboard.press('End');
      const lines = await panel.getLines();
      assert(lines.at(-1)?.cells[0]?.startsWith(last), lines.at(-1)?.cells[0]);
      assert(lines.length < 100, `${lines.length} lines`);
    });
  }

  /** Whether lines cover the whole visible part of the table. */
  function isFilled(): Promise<boolean> {
    return panel.grid.evaluate((grid) => {
      const { top, bottom } = grid.getBoundingClientRect();
      const lines = [...grid.querySelectorAll('.line')].map((line) => line.getBoundingClientRect());
      return (
        Math.min(...lines.map((line) => line.top)) <= top &&
        Math.max(...lines.map((line) => line.bottom)) >= bottom - 26
      );
    });
  }

  async function takeScreenshot(name: string): Promise<void> {
    for (const [size, viewport] of Object.entries(sizes)) {
      await workbench.page.setViewportSize(viewport);
      const path = join(screenshotFolder, `panel-${name}-${size}.png`);
      await workbench.page.screenshot({ path, animations: 'disabled' });
    }
    await workbench.page.setViewportSize({ width: 1440, height: 1000 });
  }
});
