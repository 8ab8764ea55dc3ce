import assert from 'node:assert/strict';
import { eventually } from '../support/polling.ts';
import { findSeriousViolations } from '../support/workbench/accessibility.ts';
import { openContainer, reloadWindow } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { openPicker, pick } from '../support/workbench/quickInput.ts';
import { takeScreenshots } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

describe('what changed, in the workbench', function () {
  // Each step depends on the one before.
  this.bail(true);

  const s3 = 'operational-best-practices-for-amazon-s3';
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await startWorkbench({ settings: { 'window.autoDetectColorScheme': true } });
    await openContainer(workbench.page, 'Packscope');
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('shows the trend and the history that AWS Config has recorded', async () => {
    const { page, service, tree, scope } = workbench;
    panel = await Panel.open(page, tree, scope, s3);
    await panel.waitForText('Score 61.5%');
    const { account, region } = service.estate.home;
    service.estate.fixRule(account, region, s3, 's3-bucket-ssl-requests-only');
    await panel.getByRole('button', 'Refresh').click();
    await panel.waitForText('Score 75.4%');
    await panel.clickUntilText('tab', 'Trend', '2 scores recorded on this machine.');
    await panel.clickUntilText('button', 'Load history from AWS Config', /states recorded from/);
    assert.match(await panel.getText(), /The history has the rules that passed, not the score/);
    assert.equal(await panel.frame.getByRole('img', { name: 'Score from 61.5% to 75.4%, target 90%' }).count(), 1);
    assert.equal(await panel.frame.locator('td:has-text("▲ 13.8")').count(), 1);
    assert.deepEqual(await findSeriousViolations(panel.frame), []);
    await takeScreenshots(page, 'trend');
  });

  it('compares a later session with the last visit, in the tree and the panel', async () => {
    const { page, service, scope } = workbench;
    const { account, region } = service.estate.home;
    service.estate.setDeployment(
      account,
      region,
      'security-best-practices-for-redshift',
      'CREATE_FAILED',
      'No recorder',
    );
    service.estate.fixRule(account, region, s3, 's3-bucket-server-side-encryption-enabled');
    await reloadWindow(page);
    panel = await Panel.find(page, s3);
    await panel.waitForText(/Up 4\.6 points since \d\d:\d\d, your last visit \(75\.4% then\)/);
    await eventually(async () => {
      const rows = await workbench.tree.getRowsBelow(scope);
      assert.match(rows.map(({ description }) => description).join('\n'), /80% ▲ 4\.6 since \d\d:\d\d/);
    });
    await takeScreenshots(page, 'score-change');
  });

  it('shows what changed as a document', async () => {
    const { page } = workbench;
    await openPicker(page, 'Packscope: Show Changes…', 'Last visit');
    await pick(page, 'Last visit');
    await page.locator('.tab', { hasText: 'Changes since the last visit' }).waitFor();
    await takeScreenshots(page, 'changes');
  });

  it('violates no security policy', () => assert.deepEqual(workbench.violations, []));
});
