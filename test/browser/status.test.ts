import assert from 'node:assert/strict';
import { eventually } from '../support/polling.ts';
import { openContainer } from '../support/workbench/page.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

describe('status outside of the view', function () {
  // Each step depends on the one before.
  this.bail(true);

  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench({ viewport: { width: 1280, height: 1200 } });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  it('is in the status bar as soon as packs are loaded', async () => {
    const item = workbench.page.locator('.statusbar-item', { hasText: 'below target' });
    assert.equal(await item.count(), 0);
    await openContainer(workbench.page, 'Packscope');
    const expected = `${workbench.service.estate.home.account} · 10 packs below target`;
    await eventually(async () => assert.equal((await item.innerText()).trim(), expected));
  });

  it('is the number of non-compliant packs on the icon', async () => {
    const tab = workbench.page.locator('.activitybar').getByRole('tab', { name: 'Packscope' });
    await eventually(async () => assert.equal((await tab.locator('.badge-content').innerText()).trim(), '10'));
  });
});
