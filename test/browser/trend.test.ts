import assert from 'node:assert/strict';
import { findSeriousViolations } from '../support/workbench/accessibility.ts';
import { openContainer } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { takeScreenshots } from '../support/workbench/screenshots.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

describe('the trend in the workbench', function () {
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

  it('violates no security policy', () => assert.deepEqual(workbench.violations, []));
});
