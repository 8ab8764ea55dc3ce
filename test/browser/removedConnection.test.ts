import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openContainer, reloadWindow } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

describe('a panel of a connection that was removed from the settings', function () {
  // Each step depends on the one before.
  this.bail(true);

  const pack = 'operational-best-practices-for-amazon-s3';
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench({ settings: { 'packscope.connections': [{ regions: ['us-east-1'] }] } });
    await openContainer(workbench.page, 'Packscope');
    const panel = await Panel.open(workbench.page, workbench.tree, workbench.scope, pack);
    await panel.waitForText(/\d+ compliant · \d+ non-compliant results/);
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('is restored by a reload, sends no request and shows what to do', async () => {
    await configureRegion('eu-central-1');
    const panel = await Panel.find(workbench.page, pack);
    await panel.waitForText('This connection is not configured');
    await panel.waitForText(
      /Run “Packscope: Select Connections…” and select one for account 318604927715 in us-east-1/,
    );
    await panel.getByRole('button', 'Refresh').click();
    await panel.waitForText('This connection is not configured');
    assert.doesNotMatch(await panel.getText(), /%/);
    assert(!workbench.service.requests.some(({ region }) => region === 'us-east-1'));
  });

  it('loads again after the connection is configured again', async () => {
    await configureRegion('us-east-1');
    const panel = await Panel.find(workbench.page, pack);
    await panel.waitForText(/Score 61\.5%/);
    await panel.waitForText(/\d+ compliant · \d+ non-compliant results/);
  });

  /** Writes a single connection to the user settings and reloads the window. */
  async function configureRegion(region: string): Promise<void> {
    const file = join(workbench.server.dataDir, 'data', 'User', 'settings.json');
    const settings: object = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...settings, 'packscope.connections': [{ regions: [region] }] }));
    workbench.service.requests.clear();
    await reloadWindow(workbench.page);
  }
});
