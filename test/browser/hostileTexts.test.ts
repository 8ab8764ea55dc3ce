import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { showInvisible } from '../../src/compliance/text/plainText.ts';
import { actUntil, eventually } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import { openContainer } from '../support/workbench/page.ts';
import { closePicker, openPicker, quickPickRows, runCommand } from '../support/workbench/quickInput.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

/** The name of a pack that only a hostile service returns. */
const name = '[a](command:workbench.action.closeWindow) $(error) <b>b</b> **c** https://evil.example d\u202Ee';
const shown = showInvisible(name);

describe('a hostile name', function () {
  // Each step depends on the one before.
  this.bail(true);

  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench({ viewport: { width: 1280, height: 1200 } });
    setFailing(0);
    await openContainer(workbench.page, 'Packscope');
    await refresh('100%');
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  function setFailing(failing: number): void {
    const { account, region } = workbench.service.estate.home;
    workbench.service.estate.addPack(account, region, name, [{ rule: 'restricted-ssh', resources: 10, failing }]);
  }

  const refresh = (score: string) =>
    actUntil(
      () => runCommand(workbench.page, 'Packscope: Refresh'),
      async () => {
        const row = (await workbench.tree.getRows()).find(({ label }) => label === shown);
        assert.equal(row?.description.startsWith(score), true, row?.description);
      },
    );

  /** Asserts that the only elements with the name are its own text, without links, icons and markup. */
  async function assertInert(element: Locator, expected: string): Promise<void> {
    const text = (await element.innerText(attempt)).replace(/\s+/g, ' ');
    assert(text.includes(expected), text);
    const foreign = element.locator(
      'a[href*="evil"], a[href*="command"], a:text("a"):not([data-href="command:packscope.openOrganizationOverview"]), .codicon-error, b, em, strong strong',
    );
    assert.deepEqual(await foreign.evaluateAll((all) => all.map(({ outerHTML }) => outerHTML)), []);
  }

  it('is text in the tree and its tooltip', async () => {
    const row = workbench.page.getByRole('treeitem').filter({ hasText: shown });
    await assertInert(row, shown);
    const tooltip = workbench.page.locator('.workbench-hover', { hasText: '[a](command:' });
    await eventually(async () => {
      await workbench.page.mouse.move(0, 0);
      // The middle of a long label is outside of the sidebar.
      await row.locator('.label-name').hover({ ...attempt, position: { x: 20, y: 8 } });
      await tooltip.waitFor(attempt);
      await assertInert(tooltip, shown);
    });
    await workbench.page.mouse.move(0, 0);
  });

  it('is text in a notification', async () => {
    setFailing(5);
    await refresh('50%');
    await eventually(async () => {
      await runCommand(workbench.page, 'Notifications: Show Notifications');
      const notification = workbench.page.locator('.notifications-center .notification-list-item', { hasText: '[a]' });
      await assertInert(notification.locator('.notification-list-item-message'), shown.replace('](', '] ('));
    });
    await runCommand(workbench.page, 'Notifications: Clear All Notifications');
  });

  it('is text in a picker', async () => {
    await openPicker(workbench.page, 'Packscope: Show Lowest Scores', '[a](command:');
    await assertInert(
      quickPickRows(workbench.page).filter({ hasText: '[a](command:' }).locator('.label-name').first(),
      shown,
    );
    await closePicker(workbench.page);
  });

  it('is text in the tooltip of the status bar', async () => {
    const tooltip = workbench.page.locator('.workbench-hover', { hasText: '[a](command:' });
    await eventually(async () => {
      await workbench.page.mouse.move(0, 0);
      await workbench.page.locator('.statusbar-item', { hasText: 'below target' }).hover(attempt);
      await tooltip.waitFor(attempt);
      await assertInert(tooltip, shown);
    });
    assert.deepEqual(workbench.violations, []);
  });
});
