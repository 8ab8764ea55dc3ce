import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { actUntil, eventually } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import { openContainer } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { runCommand } from '../support/workbench/quickInput.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

describe('a pack that got worse', function () {
  // Each step depends on the one before.
  this.bail(true);

  const pack = 'a-baseline';
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench({ viewport: { width: 1280, height: 1200 } });
    await openContainer(workbench.page, 'Packscope');
    setFailing(0);
    await refresh('100%', 10);
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  /** The pack's notifications in the notification center. Whether they also pop up is up to VS Code. */
  const notifications = (): Locator =>
    workbench.page.locator('.notifications-center .notification-list-item', { hasText: pack });

  async function openCenter(): Promise<void> {
    await runCommand(workbench.page, 'Notifications: Show Notifications');
    await workbench.page.locator('.notifications-center.visible').waitFor(attempt);
  }

  /** Returns the text of the pack's only notification. */
  function getText(): Promise<string> {
    return eventually(async () => {
      await openCenter();
      assert.equal(await notifications().count(), 1);
      return notifications().innerText(attempt);
    });
  }

  /** Clicks a button of the pack's only notification, which closes it. */
  async function clickButton(name: string): Promise<void> {
    await eventually(async () => {
      await openCenter();
      await notifications().getByRole('button', { name }).click(attempt);
      await notifications().waitFor({ ...attempt, state: 'detached' });
    });
  }

  /** Gives the pack ten results, of which this many fail. */
  function setFailing(failing: number): void {
    const { account, region } = workbench.service.estate.home;
    workbench.service.estate.addPack(account, region, pack, [{ rule: 'restricted-ssh', resources: 10, failing }]);
  }

  /** Refreshes until the tree shows the pack's score and the status bar the number of packs below the target. */
  async function refresh(score: string, belowTarget: number): Promise<void> {
    const status = workbench.page.locator('.statusbar-item', { hasText: `${belowTarget} packs below target` });
    await actUntil(
      () => runCommand(workbench.page, 'Packscope: Refresh'),
      async () => {
        const row = (await workbench.tree.getRows()).find(({ label }) => label === pack);
        assert.equal(row?.description.startsWith(score), true, row?.description);
        assert.equal(await status.count(), 1);
      },
    );
  }

  /** Moves the pack's score above the target and below it again. */
  async function fall(): Promise<void> {
    setFailing(0);
    await refresh('100%', 10);
    setFailing(5);
    await refresh('50%', 11);
  }

  it('shows a notification when its score falls below the target', async () => {
    setFailing(5);
    await refresh('50%', 11);
    assert((await getText()).includes(`a-baseline fell from 100% to 50% (${workbench.scope})`));
  });

  it('opens from the notification', async () => {
    await clickButton('Open Pack');
    await (await Panel.find(workbench.page, pack)).waitForText('Score 50%');
  });

  it('shows no notification while it is muted', async () => {
    await fall();
    await getText();
    await clickButton('Mute This Pack');
    await fall();
    await eventually(openCenter);
    assert.equal(await notifications().count(), 0);
  });

  it('shows a notification again after it is unmuted', async () => {
    await workbench.tree.pickMenuEntry('Unmute Notifications', workbench.scope, pack);
    await fall();
    await getText();
    await runCommand(workbench.page, 'Notifications: Clear All Notifications');
    await notifications().waitFor({ state: 'detached' });
  });

  it('shows a notification when its deployment fails', async () => {
    const { account, region } = workbench.service.estate.home;
    workbench.service.estate.setDeployment(account, region, pack, 'CREATE_FAILED', 'No bucket.');
    await runCommand(workbench.page, 'Packscope: Refresh');
    assert((await getText()).includes(`a-baseline failed to deploy: CREATE_FAILED (${workbench.scope})`));
  });
});
