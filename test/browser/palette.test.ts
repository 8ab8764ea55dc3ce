import assert from 'node:assert/strict';
import { actUntil, eventually } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import { openContainer, reloadWindow } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import {
  acceptInput,
  closePicker,
  openPicker,
  quickInput,
  quickPickRows,
  runCommand,
  typeInto,
} from '../support/workbench/quickInput.ts';
import { takeScreenshots } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

const scores = 'ListConformancePackComplianceScores';

describe('the palette without the view', function () {
  // Each step depends on the one before.
  this.bail(true);

  const pci = 'operational-best-practices-for-pci-dss';
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench({
      settings: { 'packscope.pageSize': 2, 'window.autoDetectColorScheme': true },
      viewport: { width: 1280, height: 800 },
    });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  const getRows = () => quickPickRows(workbench.page).allInnerTexts();
  const getFocusedRow = () => workbench.page.locator('.quick-input-list .monaco-list-row.focused').innerText();

  it('adds pages to an open picker, and keeps the active row and the typed text', async () => {
    const { page, service } = workbench;
    service.faults = { only: [scores], latencyMs: 2000 };
    // The pack stands there before its score, because its deployment failed.
    await openPicker(page, 'Packscope: Show Lowest Scores', '43.2%');
    await page.keyboard.press('ArrowDown');
    const active = await getFocusedRow();
    const before = (await getRows()).length;
    await eventually(async () => assert((await getRows()).length > before));
    service.faults = {};
    assert.equal(await getFocusedRow(), active);
    await typeInto(page, 'Lowest Scores', 'DSS');
    await eventually(async () => assert.match((await getRows()).join(), /pci-dss/));
    assert.equal(await quickInput(page).inputValue(), 'DSS');
  });

  it('opens the panel of the picked pack', async () => {
    await acceptInput(workbench.page);
    const panel = await Panel.find(workbench.page, pci);
    await panel.waitForText(/Score 85\.3%/);
  });

  it('takes screenshots for review', async () => {
    const { page } = workbench;
    await openPicker(page, 'Packscope: Show Failed Deployments', 'encryption-and-keys');
    await takeScreenshots(page, 'failed-deployments');
    await closePicker(page);
    await openPicker(page, 'Packscope: Show Lowest Scores', 'nist-800');
    await takeScreenshots(page, 'lowest-scores');
    await closePicker(page);
  });

  it('shows the non-compliant packs of the picked aggregator', async () => {
    const { page } = workbench;
    const rowText = /\d+ of \d+ rules passing\s+\d{12} · [\w-]+/;
    await actUntil(
      () => runCommand(page, 'Packscope: Show Non-Compliant Packs', 'organization'),
      async () => assert.match((await getRows())[0] ?? '', rowText),
    );
    await closePicker(page);
  });

  it('finds packs of aggregators, best matches first, and takes what is highlighted', async () => {
    const { page } = workbench;
    // A picker that loses the focus closes: then it is opened again.
    await eventually(async () => {
      await openPicker(page, 'Packscope: Find Conformance Pack', 'hipaa');
      await typeInto(page, 'Find Conformance Pack', 'pci');
    });
    await eventually(async () => {
      const rows = await getRows();
      assert.match(rows[0] ?? '', /pci-dss[\s\S]*318604927715/);
      assert(rows.slice(1).some((row) => /pci-dss[\s\S]*rules passing/.test(row)));
      assert.match(await getFocusedRow(), /pci-dss[\s\S]*318604927715/);
    });
    // Words in any order, of the name, the account and the region.
    await typeInto(page, 'Find Conformance Pack', 'eu-central-1 nist');
    await eventually(async () => assert.match(await getFocusedRow(), /nist[\s\S]*eu-central-1/));
    await acceptInput(page);
    await page.locator('.tab', { hasText: 'nist-800-53' }).waitFor();
  });

  it('saves a filter under a name, and restores the last filter after a reload', async () => {
    const { page } = workbench;
    await runCommand(page, 'Packscope: Filter…', 'Compliance State…', 'non-compliant');
    await eventually(async () => {
      await runCommand(page, 'Packscope: Filter…', 'Save Current Filter…');
      await typeInto(page, 'Save Current Filter', 'to fix');
      await acceptInput(page);
    });
    await runCommand(page, 'Packscope: Clear Filter');
    await runCommand(page, 'Packscope: Filter…', 'to fix');
    await reloadWindow(page);
    await openContainer(page, 'Packscope');
    await page.locator('.sidebar').getByText('Filter: non-compliant').waitFor();
  });

  it('follows a link to a pack, and explains a link that no connection can read', async () => {
    const { page, service } = workbench;
    const follow = async (name: string, account: string) => {
      const open = page.locator('.monaco-dialog-box').getByRole('button', { name: 'Open', exact: true });
      await eventually(async () => {
        await runCommand(page, 'Developer: Open URL');
        await quickInput(page).fill(
          `vscode://packscope.packscope/pack?name=${name}&account=${account}&region=us-east-1`,
          attempt,
        );
        await acceptInput(page);
        await open.click(attempt);
      });
    };
    const s3 = 'operational-best-practices-for-amazon-s3';
    await follow(s3, service.estate.home.account);
    await (await Panel.find(page, s3)).waitForText(/Score 61\.5%/);
    await follow('soc-2', '111122223333');
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'which none of your connections covers' });
    await dialog.getByText('The link is to pack soc-2 in account 111122223333 and region us-east-1').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.locator('.tab', { hasText: 'soc-2' }).count(), 0);
  });
});
