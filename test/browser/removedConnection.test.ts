import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Workbench, startWorkbench } from '../support/workbench/workbench.ts';
import { runCommand } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { eventually } from '../support/polling.ts';

describe('a panel of a connection that the settings no longer name', function () {
  // Each step stands on the one before.
  this.bail(true);

  const pack = 'operational-best-practices-for-amazon-s3';
  let bench: Workbench;

  before(async function () {
    this.timeout(120_000);
    bench = await startWorkbench('demo', { 'packscope.connections': [{ regions: ['us-east-1'] }] });
    await eventually(() => bench.tree.click(bench.scope, pack));
    await (await Panel.of(bench.page, pack)).says(/\d+ compliant · \d+ non-compliant results/);
  });

  after(() => bench?.[Symbol.asyncDispose]());

  it('is put back by a reload, but asks nothing and says what to do', async () => {
    await name('eu-central-1');
    const panel = await Panel.of(bench.page, pack);
    await panel.says('This connection is not configured');
    await panel.says(/Run “Packscope: Select Connections…” and choose one of account 318604927715 in us-east-1/);
    await panel.get('button', 'Refresh').click();
    await panel.says('This connection is not configured');
    assert.doesNotMatch(await panel.text(), /%/);
    assert(!bench.service.requests.some(({ region }) => region === 'us-east-1'));
  });

  it('asks again once they name it', async () => {
    await name('us-east-1');
    const panel = await Panel.of(bench.page, pack);
    await panel.says(/Score 61\.5%/);
    await panel.says(/\d+ compliant · \d+ non-compliant results/);
  });

  /** Has the person's settings name that region alone, and reads them anew by a reload of the window. */
  async function name(region: string): Promise<void> {
    const file = join(bench.server.dataDir, 'data', 'User', 'settings.json');
    const settings: object = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...settings, 'packscope.connections': [{ regions: [region] }] }));
    bench.service.requests.clear();
    await Promise.all([bench.page.waitForEvent('load'), runCommand(bench.page, 'Developer: Reload Window')]);
  }
}).timeout(60_000);
