import assert from 'node:assert/strict';
import { join } from 'node:path';
import { findSeriousViolations } from '../support/workbench/accessibility.ts';
import { type Workbench, startWorkbench } from '../support/workbench/workbench.ts';
import { cacheFolder } from '../support/folders.ts';
import { choose, runCommand } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { eventually } from '../support/polling.ts';
import { hostile, large, panelEstate } from './panelEstate.ts';

const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Dark High Contrast',
  'high-contrast-light': 'Light High Contrast',
};
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 720, height: 900 } };

describe('the pack panel, whatever it has to show', function () {
  // Each step stands on the one before.
  this.bail(true);

  const s3 = 'operational-best-practices-for-amazon-s3';
  let bench: Workbench;
  let panel: Panel;

  before(async function () {
    this.timeout(60_000);
    bench = await startWorkbench(panelEstate(), { 'packscope.maxRequestsPerSecond': 100 });
  });

  after(() => bench?.[Symbol.asyncDispose]());

  afterEach(async function () {
    const path = join(cacheFolder, 'screenshots', 'panel-failed.png');
    if (this.currentTest?.state === 'failed') await bench.page.screenshot({ path });
  });

  it('shows hostile texts as they are', async () => {
    panel = await openPack(hostile.pack);
    await panel.says('0 compliant · 30 non-compliant results');
    await panel.tabToGrid();
    await bench.page.keyboard.press('Home');
    for (const text of [hostile.html, hostile.markdown, hostile.rightToLeft, hostile.long]) {
      await bench.page.keyboard.press('Enter');
      await bench.page.keyboard.press('ArrowDown');
      await eventually(async () => {
        const shown = await panel.frame.locator('.annotation').textContent();
        assert.equal(shown, text);
      });
      await assertInert(text);
      await bench.page.keyboard.press('ArrowLeft');
      await bench.page.keyboard.press('Enter');
      await bench.page.keyboard.press('ArrowDown');
    }
    await panel.get('tab', 'By control').click();
    await assertInert('By control');
    const reason = await panel.frame.locator('.reason').textContent();
    assert.equal(reason, Object.values(hostile).slice(1).join('\n'));
  });

  it('shuts nobody out where texts are long', async () => {
    await panel.get('tab', 'Rules').click();
    await panel.tabToGrid();
    await bench.page.keyboard.press('End');
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await picture('hostile');
    await closeEditor(hostile.pack);
  });

  it('draws of 130 rules and 20,000 failing results only the lines in sight', async function () {
    this.timeout(30_000);
    panel = await openPack(large.pack);
    await panel.says(`${large.passing} compliant · ${large.failing} non-compliant results`, 25_000);
    await panel.tabToGrid();
    await endsWith('rule-129');
    await bench.page.keyboard.press('Enter');
    await endsWith('Load more… 100 of 154 shown');
    await bench.page.keyboard.press('Enter');
    await eventually(async () => {
      assert.equal(await panel.grid.getAttribute('aria-rowcount'), String(1 + large.rules + 154));
    });
    const height = await panel.grid.evaluate((grid) => grid.scrollHeight);
    for (let top = 0; top <= height; top += height / 7) {
      await panel.grid.evaluate((grid, top) => grid.scrollTo(0, top), top);
      await eventually(async () => assert(await isFilled(), `a gap at ${top}`));
      assert((await panel.lines()).length < 100);
    }
    await closeEditor(large.pack);
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`can be read in ${theme}`, async () => {
      await eventually(async () => {
        await runCommand(bench.page, 'Preferences: Color Theme');
        await choose(bench.page, theme);
      });
      panel = await openPack(s3);
      await panel.frame.locator(`body[data-vscode-theme-name="${theme}"]`).waitFor();
      await panel.says('40 compliant · 25 non-compliant results');
      if ((await panel.lines()).length === 5) await unfoldAndChoose();
      assert.deepEqual(await findSeriousViolations(panel.frame), []);
      await picture(name);
    });
  }

  it('can be read by control and as a trend', async () => {
    for (const tab of ['By control', 'Trend', 'Rules']) {
      await panel.get('tab', tab).click();
      assert.deepEqual(await findSeriousViolations(panel.frame), []);
    }
  });

  it('can be read where something is missing, and while it reads', async () => {
    bench.service.faults = { refuse: { DescribeConformancePackCompliance: { name: 'AccessDeniedException' } } };
    panel = await openPack('operational-best-practices-for-pci-dss');
    await panel.says('Not permitted');
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await picture('denied');
    bench.service.faults = { latencyMs: 60_000 };
    panel = await openPack('operational-best-practices-for-hipaa-security');
    await panel.says('Reading results');
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await panel.get('button', 'Cancel').click();
    bench.service.faults = {};
  });

  it('can be read of another account', async () => {
    const [account = ''] = bench.service.estate.accounts;
    const pack = 'OrgConformsPack-data-protection-7hd2m0pz';
    await bench.page.setViewportSize({ width: 1440, height: 1200 });
    await bench.tree.expand('organization');
    await bench.tree.expand('organization', account);
    await bench.tree.click('organization', account, pack);
    panel = await Panel.of(bench.page, pack);
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await picture('foreign');
  });

  it('ran nothing, asked nothing and broke no rule', () => assert.deepEqual(bench.alarms, []));

  async function openPack(pack: string): Promise<Panel> {
    await bench.tree.click(bench.scope, pack);
    return Panel.of(bench.page, pack);
  }

  async function closeEditor(pack: string): Promise<void> {
    await bench.page.locator('.tab', { hasText: pack }).click({ button: 'middle' });
    await bench.page.locator('.tab', { hasText: pack }).waitFor({ state: 'detached' });
  }

  async function unfoldAndChoose(): Promise<void> {
    await panel.tabToGrid();
    for (const key of ['Home', ' ', 'ArrowDown', ' ', 'Enter', 'ArrowDown']) await bench.page.keyboard.press(key);
    await panel.says('Server access logging is not enabled.');
  }

  /** The panel is made of its own elements alone, and its one link is the stack's. */
  async function assertInert(what: string): Promise<void> {
    const strange = panel.frame
      .locator('#panel')
      .locator('img, script, iframe, style, code, b, em, [onerror], [onclick]');
    assert.deepEqual(await strange.evaluateAll((all) => all.map(({ outerHTML }) => outerHTML)), [], what);
    const links = await panel.frame
      .locator('#panel a')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    assert(links.length === 1 && links[0]?.startsWith('https://us-east-1.console.aws.amazon.com/'), what);
  }

  /** Goes to the end of the table, once that is where it ends. */
  async function endsWith(last: string): Promise<void> {
    await eventually(async () => {
      await bench.page.keyboard.press('End');
      const lines = await panel.lines();
      assert(lines.at(-1)?.cells[0]?.startsWith(last), lines.at(-1)?.cells[0]);
      assert(lines.length < 100, `${lines.length} lines`);
    });
  }

  /** Whether lines cover the whole table that is in sight. */
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

  async function picture(name: string): Promise<void> {
    for (const [size, viewport] of Object.entries(sizes)) {
      await bench.page.setViewportSize(viewport);
      const path = join(cacheFolder, 'screenshots', `panel-${name}-${size}.png`);
      await bench.page.screenshot({ path, animations: 'disabled' });
    }
    await bench.page.setViewportSize({ width: 1440, height: 1000 });
  }
});
