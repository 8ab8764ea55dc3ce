import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually, until } from '../support/polling.ts';
import { findSeriousViolations } from '../support/workbench/accessibility.ts';
import { openContainer } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { runCommand } from '../support/workbench/quickInput.ts';
import { screenshotFolder } from '../support/workbench/screenshots.ts';
import { selectTheme, themes } from '../support/workbench/themes.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

/** An element that the Tab key has reached. */
interface FocusedElement {
  readonly id: string;
  readonly name: string;
  readonly hasIndicator: boolean;
}

/** Reads the focused element, its accessible name, and whether something shows that it has the focus. */
const readFocused = `(() => {
  const find = (root) => (root.activeElement?.shadowRoot?.activeElement ? find(root.activeElement.shadowRoot) : root.activeElement);
  const outer = document.activeElement;
  const element = find(document);
  if (!element || element === document.body) return undefined;
  const label = outer.getAttribute('aria-label') ?? element.getAttribute('aria-label');
  const name = label ?? outer.labels?.[0]?.textContent ?? outer.textContent;
  const probe = document.createElement('i');
  probe.style.color = 'var(--vscode-focusBorder)';
  document.body.append(probe);
  const focusColor = getComputedStyle(probe).color;
  probe.remove();
  const isMarked = ({ outlineStyle, outlineWidth, borderTopColor, boxShadow }) =>
    (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || borderTopColor === focusColor;
  const shown = [outer, element, ...(outer.shadowRoot?.querySelectorAll('*') ?? [])];
  return { id: outer.id, name: name.replaceAll(/\\s+/g, ' ').trim(), hasIndicator: shown.some((each) => isMarked(getComputedStyle(each))) };
})()`;

describe('accessibility', function () {
  // Each step depends on the one before.
  this.bail(true);

  const s3 = 'operational-best-practices-for-amazon-s3';
  let workbench: Workbench;
  let page: Page;
  let panel: Panel;

  before(async () => {
    workbench = await startWorkbench({ settings: { 'packscope.maxRequestsPerSecond': 100 } });
    page = workbench.page;
    await openContainer(page, 'Packscope');
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  afterEach(async function () {
    const path = join(screenshotFolder, 'accessibility-failed.png');
    if (this.currentTest?.state === 'failed') await page.screenshot({ path });
  });

  it('announces the state of rows in words', async () => {
    await workbench.tree.expand(workbench.scope);
    await eventually(async () => {
      const labels = await page
        .locator('.pane-body .monaco-list-row')
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
      assert(
        labels.some((label) => label.startsWith(`Pack ${s3}, below the target of 90%`)),
        labels.join('\n'),
      );
    });
  });

  it('opens the panel at a rule of the tree, and gives it the focus', async () => {
    const { scope, tree } = workbench;
    await tree.expand(scope, s3);
    const rule = await until('the rules', async () => {
      const [first] = await tree.getRowsBelow(scope, s3);
      return first && /failing/.test(first.description) ? first : undefined;
    });
    await tree.click(scope, s3, rule.label);
    panel = await Panel.find(page, s3);
    await eventually(async () => {
      const lines = await panel.getLines();
      const active = lines.find((line) => line.active);
      assert(active?.cells[0]?.startsWith(rule.label), JSON.stringify(active));
      assert.deepEqual([active?.kind, active?.expanded], ['rule', 'true']);
    });
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`lets a keyboard reach and use everything of a panel in ${theme}`, async () => {
      await selectTheme(page, theme);
      await runCommand(page, 'Packscope: Open Pack', s3);
      panel = await Panel.find(page, s3);
      await panel.frame.locator(`body[data-vscode-theme-name="${theme}"]`).waitFor();
      await panel.waitForText('40 compliant · 25 non-compliant results');
      const reached = await tabToGrid();
      for (const expected of [/^Rules/, /Filter rules/, /State/, /Control/, /Refresh/, /Copy as Markdown/, /Export/])
        assert(
          reached.some((each) => expected.test(each.name)),
          `${expected} in ${JSON.stringify(reached)}`,
        );
      await assertGridKeys('rule');
      assert.deepEqual(await findSeriousViolations(panel.frame), []);
      await page.screenshot({ path: join(screenshotFolder, `keyboard-panel-${name}.png`) });
    });

    it(`lets a keyboard reach and use everything of an overview in ${theme}`, async () => {
      await runCommand(page, 'Packscope: Open Organization Overview', 'organization');
      panel = await Panel.find(page, 'organization');
      await panel.frame.locator(`body[data-vscode-theme-name="${theme}"]`).waitFor();
      await panel.waitForText(/\d+ of \d+ packs non-compliant/);
      const inOverview = await tabToGrid();
      for (const expected of [/^Accounts/, /Refresh/, /Filter accounts/, /Filter packs/, /Region/, /State/])
        assert(
          inOverview.some((each) => expected.test(each.name)),
          `${expected} in ${JSON.stringify(inOverview)}`,
        );
      await assertGridKeys('account');
      assert.deepEqual(await findSeriousViolations(panel.frame), []);
      await page.screenshot({ path: join(screenshotFolder, `keyboard-overview-${name}.png`) });
    });
  }

  /** Presses Tab from the start of the panel to its table. Every element on the way has a name and shows its focus. */
  async function tabToGrid(): Promise<readonly FocusedElement[]> {
    const reached: FocusedElement[] = [];
    await panel.frame.locator('[role=tab][aria-selected=true]').focus();
    await until('the focus on the table', async () => {
      const focused = await panel.frame.evaluate<FocusedElement | undefined>(readFocused);
      if (focused?.id === 'grid') return true;
      if (focused) reached.push(focused);
      await page.keyboard.press('Tab');
      return false;
    });
    for (const each of reached) assert(each.name !== '' && each.hasIndicator, JSON.stringify(each));
    return reached;
  }

  /** Moves to the last and the first row, and unfolds and folds the first. */
  async function assertGridKeys(kind: string): Promise<void> {
    const waitForActive = (expanded?: string) =>
      eventually(async () => {
        const active = (await panel.getLines()).find((line) => line.active);
        assert.equal(active?.kind, kind);
        if (expanded !== undefined) assert.equal(active.expanded, expanded);
      });
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await waitForActive();
    await page.keyboard.press('ArrowLeft');
    await waitForActive('false');
    await page.keyboard.press('ArrowRight');
    await waitForActive('true');
    await page.keyboard.press('ArrowLeft');
    await waitForActive('false');
  }
});
