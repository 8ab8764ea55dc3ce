import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { createEnvironment } from '../support/aws/environment.ts';
import { actUntil, eventually } from '../support/polling.ts';
import { attempt } from '../support/workbench/attempt.ts';
import { clickViewAction, openContainer, reloadWindow, widenSidebar } from '../support/workbench/page.ts';
import { Panel } from '../support/workbench/panel.ts';
import { runCommand } from '../support/workbench/quickInput.ts';
import { type PictureOptions, screenshotFolder, takePictures } from '../support/workbench/screenshots.ts';
import { Tree } from '../support/workbench/tree.ts';
import { startWorkbench, type Workbench } from '../support/workbench/workbench.ts';

const s3 = 'operational-best-practices-for-amazon-s3';
/** Takes the pictures of a step of the walkthrough, which are part of the package. */
async function takeSmallPictures(part: Locator, step: string, options?: PictureOptions): Promise<void> {
  const sizes = await takePictures(part, `walkthrough/${step}`, { maxColors: 32, ...options });
  for (const size of sizes) assert(size <= 20_000, `${step}: ${size} bytes`);
}

describe('the first hour, with nothing set up', function () {
  // Each step depends on the one before.
  this.bail(true);

  let workbench: Workbench;
  let page: Page;
  let tree: Tree;
  let sidebar: Locator;

  before(async () => {
    workbench = await startWorkbench({
      settings: { 'window.autoDetectColorScheme': true },
      viewport: { width: 1280, height: 900 },
      createEnvironment: (service) => {
        const {
          AWS_ACCESS_KEY_ID: _id,
          AWS_SECRET_ACCESS_KEY: _secret,
          AWS_REGION: _region,
          ...environment
        } = createEnvironment(service);
        return environment;
      },
    });
    ({ page } = workbench);
    sidebar = page.locator('.part.sidebar');
    tree = new Tree(page, 'Sample Data');
  });

  afterEach(async function () {
    const path = join(screenshotFolder, 'first-hour-failed.png');
    if (this.currentTest?.state === 'failed') await page.screenshot({ path });
  });

  after(() => workbench?.[Symbol.asyncDispose]());

  const findStatus = (text: string) => page.locator('.statusbar-item', { hasText: text });

  it('starts with a welcome that says what is missing', async () => {
    await openContainer(page, 'Packscope');
    await widenSidebar(page, 420);
    const welcome = sidebar.locator('.welcome-view');
    await welcome.getByText('No AWS region is set').waitFor();
    for (const name of ['Select Profile and Region', 'Explore Sample Data'])
      assert.equal(await welcome.getByRole('button', { name }).count(), 1, name);
    await takeSmallPictures(sidebar, 'connect', { maxSize: { width: 420, height: 200 } });
  });

  it('opens the walkthrough from there', async () => {
    await actUntil(
      () => sidebar.locator('.welcome-view').getByText('Learn More').click(),
      async () => assert.equal(await page.locator('.getting-started-step').count(), 4),
    );
  });

  it('shows the sample, marked in the title, the view and the status bar', async () => {
    await sidebar.getByRole('button', { name: 'Explore Sample Data' }).click();
    await eventually(async () => assert((await tree.getRows()).length > 10));
    await eventually(async () => assert.match(await sidebar.locator('.title-label').innerText(), /Sample Data/i));
    await sidebar.getByText('Sample data: nothing here is read from AWS.').waitFor();
    await findStatus('Sample data').waitFor();
    const [scope] = await tree.getRows();
    assert.deepEqual([scope?.label, scope?.description], [workbench.scope, '10 packs below target · Sample data']);
  });

  it('ticks off the steps of the walkthrough', async () => {
    const checked = page.locator('.getting-started-step .codicon-getting-started-step-checked');
    await eventually(async () => assert((await checked.count()) > 0, `${await checked.count()} steps are checked`));
  });

  it('shows packs and rules', async () => {
    await tree.expand(s3);
    await takeSmallPictures(sidebar, 'browse', { maxSize: { width: 420, height: 258 } });
  });

  it('opens a pack, which says that it is sample data', async () => {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await tree.click(s3);
    const panel = await Panel.find(page, s3);
    await panel.waitForText('Sample data');
    await eventually(async () => assert((await panel.getLines()).length > 4));
    await takeSmallPictures(page.locator('.part.editor'), 'fixFirst', { maxSize: { width: 804, height: 394 } });
  });

  it('shows hovers over the names in its template', async () => {
    const button = page.getByRole('button', { name: 'Open a Sample Template' });
    await actUntil(
      async () => {
        await page.locator('.tab', { hasText: 'Welcome' }).click(attempt);
        if (!(await button.isVisible())) await page.getByText('Hover over pack names').click(attempt);
        await button.click(attempt);
      },
      () => page.locator('.tab', { hasText: 'template.yaml' }).waitFor(attempt),
    );
    const name = page.locator('.view-line', { hasText: s3 }).locator('span span', { hasText: s3 });
    const hover = page.locator('.monaco-hover', { hasText: 'Sample data' });
    const showHover = () =>
      actUntil(
        async () => {
          await page.mouse.move(0, 0);
          await name.first().hover();
        },
        async () => assert(await hover.first().isVisible()),
      );
    await takeSmallPictures(hover.first(), 'hover', { prepare: showHover, maxColors: 24 });
  });

  it('sends no request', () => {
    assert.deepEqual(
      workbench.service.requests.map(({ operation }) => operation),
      [],
    );
  });

  it('keeps the sample after a reload of the window, until it is left', async () => {
    await reloadWindow(page);
    await openContainer(page, 'Packscope');
    await eventually(async () => assert((await tree.getRows()).length > 10));
    await clickViewAction(page, 'Leave Sample Data');
    await sidebar.locator('.welcome-view').getByText('No AWS region is set').waitFor();
    assert.equal(await findStatus('Sample data').count(), 0);
  });
});
