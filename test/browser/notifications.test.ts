import assert from 'node:assert/strict';
import { type Workbench, startWorkbench } from '../support/workbench/workbench.ts';
import { runCommand } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { eventually } from '../support/polling.ts';

describe('messages of packs that became worse', function () {
  // Each step stands on the one before.
  this.bail(true);

  const pack = 'a-baseline';
  let bench: Workbench;
  let place: string;

  before(async function () {
    this.timeout(120_000);
    bench = await startWorkbench('demo', {}, { width: 1280, height: 1200 });
    const { account, region } = bench.service.estate.home;
    place = `${account} · ${region}`;
    // A picker that loses the focus closes: what is done with it is soon tried again.
    bench.page.setDefaultTimeout(3000);
    score(0);
    await refresh('100%', 10);
  });

  after(() => bench?.[Symbol.asyncDispose]());

  /** Messages about the pack, in the list of all: that they pop up is VS Code's to decide. */
  const messages = () => bench.page.locator('.notifications-center .notification-list-item', { hasText: pack });

  async function showMessages(): Promise<void> {
    await runCommand(bench.page, 'Notifications: Show Notifications');
    await bench.page.locator('.notifications-center.visible').waitFor();
  }

  /** The one message about the pack. */
  async function message() {
    await eventually(async () => {
      await showMessages();
      assert.equal(await messages().count(), 1);
    });
    return messages();
  }

  /** The pack has so many failing results of ten. */
  function score(failing: number): void {
    const { account, region } = bench.service.estate.home;
    bench.service.estate.addPack(account, region, pack, [{ rule: 'restricted-ssh', resources: 10, failing }]);
  }

  /** Reads everything again, until the pack stands there so and the status has seen so many packs below the target. */
  async function refresh(percent: string, below: number): Promise<void> {
    await eventually(() => runCommand(bench.page, 'Packscope: Refresh'));
    await eventually(async () => {
      const row = (await bench.tree.rows()).find(({ label }) => label === pack);
      assert.equal(row?.description.startsWith(percent), true, row?.description);
    });
    await bench.page
      .locator('.statusbar-item', { hasText: `${below} packs below target` })
      .waitFor({ timeout: 15_000 });
  }

  /** The pack rises over the target and falls below it again. */
  async function fall(): Promise<void> {
    score(0);
    await refresh('100%', 10);
    score(5);
    await refresh('50%', 11);
  }

  it('are one where a score falls below the target', async () => {
    score(5);
    await refresh('50%', 11);
    assert.match(await (await message()).innerText(), new RegExp(`a-baseline fell from 100% to 50% \\(${place}\\)`));
  });

  it('open the pack', async () => {
    await messages().getByRole('button', { name: 'Open Pack' }).click();
    await (await Panel.of(bench.page, pack)).says('Score 50%');
    await messages().waitFor({ state: 'detached' });
  });

  it('are no more of a pack that the person wants to hear nothing of', async () => {
    await fall();
    await (await message()).getByRole('button', { name: 'Not for This Pack' }).click();
    await messages().waitFor({ state: 'detached' });
    await fall();
    await eventually(showMessages);
    assert.equal(await messages().count(), 0);
  });

  it('come back once it is unmuted', async () => {
    await bench.tree.openMenu(bench.scope, pack);
    const entry = bench.page.getByRole('menuitem', { name: 'Unmute Notifications' });
    // A menu that has just opened takes no click yet.
    await eventually(async () => {
      await entry.click({ timeout: 1000 });
      await entry.waitFor({ state: 'detached', timeout: 1000 });
    });
    await fall();
    await message();
    await eventually(() => runCommand(bench.page, 'Notifications: Clear All Notifications'));
    await messages().waitFor({ state: 'detached' });
  });

  it('tell of a deployment that has failed', async () => {
    const { account, region } = bench.service.estate.home;
    bench.service.estate.setDeployment(account, region, pack, 'CREATE_FAILED', 'No bucket.');
    await eventually(() => runCommand(bench.page, 'Packscope: Refresh'));
    const text = await (await message()).innerText();
    assert.match(text, new RegExp(`a-baseline failed to deploy: CREATE_FAILED \\(${place}\\)`));
  });
}).timeout(60_000);
