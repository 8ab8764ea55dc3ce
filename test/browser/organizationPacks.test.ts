import assert from 'node:assert/strict';
import { eventually } from '../support/polling.ts';
import { Panel } from '../support/workbench/panel.ts';
import { acceptInput, closePicker, openPicker, quickInput, quickPickRows } from '../support/workbench/quickInput.ts';
import { takeScreenshots } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

describe('organization packs in the workbench', function () {
  // Each step depends on the one before.
  this.bail(true);

  const connections = [{ regions: ['us-east-1', 'eu-central-1'] }];
  const accountNames = { '988150372641': 'new-team' };
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench({
      settings: {
        'packscope.connections': connections,
        'packscope.accountNames': accountNames,
        'window.autoDetectColorScheme': true,
      },
      viewport: { width: 1280, height: 800 },
    });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  const getRows = () => quickPickRows(workbench.page).allInnerTexts();
  const command = 'Packscope: Show Organization Packs…';

  it('lists the packs of each region, worst first, and says which rollout hangs', async () => {
    const { page } = workbench;
    await openPicker(page, command, 'in progress, although all 12 accounts are done');
    const rows = await getRows();
    assert.deepEqual(
      rows.map((row) => /(security-baseline|data-protection).*(us-east-1|eu-central-1)/s.exec(row)?.slice(1).join(' ')),
      [
        'security-baseline eu-central-1',
        'security-baseline us-east-1',
        'data-protection us-east-1',
        'data-protection eu-central-1',
      ],
    );
    await takeScreenshots(page, 'organization-packs');
  });

  it('lists the accounts of the picked pack, failures first, and goes back', async () => {
    const { page } = workbench;
    await quickInput(page).fill('eu-central-1');
    await eventually(async () => assert.equal((await getRows()).length, 2));
    await quickInput(page).press('Enter');
    await eventually(async () => {
      const [, worst] = await getRows();
      assert.match(worst ?? '', /988150372641.*new-team.*NoAvailableConfigurationRecorderException.*recorder/s);
    });
    await takeScreenshots(page, 'organization-pack-accounts');
    await page.locator('.quick-input-titlebar a[aria-label*="Back"]').click();
    await eventually(async () => assert.match((await getRows()).join(), /data-protection/));
    await closePicker(page);
  });

  it('opens the pack of the picked account, as the aggregator’s row', async () => {
    const { page } = workbench;
    await openPicker(page, command, 'all 12 accounts are done');
    await quickInput(page).fill('all 12 accounts are done');
    await eventually(async () => assert.equal((await getRows()).length, 1));
    await quickInput(page).press('Enter');
    await eventually(async () => assert.match((await getRows())[1] ?? '', /^\d{12}/));
    await quickInput(page).fill('467120985533');
    await eventually(async () => assert.equal((await getRows()).length, 1));
    await acceptInput(page);
    await Panel.find(page, 'OrgConformsPack-data-protection-7hd2m0pz');
  });
});
